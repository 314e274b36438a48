package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * One-time codes. Asking for one does the same work for every number: a row and a message, on the caller's transaction.
 * Whether the message goes out is decided at sending, by {@link CodeDelivery}.
 */
@Singleton
final class Codes {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final String NUMBER = "sign_in_code.number";
    static final String PIN = "sign_in_code.pin";
    /** Messages that belong to no force. */
    private static final UUID PLATFORM = new UUID(0, 0);
    private static final int BOUND = 1_000_000;
    private final Outbox outbox;
    private final Sealing sealing;
    private final Ids ids;
    private final RandomGenerator random;
    private final MachineClock machine;
    private final CaseClock caseTime;

    Codes(Outbox outbox, Sealing sealing, Ids ids, RandomGenerator random, MachineClock machine, CaseClock caseTime) {
        this.outbox = outbox;
        this.sealing = sealing;
        this.ids = ids;
        this.random = random;
        this.machine = machine;
        this.caseTime = caseTime;
    }

    /**
     * @param invitation or null
     * @param session the signed-in session that asks, or null
     * @param pin as typed, or null
     * @param knownDevice of {@link KnownDevices}, or null
     */
    record Wanted(String number, UUID invitation, UUID session, String pin, String knownDevice) {
        @Override
        public String toString() {
            return "Wanted";
        }
    }

    /**
     * @param account that the code was sent for, or with an invitation whose PIN came with it; null where there is none, and
     *     where it has the number no longer
     * @param askedBy account of the number whose signed-in session asked for it, or null
     * @param easyPin the PIN that was typed for it is one that somebody would guess
     */
    record Verified(UUID code, UUID invitation, UUID account, UUID askedBy, boolean easyPin) { }

    /** @param c of a transaction of nobody */
    void add(Connection c, Wanted wanted) {
        UUID id = ids.next();
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(BOUND));
        Instant now = machine.instant();
        Sql.call(c, "select waymark.gate_new_code(?, ?, ?, ?, ?, ?::uuid, ?::uuid, ?::bytea, ?::text, ?, ?)",
            id, sealing.sealText(NUMBER, id, wanted.number()), sealing.key("mobile", wanted.number()),
            sealing.keys("mobile", wanted.number()), sealing.key("code", secret(wanted.number(), code)),
            wanted.invitation(), wanted.session(), sealing.sealText(PIN, id, wanted.pin()), wanted.knownDevice(), now,
            now.plus(LIFETIME));
        Instant caseNow = caseTime.instant();
        outbox.enqueue(c, new NewMessage(PLATFORM, id, "sign_in", "sign_in_code", Map.of("code", code),
            "code:" + id, id, caseNow, caseNow.plus(LIFETIME)));
    }

    /** Uses the code up if it is the newest of its number and right; otherwise counts a failure. */
    java.util.Optional<Verified> verify(Connection c, String number, String code) {
        return Sql.one(c,
            """
            select code_id, invitation_id, account_id, asked_by, waymark.gate_pin_was_easy(code_id) as easy_pin
              from waymark.gate_verify_code(?, ?, ?, ?, ?)""",
            r -> new Verified(Sql.uuid(r, "code_id"), Sql.uuid(r, "invitation_id"), Sql.uuid(r, "account_id"),
                Sql.uuid(r, "asked_by"), r.getBoolean("easy_pin")),
            sealing.key("mobile", number), sealing.keys("mobile", number),
            sealing.keys("code", secret(number, code)), ids.next(), machine.instant());
    }

    private static String secret(String number, String code) {
        return number + ' ' + code;
    }
}
