package uk.waymark.notifications;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** The second stage: messages, attempts, receipts and replies go, and only counts by day stay. */
final class Forgetting {

    private static final int BATCH = 500;
    private static final int BATCHES = 20;
    /** {@code created_at} is what the index knows; a message is never over before it was made. */
    private static final String DUE = """
        select id from notifications.message
        where created_at < ? and coalesce(ended_at, due_at) < ? and wiped_at is not null
          and state not in ('queued', 'held', 'started') and %s
        order by id limit ? for update skip locked""";
    private static final String COUNT_ATTEMPTS = """
        insert into notifications.daily_count as d (tenant, day, template, template_version, channel, provider, outcome,
                                                    number, segments)
        select a.tenant, (a.started_at at time zone ?)::date, m.template, a.template_version, a.channel,
               coalesce(a.provider, ''), a.state, count(*), coalesce(sum(a.segments), 0)
        from notifications.attempt a join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at
        where a.message_id = any(?::uuid[]) and a.id_at >= ?
        group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
        on conflict (tenant, day, template, template_version, channel, provider, outcome)
        do update set number = d.number + excluded.number, segments = d.segments + excluded.segments""";
    private static final String COUNT_UNTRIED = """
        insert into notifications.daily_count as d (tenant, day, template, template_version, channel, provider, outcome,
                                                    number, segments)
        select tenant, (ended_at at time zone ?)::date, template, 0, '', '',
               case state when 'failed' then 'not_tried' else state end, count(*), 0
        from notifications.message
        where id = any(?::uuid[]) and id_at >= ?
          and (state in ('expired', 'withheld', 'cancelled') or state = 'failed' and attempts = 0)
        group by 1, 2, 3, 7 order by 1, 2, 3, 7
        on conflict (tenant, day, template, template_version, channel, provider, outcome)
        do update set number = d.number + excluded.number""";
    private static final String ATTEMPTS = "(select provider, provider_account, provider_message_id "
        + "from notifications.attempt where message_id = any(?::uuid[]) and id_at >= ?)";

    private final DataSource source;
    private final String zone;

    Forgetting(DataSource source, String zone) {
        this.source = source;
        this.zone = zone;
    }

    /**
     * Forgets, at most 10,000 messages a time and group of tenants; answers how many.
     *
     * @param before what ended earlier goes
     * @param other  the same for tenants that keep it for longer
     */
    int run(Instant before, Map<UUID, Instant> other) {
        int forgotten = all(c -> messages(c, "tenant <> all(?::uuid[])", before, other.keySet()));
        for (Map.Entry<UUID, Instant> one : other.entrySet()) {
            forgotten += all(c -> messages(c, "tenant = any(?::uuid[])", one.getValue(), List.of(one.getKey())));
        }
        Sql.inTransaction(source, c -> rest(c, before, other));
        return forgotten;
    }

    private int all(Sql.Work<Integer> batch) {
        int forgotten = 0;
        for (int i = 0; i < BATCHES; i++) {
            int some = Sql.inTransaction(source, batch);
            forgotten += some;
            if (some < BATCH) {
                break;
            }
        }
        return forgotten;
    }

    private int messages(Connection c, String which, Instant before, Collection<UUID> tenants) {
        List<UUID> ids = new ArrayList<>(Sql.of(c, DUE.formatted(which), before, before, tenants, BATCH)
            .list(r -> Sql.uuid(r, "id")));
        if (ids.isEmpty()) {
            return 0;
        }
        Instant first = IdTime.of(ids.getFirst());
        Sql.of(c, COUNT_ATTEMPTS, zone, ids, first).update();
        Sql.of(c, COUNT_UNTRIED, zone, ids, first).update();
        for (String table : List.of("receipt", "provider_message")) {
            Sql.of(c, "delete from notifications." + table
                + " where (provider, provider_account, provider_message_id) in " + ATTEMPTS, ids, first).update();
        }
        Sql.of(c, "delete from notifications.attempt where message_id = any(?::uuid[]) and id_at >= ?", ids, first).update();
        Sql.of(c, "delete from notifications.ended where message_id = any(?::uuid[])", ids).update();
        // the bounds are for the index, which knows ranges only
        Sql.of(c, """
            delete from notifications.message_key where message_id between ? and ? and message_id = any(?::uuid[])""",
            ids.getFirst(), ids.getLast(), ids).update();
        return Sql.of(c, "delete from notifications.message where id = any(?::uuid[]) and id_at >= ?", ids, first).update();
    }

    /** What belongs to no one message: replies, senders kept, receipts that never matched, what providers have erased. */
    private Integer rest(Connection c, Instant before, Map<UUID, Instant> other) {
        int gone = 0;
        for (String what : List.of("notifications.inbound where wiped_at is not null and received_at < ?",
            "notifications.kept_sender where coalesce(used_at, chosen_at) < ?")) {
            gone += Sql.of(c, "delete from " + what + " and tenant <> all(?::uuid[])", before, other.keySet()).update();
            for (Map.Entry<UUID, Instant> one : other.entrySet()) {
                gone += Sql.of(c, "delete from " + what + " and tenant = ?", one.getValue(), one.getKey()).update();
            }
        }
        Sql.of(c, "delete from notifications.receipt where reported_at < ? and applied_at is null", before).update();
        Sql.of(c, "delete from notifications.erasure where wiped_at < ? and next_at is null", before).update();
        return gone;
    }
}
