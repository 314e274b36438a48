package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * From one channel to the next: a message that nobody read in time, or that did not arrive, waits again, and the policy is
 * asked for a channel that has not been tried. What was read or settled before stays as it is.
 */
final class PassingOn {

    /** Why it waits again. */
    static final String NOT_READ = "not_read";
    private static final int BATCH = 500;
    /** The states are those of {@link MessageState#beforeNextChannel}; written out, since the index is for these only. */
    private static final String UNREAD = """
        with unread as materialized (
            select id, id_at from notifications.message
            where state in ('accepted', 'unknown') and escalate_at <= ? and tried is not null
            order by escalate_at, id limit ? for update skip locked)
        update notifications.message m
        set state = 'queued', reason = ?, due_at = ?, refused = array_append(m.refused, m.tried), escalate_at = null,
            ask_at = '-infinity', chase_at = '-infinity', lease = null, lease_until = null
        from unread u where m.id = u.id and m.id_at = u.id_at
        returning m.tried""";
    /** Conditional on the attempt that failed, and on another channel being known. */
    private static final String FAILED = """
        update notifications.message
        set state = 'queued', reason = ?, due_at = ?, refused = array_append(refused, tried), escalate_at = null,
            ask_at = '-infinity', chase_at = '-infinity', lease = null, lease_until = null
        where id = ? and id_at = ? and attempt_id = ? and tried is not null and state = any(?)
        returning tried""";

    private PassingOn() {
    }

    /** Passes on what was to be read by now; answers how many messages, at most one batch. */
    static int unread(Connection connection, Instant now, MeterRegistry meters) {
        List<String> passed = Sql.of(connection, UNREAD, now, BATCH, NOT_READ, now).list(row -> row.getString("tried"));
        passed.forEach(channel -> count(meters, channel, NOT_READ));
        return passed.size();
    }

    /** Passes on a message whose attempt did not arrive, where another channel may follow; answers whether it did. */
    static boolean failed(Connection connection, UUID message, UUID attempt, String reason, Instant now, MeterRegistry meters) {
        Optional<String> passed = Sql.of(connection, FAILED, reason, now, message, IdTime.of(message), attempt,
            MessageState.FAILED.beforeWithProvider()).first(row -> row.getString("tried"));
        passed.ifPresent(channel -> count(meters, channel, "failed"));
        return passed.isPresent();
    }

    /** Nobody sends on this channel for the tenant, or not in time: leaves a claimed message for the next one, waiting as it was. */
    static boolean passed(Connection connection, Claimed message, Channel channel, Instant now) {
        return Sql.of(connection, """
            update notifications.message
            set refused = array_append(refused, ?::text), due_at = ?, lease = null, lease_until = null
            where id = ? and id_at = ? and lease = ? and state in ('queued', 'held')""",
            channel.stored(), now, message.id(), message.at(), message.lease()).update() == 1;
    }

    /** The next case time after {@code now} at which something is passed on unless it is read. */
    static Optional<Instant> nextDue(Connection connection, Instant now) {
        return Sql.of(connection, """
            select escalate_at from notifications.message
            where state in ('accepted', 'unknown') and escalate_at > ? order by escalate_at, id limit 1""", now)
            .first(row -> Sql.instant(row, "escalate_at"));
    }

    private static void count(MeterRegistry meters, String channel, String why) {
        meters.counter("notifications.passed.on", "channel", channel, "why", why).increment();
    }
}
