package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import uk.waymark.notifications.Circuits.Account;

/** The SQL of circuits. */
final class CircuitStore {

    private static final Duration CALLS_KEPT = Duration.ofHours(1);
    /** Enough to know a share by, and few enough to read every minute whatever the rate. */
    private static final int LATEST = 5_000;

    private final Ids ids;
    private final InstantSource caseTime;

    CircuitStore(Ids ids, InstantSource caseTime) {
        this.ids = ids;
        this.caseTime = caseTime;
    }

    /** How many calls were made, and how many of them failed. */
    record Calls(Account account, long calls, long errors) {
    }

    /** How many messages were sent, and how many of them took or take long. */
    record Deliveries(Account account, long messages, long slow) {
    }

    /** @param worsenedAt null where it has never got worse */
    record State(Account account, int health, int version, Instant changedAt, Instant worsenedAt) {
    }

    /** A step. @param reason as in {@code circuit_change} */
    record Move(State from, int health, String reason) {
    }

    void add(Connection c, List<Calls> calls, Instant now) {
        Sql.batch(c, """
            insert into notifications.provider_calls (id, provider, account, channel, calls, errors, counted_at)
            values (?, ?, ?, ?, ?, ?, ?)""", calls.stream().map(one -> new Object[] {ids.next(), one.account.provider(),
                one.account.account(), one.account.channel(), one.calls, one.errors, now}).toList());
        Sql.batch(c, """
            insert into notifications.circuit (provider, account, channel, changed_at) values (?, ?, ?, ?)
            on conflict do nothing""", calls.stream().map(one -> new Object[] {one.account.provider(),
                one.account.account(), one.account.channel(), now}).toList());
        Sql.of(c, "delete from notifications.provider_calls where counted_at < ?", now.minus(CALLS_KEPT)).update();
    }

    /** All circuits, ours until the end of the transaction. */
    List<State> lock(Connection c) {
        return Sql.of(c, """
            select provider, account, channel, health, version, changed_at, worsened_at from notifications.circuit
            order by provider, account, channel for update""")
            .list(row -> new State(account(row), row.getInt("health"), row.getInt("version"),
                Sql.instant(row, "changed_at"), Sql.instant(row, "worsened_at")));
    }

    Map<Account, Calls> calls(Connection c, Instant since) {
        Map<Account, Calls> found = new HashMap<>();
        Sql.of(c, """
            select provider, account, channel, sum(calls) as calls, sum(errors) as errors
            from notifications.provider_calls where counted_at > ? group by provider, account, channel""", since)
            .list(row -> found.put(account(row), new Calls(account(row), row.getLong("calls"), row.getLong("errors"))));
        return found;
    }

    /** Of the latest messages that a provider has taken; channels without receipts say nothing. */
    Map<Account, Deliveries> slow(Connection c, CircuitRules.Slow rule) {
        Instant now = caseTime.instant();
        Instant idsSince = IdTime.of(ids.next()).minus(rule.within());
        Map<Account, Deliveries> found = new HashMap<>();
        Sql.of(c, """
            select provider, provider_account as account, channel, count(*) as messages,
                   count(*) filter (where coalesce(settled_at, ?) - started_at > ?::interval) as slow
            from (select provider, provider_account, channel, settled_at, started_at from notifications.attempt
                  where id >= ? and id_at >= ? and state in ('accepted', 'delivered')
                    and channel in ('sms', 'email') and started_at > ?
                  order by id desc limit ?) as latest
            group by provider, provider_account, channel""",
            now, rule.slowerThan().toString(), lowestId(idsSince), idsSince, now.minus(rule.within()), LATEST)
            .list(row -> found.put(account(row),
                new Deliveries(account(row), row.getLong("messages"), row.getLong("slow"))));
        return found;
    }

    /** Takes the steps; answers all circuits as they are then. */
    List<State> move(Connection c, List<State> all, List<Move> moves, Instant now) {
        Sql.batch(c, """
            update notifications.circuit set health = ?, version = version + 1, changed_at = ?,
                   worsened_at = case when ?::int < health then ?::timestamptz else worsened_at end
            where provider = ? and account = ? and channel = ?""", moves.stream().map(m -> new Object[] {m.health, now,
                m.health, now, m.from.account.provider(), m.from.account.account(), m.from.account.channel()}).toList());
        Sql.batch(c, """
            insert into notifications.circuit_change (provider, account, channel, version, health, reason, changed_at)
            values (?, ?, ?, ?, ?, ?, ?)""", moves.stream().map(m -> new Object[] {m.from.account.provider(),
                m.from.account.account(), m.from.account.channel(), m.from.version + 1, m.health, m.reason, now}).toList());
        return Stream.concat(Movement.without(all, moves).stream(), moves.stream().map(m -> new State(m.from.account, m.health,
            m.from.version + 1, now, m.health < m.from.health ? now : m.from.worsenedAt))).toList();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(row.getString("provider"), row.getString("account"), row.getString("channel"));
    }

    /** The lowest version 7 UUID of a moment: ids are in the order of their time. */
    private static UUID lowestId(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);
    }
}
