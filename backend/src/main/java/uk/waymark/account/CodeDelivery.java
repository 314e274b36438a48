package uk.waymark.account;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
    static final String WITHOUT_PIN = "sign_in_without_pin";
    /** So many people on one account are told of at most. */
    private static final int MOST_ITEMS = 20;
    private static final Caller NOBODY = new Caller.Nobody();
    private final ActingAs acting;
    private final Pins pins;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock machine;
    private final CaseClock caseTime;
    private final SignInSettings settings;

    CodeDelivery(ActingAs acting, Pins pins, Sealing sealing, Ids ids, MachineClock machine, CaseClock caseTime,
                 SignInSettings settings) {
        this.acting = acting;
        this.pins = pins;
        this.sealing = sealing;
        this.ids = ids;
        this.machine = machine;
        this.caseTime = caseTime;
        this.settings = settings;
    }

    private record Facts(byte[] number, byte[] pin, String knownDevice, UUID account, byte[] pinHash, boolean flagged,
                         boolean invited, boolean stands, boolean otherNumber, boolean suspects, String language,
                         boolean decided, boolean released) { }

    /** @param reason why staff have to act, or null */
    private record Verdict(boolean released, String reason) { }

    /**
     * Asked again about the same code, it answers the same.
     */
    @Override
    public Optional<Destination> destination(UUID codeId) {
        Optional<Facts> found = acting.as(NOBODY, c -> Sql.one(c, "select * from waymark.gate_code_facts(?, ?)",
            r -> new Facts(r.getBytes("number"), r.getBytes("pin"), r.getString("known_device"),
                Sql.uuid(r, "account_id"), r.getBytes("pin_hash"), r.getBoolean("flagged"), r.getBoolean("invited"),
                r.getBoolean("stands"), r.getBoolean("other_number"), r.getBoolean("suspects"),
                r.getString("language"), r.getBoolean("decided"), r.getBoolean("released")),
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
            UUID[] items = Stream.generate(ids::next).limit(MOST_ITEMS).toArray(UUID[]::new);
            Sql.call(c, "select waymark.gate_decide_code(?, ?, ?, ?, ?::text, ?, ?)", codeId, verdict.released(),
                machine.instant(), items, verdict.reason(), now,
                now.plus(WITHOUT_PIN.equals(verdict.reason()) ? settings.dueSignInWithoutPin() : DUE));
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
        // an invitation is handed over, so it opens what has no PIN yet; the phone alone does not
        if (facts.flagged() && facts.pinHash() == null && !facts.invited()) {
            return new Verdict(false, WITHOUT_PIN);
        }
        if (pins.fits(facts.account(), facts.pinHash(), sealing.openText(Codes.PIN, codeId, facts.pin()),
                facts.knownDevice())) {
            return new Verdict(true, null);
        }
        return new Verdict(false, facts.invited() ? "number_has_a_pin" : null);
    }
}
