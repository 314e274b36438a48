package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** How a tenant's messages went in a period, from the messages themselves and from the counts of those forgotten. */
public final class Figures {

    /** What a line is about. */
    public enum By {
        TOTAL("'total'", "'total'", "'total'"),
        DAY("to_char(a.started_at at time zone z.zone, 'YYYY-MM-DD')",
            "to_char(e.ended_at at time zone z.zone, 'YYYY-MM-DD')", "to_char(d.day, 'YYYY-MM-DD')"),
        PROVIDER("coalesce(nullif(a.provider, ''), 'none')", "'none'", "coalesce(nullif(d.provider, ''), 'none')"),
        CHANNEL("a.channel", "'none'", "coalesce(nullif(d.channel, ''), 'none')"),
        TEMPLATE("m.template", "e.template", "d.template");

        private final String ofAttempt;
        private final String ofEnded;
        private final String ofCount;

        By(String ofAttempt, String ofEnded, String ofCount) {
            this.ofAttempt = ofAttempt;
            this.ofEnded = ofEnded;
            this.ofCount = ofCount;
        }
    }

    /**
     * One line. Attempts are counted: a message that was refused on one channel and taken on the next is one failed and one
     * sent.
     *
     * @param key         the day ({@code 2026-09-30}), provider, channel or template; {@code none} for messages that never
     *                    went out, {@code total} where all is one line
     * @param sent        taken over by a provider, whatever became of them since
     * @param delivered   of those, known to have arrived
     * @param failed      refused, or taken over and known not to have arrived, or never to be sent for a fault of ours
     * @param unknown     may or may not have been sent
     * @param expired     messages whose time ran out
     * @param withheld    messages that must not be sent
     * @param segments    of text messages that a provider took or may have taken
     * @param handOffP50  median of seconds from due to taken over, first attempts; null where nothing is known
     * @param deliveryP50 median of seconds from the start of an attempt to the receipt that it had arrived, or null
     */
    public record Line(String key, long sent, long delivered, long failed, long unknown, long expired, long withheld,
                       long segments, Double handOffP50, Double handOffP95, Double deliveryP50, Double deliveryP95) {

        static Line of(ResultSet row) throws SQLException {
            return new Line(row.getString("key"), row.getLong("sent"), row.getLong("delivered"), row.getLong("failed"),
                row.getLong("unknown"), row.getLong("expired"), row.getLong("withheld"), row.getLong("segments"),
                row.getObject("handoff_p50", Double.class), row.getObject("handoff_p95", Double.class),
                row.getObject("delivery_p50", Double.class), row.getObject("delivery_p95", Double.class));
        }
    }

    /** A message that the next channel followed is due anew: then its attempt began when it was due, as far as is known. */
    private static final String LINES = """
        with z as (select ?::text as zone),
        tried as (
            select %s as key, a.state, coalesce(a.segments, 0) as segments,
                   case when a.number = 1 and a.state in ('accepted', 'delivered', 'failed') then
                       extract(epoch from a.answered_at - least(m.due_at, a.started_at)) end as handoff,
                   case when a.state = 'delivered' then extract(epoch from a.settled_at - a.started_at) end as delivery
            from z, notifications.attempt a
            join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at
            where a.tenant = ? and a.started_at >= ? and a.started_at < ?),
        numbers as (
            select key, state as outcome, count(*) as number, sum(segments) as segments from tried group by key, state
            union all
            select %s, case e.state when 'failed' then 'not_tried' else e.state end, count(*), 0
            from z, notifications.ended e
            join notifications.message m on m.id = e.message_id and m.tenant = e.tenant
            where e.tenant = ? and e.ended_at >= ? and e.ended_at < ?
              and (e.state in ('expired', 'withheld') or e.state = 'failed' and m.attempts = 0)
            group by 1, 2
            union all
            select %s, d.outcome, sum(d.number), sum(d.segments) from notifications.daily_count d
            where d.tenant = ? and d.day between ? and ?
            group by 1, 2),
        times as (
            select key, percentile_cont(array[0.5, 0.95]) within group (order by handoff) as handoff,
                   percentile_cont(array[0.5, 0.95]) within group (order by delivery) as delivery
            from tried group by key)
        select n.key, coalesce(sum(number) filter (where outcome in ('accepted', 'delivered', 'failed')), 0) as sent,
               coalesce(sum(number) filter (where outcome = 'delivered'), 0) as delivered,
               coalesce(sum(number) filter (where outcome in ('failed', 'rejected', 'not_tried')), 0) as failed,
               coalesce(sum(number) filter (where outcome in ('unknown', 'started')), 0) as unknown,
               coalesce(sum(number) filter (where outcome = 'expired'), 0) as expired,
               coalesce(sum(number) filter (where outcome = 'withheld'), 0) as withheld,
               coalesce(sum(segments) filter (where outcome not in ('rejected', 'unavailable')), 0) as segments,
               max(t.handoff[1]) as handoff_p50, max(t.handoff[2]) as handoff_p95,
               max(t.delivery[1]) as delivery_p50, max(t.delivery[2]) as delivery_p95
        from numbers n left join times t on t.key = n.key
        group by n.key order by n.key""";

    private Figures() {
    }

    /**
     * The lines of a period, in the order of their keys; none where nothing happened.
     *
     * @param connection acts for the tenant, or is the dispatcher's
     * @param to         the last day, included
     * @param zone       where a day begins; the same as in {@link RetentionRules}
     */
    public static List<Line> of(Connection connection, UUID tenant, LocalDate from, LocalDate to, By by, ZoneId zone) {
        Instant first = from.atStartOfDay(zone).toInstant();
        Instant after = to.plusDays(1).atStartOfDay(zone).toInstant();
        return Sql.of(connection, LINES.formatted(by.ofAttempt, by.ofEnded, by.ofCount), zone.getId(), tenant, first, after,
            tenant, first, after, tenant, from, to).list(Line::of);
    }
}
