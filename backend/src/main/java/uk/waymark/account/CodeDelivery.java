package uk.waymark.account;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.messaging.SignInCodes;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Decides, when a code is about to be sent, whether it goes out. Nobody who asked is told: the answer was given before.
 * A code that does not go out opens nothing, even if it were guessed.
 */
@Singleton
final class CodeDelivery implements SignInCodes {
    /** The person stands there with an invitation that does not work. */
    private static final Duration DUE = Duration.ofHours(4);
    private static final Caller NOBODY = new Caller.Nobody();
    private final ActingAs acting;
    private final Pins pins;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock machine;
    private final CaseClock caseTime;

    CodeDelivery(ActingAs acting, Pins pins, Sealing sealing, Ids ids, MachineClock machine, CaseClock caseTime) {
        this.acting = acting;
        this.pins = pins;
        this.sealing = sealing;
        this.ids = ids;
        this.machine = machine;
        this.caseTime = caseTime;
    }

    private record Facts(byte[] number, byte[] pin, UUID account, byte[] pinHash, boolean ofAccount, boolean invited,
                         boolean stands, boolean otherNumber, boolean suspects, String language, boolean decided,
                         boolean released) { }

    /** @param reason why staff of the inviting force have to act, or null */
    private record Verdict(boolean released, String reason) { }

    /**
     * Asked again about the same code, it answers the same.
     */
    @Override
    public Optional<Destination> destination(UUID codeId) {
        Optional<Facts> found = acting.as(NOBODY, c -> Sql.one(c, "select * from waymark.gate_code_facts(?, ?)",
            r -> new Facts(r.getBytes("number"), r.getBytes("pin"), Sql.uuid(r, "account_id"), r.getBytes("pin_hash"),
                r.getBoolean("of_account"), r.getBoolean("invited"), r.getBoolean("stands"),
                r.getBoolean("other_number"), r.getBoolean("suspects"), r.getString("language"),
                r.getBoolean("decided"), r.getBoolean("released")),
            codeId, machine.instant()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Facts facts = found.get();
        boolean released = facts.decided() ? facts.released() : decide(codeId, facts);
        return released
            ? Optional.of(new Destination(sealing.openText(Codes.NUMBER, codeId, facts.number()), facts.language()))
            : Optional.empty();
    }

    private boolean decide(UUID codeId, Facts facts) {
        Verdict verdict = verdict(codeId, facts);
        Instant now = caseTime.instant();
        acting.as(NOBODY, c -> {
            Sql.call(c, "select waymark.gate_decide_code(?, ?, ?, ?, ?::text, ?, ?)", codeId, verdict.released(),
                machine.instant(), ids.next(), verdict.reason(), now, now.plus(DUE));
            return null;
        });
        return verdict.released();
    }

    private Verdict verdict(UUID codeId, Facts facts) {
        if (facts.suspects() || (facts.invited() ? !facts.stands() : facts.account() == null)) {
            return new Verdict(false, null);
        }
        if (facts.invited() && facts.otherNumber()) {
            return new Verdict(false, "another_number_is_held");
        }
        // whoever is signed in on the account has been through its PIN already
        boolean known = facts.invited() && facts.ofAccount();
        if (known || pins.fits(facts.account(), facts.pinHash(), sealing.openText(Codes.PIN, codeId, facts.pin()))) {
            return new Verdict(true, null);
        }
        return new Verdict(false, facts.invited() ? "number_has_a_pin" : null);
    }
}
