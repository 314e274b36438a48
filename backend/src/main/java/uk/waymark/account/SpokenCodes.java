package uk.waymark.account;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import uk.waymark.account.Limits.Counted;
import uk.waymark.account.Limits.Kind;
import uk.waymark.messaging.ContactChoices;
import uk.waymark.messaging.ContactChoicesStore;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Codes that staff read out on a call, once the person has said the word that they agreed: to sign in where no number is
 * safe, or to set a new PIN. Twelve digits, because nothing but the code limits who guesses; never sent, and kept nowhere.
 */
@Singleton
final class SpokenCodes {
    /** What codes are hashed for. */
    static final String KEY = "spoken";
    private static final int LENGTH = 12;
    private static final int GROUP = 4;
    /** More people than ever share an account. */
    private static final int MOST_TOGETHER = 20;
    /** A call that began longer ago is not the one that is going on. */
    private static final Duration CALL = Duration.ofHours(1);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);
    private final ActingAs acting;
    private final ContactChoicesStore choices;
    private final Limits limits;
    private final WorkItems workItems;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Sealing sealing;
    private final Ids ids;
    private final RandomGenerator random;
    private final MachineClock machine;
    private final CaseClock caseTime;
    private final SignInSettings settings;

    SpokenCodes(ActingAs acting, ContactChoicesStore choices, Limits limits, WorkItems workItems, Idempotency idempotency,
                Audit audit, Sealing sealing, Ids ids, RandomGenerator random, MachineClock machine, CaseClock caseTime,
                SignInSettings settings) {
        this.acting = acting;
        this.choices = choices;
        this.limits = limits;
        this.workItems = workItems;
        this.idempotency = idempotency;
        this.audit = audit;
        this.sealing = sealing;
        this.ids = ids;
        this.random = random;
        this.machine = machine;
        this.caseTime = caseTime;
        this.settings = settings;
    }

    /** What a code is for. */
    enum Purpose {
        SIGN_IN("sign_in", "sign_in_code", "makeSpokenCode"), NEW_PIN("new_pin", "pin_reset", "resetPin");

        private final String stored;
        private final String reason;
        private final String operation;

        Purpose(String stored, String reason, String operation) {
            this.stored = stored;
            this.reason = reason;
            this.operation = operation;
        }
    }

    /** @param word as staff heard it; @param callAt case time, or null for now */
    record Call(String word, Instant callAt) {
        @Override
        public String toString() {
            return "Call";
        }
    }

    /** @param code null where the same request was answered before */
    record ReadOut(UUID id, String code, Instant expiresAt) {
        @Override
        public String toString() {
            return "ReadOut[id=" + id + "]";
        }
    }

    /** @param account that the person is on, or null; @param flagged they, or somebody with the same number */
    private record Known(UUID account, boolean gone, boolean flagged, boolean onPhones, String word) { }

    /** Whether it may be such a code, without spaces; those from an SMS are shorter. */
    static boolean looksLike(String code) {
        return code.length() == LENGTH;
    }

    /**
     * @param key Idempotency-Key, or null
     * @throws ProblemException 404; 409 for the dead, for who has no case on phones, where there is no account to reset the
     *     PIN of, and for a reset in a flagged case by anyone but a supervisor; 422 for a wrong word or none agreed, and for a
     *     call that cannot be going on; 429
     */
    ReadOut make(Caller.Staff staff, UUID person, Purpose purpose, Call call, String key) {
        Known known = acting.as(staff, c -> known(c, person));
        refuseWhereNotAllowed(staff, known, purpose);
        checkCall(call);
        limits.count(new Counted(Kind.WORD_TRIES, person.toString()));
        if (!same(known.word(), call.word())) {
            acting.as(staff, c -> {
                audit.record(c, staff, "agreed_word_wrong", null, person);
                return null;
            });
            throw ProblemException.unprocessable("/agreed_word", "That is not the agreed word, or none has been agreed. Do not "
                + "help the caller to it. Ask them another time, or meet them.");
        }
        return acting.as(staff, c -> {
            var made = new AtomicReference<ReadOut>();
            var created = idempotency.once(c, staff, purpose.operation, key, person.toString(), () -> {
                made.set(insert(c, staff, person, purpose));
                return made.get().id();
            });
            return created.repeated() ? repeated(c, created.id()) : made.get();
        });
    }

    private Known known(Connection c, UUID person) {
        ContactChoices chosen = choices.of(c, new UUID[] {person}).get(person);
        return Sql.one(c, """
            select (select account_id from waymark.account_person l where l.person_id = p.id and l.ended_at is null) as account_id,
                   p.deceased or p.merged_into is not null as gone, p.safety or waymark.gate_flagged_together(p.id) as safety,
                   exists (select 1 from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
                            where pa.person_id = p.id and not pa.removed and cf.recorded and cf.on_phones) as on_phones
              from waymark.person p where p.id = ?""",
            r -> new Known(Sql.uuid(r, "account_id"), r.getBoolean("gone"), r.getBoolean("safety"), r.getBoolean("on_phones"),
                word(chosen, r.getBoolean("safety"))), person)
            .orElseThrow(ProblemException::notFound);
    }

    private static String word(ContactChoices chosen, boolean flagged) {
        return chosen == null ? null : flagged ? chosen.inFlaggedCase().word() : chosen.word();
    }

    private static void refuseWhereNotAllowed(Caller.Staff staff, Known known, Purpose purpose) {
        if (known.gone()) {
            throw ProblemException.conflict("never-invited", "Not for this person",
                "The person has died or was merged into another. Nobody signs in in their place here.");
        }
        if (known.account() == null && purpose == Purpose.NEW_PIN) {
            throw ProblemException.conflict("not-signed-up", "There is no PIN",
                "The person has not signed up. Read a sign-in code out, or hand an invitation over.");
        }
        if (known.account() == null && !known.onPhones()) {
            throw ProblemException.conflict("kept-off-phones", "No case to see",
                "None of this person's cases may be seen on phones. Tell them in another way.");
        }
        if (purpose == Purpose.NEW_PIN && known.flagged() && !staff.roles().contains("supervisor")) {
            throw ProblemException.conflict("supervisor-needed", "A supervisor resets this PIN",
                "The person, or somebody who signs in with the same number, is in a case with a safety flag. Ask a supervisor to take the "
                    + "call over.");
        }
    }

    private void checkCall(Call call) {
        Instant now = caseTime.instant();
        if (call.callAt() != null
                && (call.callAt().isAfter(now.plus(CLOCKS_APART)) || call.callAt().isBefore(now.minus(CALL)))) {
            throw ProblemException.unprocessable("/call/at", "This is done on a call that is going on. Ring the person, and send "
                + "when that began.");
        }
    }

    /** Regardless of case, accents and punctuation: it is heard, not read. */
    private static boolean same(String agreed, String heard) {
        return agreed != null && !plain(agreed).isEmpty() && MessageDigest.isEqual(
            plain(agreed).getBytes(StandardCharsets.UTF_8), plain(heard).getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKD).replaceAll("[^\\p{L}\\p{Nd}]", "").toLowerCase(Locale.ROOT);
    }

    private ReadOut insert(Connection c, Caller.Staff staff, UUID person, Purpose purpose) {
        Instant now = machine.instant();
        Instant expires = now.plus(settings.spokenCode());
        UUID id = ids.next();
        String code = next();
        Sql.one(c, "select id from waymark.person where id = ? for update", r -> id, person); // two at once queue up
        Sql.run(c, """
            update waymark.spoken_code set withdrawn_at = ?
             where person_id = ? and used_at is null and withdrawn_at is null""", now, person);
        Sql.run(c, """
            insert into waymark.spoken_code (id, force_id, person_id, account_id, purpose, code_key, created_at, expires_at)
            select ?, ?, ?::uuid, (select account_id from waymark.account_person where person_id = ? and ended_at is null),
                   ?, ?, ?, ?""",
            id, staff.force(), person, person, purpose.stored, sealing.key(KEY, code.replace(" ", "")), now, expires);
        if (purpose == Purpose.NEW_PIN) {
            Sql.call(c, "select waymark.gate_end_sessions(?, 'pin_reset', ?)", person, now);
        }
        audit.record(c, staff, purpose == Purpose.NEW_PIN ? "pin_reset" : "sign_in_code_read_out", null, person);
        // whoever took the call is not the only one who knows of it
        workItems.open(c, new NewWorkItem("code_read_out", "code_read_out:" + id, null, person, id, purpose.reason, null,
            caseTime.instant().plus(settings.dueCodeReadOut())));
        UUID[] others = Stream.generate(ids::next).limit(MOST_TOGETHER).toArray(UUID[]::new);
        Sql.call(c, "select waymark.gate_code_read_out(?, ?, ?, ?, ?)", id, others, purpose.reason,
            caseTime.instant().plus(settings.dueCodeReadOut()), caseTime.instant());
        return new ReadOut(id, code, expires);
    }

    private static ReadOut repeated(Connection c, UUID id) {
        return Sql.one(c, "select expires_at from waymark.spoken_code where id = ?",
            r -> new ReadOut(id, null, Sql.instant(r, "expires_at")), id).orElseThrow(ProblemException::notFound);
    }

    private String next() {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % GROUP == 0 ? " " : "").append(random.nextInt(10));
        }
        return code.toString();
    }
}
