package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of {@link Settling}. Every change is conditional on the claim and on the message still being unknown. */
final class SettlingStore {

    private static final String NO_OUTCOME = "no_outcome_recorded";
    private static final String LAPSED = """
        select m.id, m.attempt_id, m.template, a.provider, a.channel from notifications.message m
        join notifications.attempt a on a.id = m.attempt_id and a.message_id = m.id
        where m.state = 'started' and m.lease_until < clock_timestamp()
        order by m.id limit 500 for update of m skip locked""";
    /** What has expired is taken whatever the schedule says: it is asked about a last time and given up. */
    private static final String CLAIM = """
        with due as materialized (
            select id, id_at, asked_about is distinct from attempt_id as fresh from notifications.message
            where state = 'unknown' and ask_at is not null and (ask_at <= clock_timestamp() or expires_at <= ?)
              and (lease_until is null or lease_until < clock_timestamp())
            order by ask_at, id limit ? for update skip locked)
        update notifications.message m
        set lease = ?, lease_until = clock_timestamp() + make_interval(secs => ?), asked_about = attempt_id,
            asks = case when due.fresh then 0 else asks end,
            unknown_since = case when due.fresh then clock_timestamp() else unknown_since end
        from due where m.id = due.id and m.id_at = due.id_at
        returning m.id, m.lease, m.attempt_id, m.expires_at, m.escalate_at, m.unknown_since, due.fresh,
                  clock_timestamp() as taken""";
    private static final String CALLS = """
        select id, tenant, provider, provider_account, address, body from notifications.attempt
        where id = any(?) and id_at between ? and ?""";
    /**
     * Only the latest attempt of a message may be open; bodies are kept no longer than the days asked for. Sorted by us: for an
     * order the planner would read the attempts by their ids, all of them.
     */
    static final String OPEN = """
        select a.id, a.body, case when m.asked_about = a.id then m.unknown_since end as unknown_since
        from (select attempt_id, asked_about, unknown_since from notifications.message
              where state = 'unknown' and attempt_id >= ?
              union all
              select attempt_id, asked_about, unknown_since from notifications.message where state = 'started') m
        join notifications.attempt a on a.id = m.attempt_id and a.id_at >= ?
        where a.provider = ? and a.provider_account = ? and a.address_key = any (?)""";
    private static final String MINE = " where id = ? and id_at = ? and lease = ? and attempt_id = ? and state = 'unknown'";

    private final Ids ids;

    SettlingStore(Ids ids) {
        this.ids = ids;
    }

    /** A message of whose attempt no outcome was recorded while its lease held. */
    record Lapsed(UUID message, UUID attempt, String provider, String template, Channel channel) {
        static Lapsed of(ResultSet row) throws SQLException {
            return new Lapsed(Sql.uuid(row, "id"), Sql.uuid(row, "attempt_id"), row.getString("provider"),
                row.getString("template"), Channel.fromStored(row.getString("channel")));
        }
    }

    /** Makes started messages whose lease lapsed unknown, and answers them. */
    List<Lapsed> lapse(Connection connection) {
        List<Lapsed> lapsed = Sql.of(connection, LAPSED).list(Lapsed::of);
        Sql.batch(connection, """
            update notifications.message set state = 'unknown', reason = ?, lease = null, lease_until = null
            where id = ? and id_at = ?""",
            lapsed.stream().map(l -> new Object[] {NO_OUTCOME, l.message, IdTime.of(l.message)}).toList());
        Sql.batch(connection, """
            update notifications.attempt set state = 'unknown', code = ?
            where id = ? and id_at = ? and state = 'started'""",
            lapsed.stream().map(l -> new Object[] {NO_OUTCOME, l.attempt, IdTime.of(l.attempt)}).toList());
        return lapsed;
    }

    /**
     * An unknown message under our lease.
     *
     * @param fresh whether its attempt was not looked at before
     * @param since machine time since which it is known to be unknown
     * @param taken machine time of the claim
     */
    record Unknown(UUID message, UUID lease, UUID attempt, Instant expiresAt, Instant escalateAt, boolean fresh, Instant since,
                   Instant taken) {
        static Unknown of(ResultSet row) throws SQLException {
            return new Unknown(Sql.uuid(row, "id"), Sql.uuid(row, "lease"), Sql.uuid(row, "attempt_id"),
                Sql.instant(row, "expires_at"), Sql.instant(row, "escalate_at"), row.getBoolean("fresh"),
                Sql.instant(row, "unknown_since"), Sql.instant(row, "taken"));
        }

        private Object[] key() {
            return new Object[] {message, IdTime.of(message), lease, attempt};
        }
    }

    List<Unknown> claim(Connection connection, Instant caseTime, int atMost, Duration lease) {
        return Sql.of(connection, CLAIM, caseTime, atMost, ids.next(), lease.toMillis() / 1000.0).list(Unknown::of);
    }

    /** What an attempt asked for, sealed; address and body are null once wiped. */
    record Call(UUID attempt, UUID tenant, String provider, String account, byte[] address, byte[] body) {
        private static Call of(ResultSet row) throws SQLException {
            return new Call(Sql.uuid(row, "id"), Sql.uuid(row, "tenant"), row.getString("provider"),
                row.getString("provider_account"), row.getBytes("address"), row.getBytes("body"));
        }
    }

    Map<UUID, Call> calls(Connection connection, Collection<UUID> attempts) {
        List<Instant> times = attempts.stream().map(IdTime::of).sorted(Comparator.naturalOrder()).toList();
        Map<UUID, Call> calls = new HashMap<>();
        Sql.of(connection, CALLS, attempts, times.getFirst(), times.getLast()).list(Call::of)
            .forEach(call -> calls.put(call.attempt, call));
        return calls;
    }

    /** An attempt of ours to the same address, of which it is not known whether the provider has it. @param since may be null */
    record Open(UUID attempt, byte[] body, Instant since) {
    }

    /**
     * Those that were started after {@code from}, this one among them, by the order in which they were started.
     *
     * @param addressKeys of the call's address, by every key in use: others to it may have been sealed by another
     */
    List<Open> open(Connection connection, Call call, byte[][] addressKeys, Instant from) {
        return Sql.of(connection, OPEN, IdTime.first(from), from, call.provider, call.account, addressKeys)
            .list(row -> new Open(Sql.uuid(row, "id"), row.getBytes("body"), Sql.instant(row, "unknown_since")))
            .stream().sorted(Comparator.comparing(Open::attempt)).toList();
    }

    /** Which of the provider's ids are known to be an attempt's. */
    Set<String> matched(Connection connection, List<Receipt> found) {
        List<String> matched = new ArrayList<>();
        for (Receipt receipt : found) {
            Sql.of(connection, """
                select provider_message_id from notifications.provider_message
                where provider = ? and provider_account = ? and provider_message_id = ?""",
                receipt.provider(), receipt.providerAccount(), receipt.providerMessageId())
                .first(row -> row.getString(1)).ifPresent(matched::add);
        }
        return Set.copyOf(matched);
    }

    /** Leaves it for another look. */
    void later(Connection connection, Unknown u, Duration after, boolean asked) {
        change(connection, "ask_at = clock_timestamp() + make_interval(secs => ?), asks = asks + ?", u,
            after.toMillis() / 1000.0, asked ? 1 : 0);
    }

    /** The provider does not have it: it is sent again. Answers whether it still was ours to say so. */
    boolean notTaken(Connection connection, Unknown u, String code, Instant caseTime) {
        if (change(connection, "state = 'queued', reason = ?, due_at = ?, ask_at = '-infinity'", u, code, caseTime) == 0) {
            return false;
        }
        Sql.of(connection, """
            update notifications.attempt set state = 'unavailable', code = ?, meaning = ?, settled_at = ?
            where id = ? and id_at = ? and state = 'unknown'""", code, code, caseTime, u.attempt, IdTime.of(u.attempt))
            .update();
        return true;
    }

    /** Nobody is asked any more, and the host is told. Answers whether it was. */
    boolean giveUp(Connection connection, Unknown u, Instant caseTime) {
        Optional<EndedMessage> event = Sql.of(connection, """
            update notifications.message set ask_at = null, lease = null, lease_until = null""" + MINE + """
             returning id, tenant, recipient_ref, subject_ref, class, template, reason""", u.key())
            .first(row -> EndedMessage.of(row, ids.next(), MessageState.UNKNOWN, row.getString("reason"), caseTime));
        event.ifPresent(e -> EndedMessage.again(connection, e));
        return event.isPresent();
    }

    private static int change(Connection connection, String set, Unknown u, Object... values) {
        List<Object> all = new ArrayList<>(List.of(values));
        all.addAll(List.of(u.key()));
        return Sql.of(connection, "update notifications.message set lease = null, lease_until = null, " + set + MINE,
            all.toArray()).update();
    }
}
