package uk.waymark.account;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private final EasyPins easy;

    CodeDelivery(ActingAs acting, Pins pins, Sealing sealing, Ids ids, MachineClock machine, CaseClock caseTime,
                 SignInSettings settings, EasyPins easy) {
        this.easy = easy;
        this.acting = acting;
        this.pins = pins;
        this.sealing = sealing;
        this.ids = ids;
        this.machine = machine;
        this.caseTime = caseTime;
        this.settings = settings;
    }

    private record Facts(byte[] number, byte[] pin, String knownDevice, boolean invited, boolean stands, boolean otherNumber,
                         boolean suspects, String language, boolean decided, boolean released) { }

    /** An account with the number. @param needsPin a code goes out for it only with a PIN; @param used somebody is left on it */
    private record Candidate(Pins.Kept pin, UUID line, boolean needsPin, boolean used) {
        boolean open() {
            return pin.hash() == null && !needsPin;
        }
    }

    /** @param account that the code opens, or with an invitation whose PIN came with it, or null; @param reason why staff have to act, or null */
    private record Verdict(boolean released, UUID account, String reason) {
        static final Verdict NO = new Verdict(false, null, null);

        static Verdict opens(UUID account) {
            return new Verdict(true, account, null);
        }

        static Verdict tell(String reason) {
            return new Verdict(false, null, reason);
        }
    }

    /**
     * Asked again about the same code, it answers the same.
     */
    @Override
    public Optional<Destination> destination(UUID codeId) {
        Optional<Facts> found = acting.as(NOBODY, c -> Sql.one(c, "select * from waymark.gate_code_facts(?, ?)",
            r -> new Facts(r.getBytes("number"), r.getBytes("pin"), r.getString("known_device"),
                r.getBoolean("invited"), r.getBoolean("stands"), r.getBoolean("other_number"), r.getBoolean("suspects"),
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
        List<Candidate> accounts = acting.as(NOBODY, c -> Sql.list(c, "select * from waymark.gate_code_accounts(?)",
            r -> new Candidate(new Pins.Kept(Sql.uuid(r, "account_id"), r.getBytes("pin_hash")), Sql.uuid(r, "line_id"),
                r.getBoolean("needs_pin"), r.getBoolean("used")), codeId));
        String pin = sealing.openText(Codes.PIN, codeId, facts.pin());
        Verdict verdict = verdict(facts, accounts, pin);
        Instant now = caseTime.instant();
        acting.as(NOBODY, c -> {
            if (verdict.account() != null && pin != null && !facts.invited() && easy.easyAt(c, codeId, verdict.account(), pin)) {
                Sql.call(c, "select waymark.gate_note_easy_pin(?)", codeId); // set before such PINs were refused: asked to change it
            }
            UUID[] items = Stream.generate(ids::next).limit(MOST_ITEMS).toArray(UUID[]::new);
            Sql.call(c, "select waymark.gate_decide_code(?, ?, ?::uuid, ?, ?, ?::text, ?, ?)", codeId, verdict.released(),
                verdict.account(), machine.instant(), items, verdict.reason(), now,
                now.plus(WITHOUT_PIN.equals(verdict.reason()) ? settings.dueSignInWithoutPin() : DUE));
            return null;
        });
        return verdict.released();
    }

    private Verdict verdict(Facts facts, List<Candidate> accounts, String pin) {
        if (facts.suspects() || (facts.invited() ? !facts.stands() : accounts.isEmpty())) {
            return Verdict.NO;
        }
        if (facts.invited() && facts.otherNumber()) {
            return Verdict.tell("another_number_is_held");
        }
        return facts.invited() ? invited(facts, accounts, pin) : again(facts, accounts, pin);
    }

    /** An invitation is handed over, so it opens where there is no PIN yet; what nobody is left on guards nothing. */
    private Verdict invited(Facts facts, List<Candidate> accounts, String pin) {
        List<Candidate> guards = accounts.stream().filter(a -> a.used() && a.pin().hash() != null).toList();
        if (guards.isEmpty()) {
            return Verdict.opens(null);
        }
        return whose(facts, guards, pin).map(Verdict::opens).orElseGet(() -> Verdict.tell("number_has_a_pin"));
    }

    /** The PIN says who asks; without one it is who needs none, and where somebody needs one the phone alone opens nothing. */
    private Verdict again(Facts facts, List<Candidate> accounts, String pin) {
        boolean alone = accounts.size() == 1;
        List<Candidate> open = accounts.stream().filter(Candidate::open).toList();
        if (open.size() == 1 && (pin == null || alone)) {
            return Verdict.opens(open.getFirst().pin().account());
        }
        Optional<UUID> whose = whose(facts, accounts, pin);
        if (whose.isPresent()) {
            return Verdict.opens(whose.get());
        }
        // a PIN that was not taken is a wrong one ever after
        boolean withoutPin = accounts.stream().anyMatch(a -> a.pin().hash() == null && a.needsPin());
        return withoutPin ? Verdict.tell(WITHOUT_PIN) : Verdict.NO;
    }

    private Optional<UUID> whose(Facts facts, List<Candidate> accounts, String pin) {
        return pins.whose(accounts.getFirst().line(), accounts.stream().map(Candidate::pin).toList(), pin, facts.knownDevice());
    }
}
