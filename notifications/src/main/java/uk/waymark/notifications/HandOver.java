package uk.waymark.notifications;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the host what left us, and how it went since. Nothing is locked while the host keeps it: two processes may tell the
 * same, and the host keeps it once.
 */
final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int BATCH = 500;
    private static final String UNTOLD = """
        (told_state is distinct from state or told_attempts is distinct from attempts)
        and state not in ('queued', 'held', 'started')""";
    private static final String WAITING = """
        with untold as materialized (
            select id, id_at, tenant, recipient_ref, subject_ref, class, template, wiped_at_end, state, attempts
            from notifications.message where\s""" + UNTOLD + """
             and tenant <> all(?::uuid[]) order by id limit ?)
        select m.id as message_id, m.tenant, m.recipient_ref, m.subject_ref, m.class, m.template, m.wiped_at_end,
               m.state as message_state, m.attempts, a.id, a.channel, a.template_version, a.language, a.body, a.state,
               a.started_at, a.settled_at
        from untold m
        left join notifications.attempt a on a.message_id = m.id and a.id_at >= m.id_at and a.told is distinct from a.state
            and a.state in ('accepted', 'unknown', 'delivered', 'failed')
        order by m.id, a.id""";
    /** Passes over messages in use; what moved on meanwhile is told again. */
    private static final String MARK_MESSAGES = """
        with free as materialized (
            select id, id_at from notifications.message
            where id = any(?::uuid[]) and id_at between ? and ? for update skip locked)
        update notifications.message m set told_state = t.state, told_attempts = t.attempts::integer
        from free, unnest(?::uuid[], ?::text[], ?::text[]) as t (id, state, attempts)
        where m.id = free.id and m.id_at = free.id_at and t.id = m.id and t.state = m.state
          and t.attempts::integer = m.attempts
        returning m.id""";
    private static final String MARK_ATTEMPTS = """
        update notifications.attempt a set told = t.state
        from unnest(?::uuid[], ?::text[]) as t (id, state)
        where a.id = t.id and a.id_at >= ? and a.state = t.state""";
    /** The provider's id of a text that is wiped already may have become known by a late receipt only. */
    private static final String ERASE_LATE = Wiping.ERASE + """
        join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at and m.wiped_at is not null
        where a.id = any(?::uuid[]) and a.id_at >= ? and a.provider_message_id is not null and a.provider = any(?::text[])
        on conflict do nothing""";

    private final DataSource source;
    private final Keeper keeper;
    private final Set<String> erased;
    private final Sealer sealer;

    /** @param erased providers that can be asked to forget */
    HandOver(DataSource source, Keeper keeper, Set<String> erased, Sealer sealer) {
        this.source = source;
        this.keeper = keeper;
        this.erased = erased;
        this.sealer = sealer;
    }

    /** Tells all that waits; answers how much was kept. A tenant whose batch fails is left for the next time. */
    int run(Instant now) {
        Set<UUID> failed = new TreeSet<>();
        int told = 0;
        long found;
        do {
            List<Waiting> batch = Sql.inTransaction(source, c -> Sql.of(c, WAITING, failed, BATCH).list(Waiting::of));
            found = batch.stream().map(Waiting::message).distinct().count();
            Map<UUID, List<Waiting>> byTenant = batch.stream()
                .collect(Collectors.groupingBy(Waiting::tenant, LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<UUID, List<Waiting>> one : byTenant.entrySet()) {
                List<Waiting> said = one.getValue().stream().filter(w -> w.said != null).toList();
                if (!keep(one.getKey(), said)) {
                    failed.add(one.getKey());
                    continue;
                }
                told += said.size();
                Sql.inTransaction(source, c -> mark(c, one.getValue(), now));
            }
        } while (found == BATCH);
        return told;
    }

    private boolean keep(UUID tenant, List<Waiting> said) {
        try {
            if (!said.isEmpty()) {
                keeper.keep(tenant, said.stream().map(w -> w.said(sealer)).toList());
            }
            return true;
        } catch (RuntimeException e) {
            // by class only: its text may quote what was said
            LOG.error("what was said to {} recipients of tenant {} was not kept: {}", said.size(), tenant,
                e.getClass().getName());
            return false;
        }
    }

    private int mark(Connection c, List<Waiting> batch, Instant now) {
        List<Waiting> messages = List.copyOf(batch.stream()
            .collect(Collectors.toMap(Waiting::message, w -> w, (a, b) -> a, LinkedHashMap::new)).values());
        List<UUID> ids = messages.stream().map(Waiting::message).toList();
        Instant first = IdTime.of(ids.getFirst());
        // messages before attempts, as the dispatcher does: so the two never wait for each other in a ring
        Set<UUID> marked = Set.copyOf(Sql.of(c, MARK_MESSAGES, ids, first, IdTime.of(ids.getLast()), ids,
            messages.stream().map(w -> w.state).toList(), messages.stream().map(w -> Integer.toString(w.attempts)).toList())
            .list(row -> Sql.uuid(row, "id")));
        List<Waiting> said = batch.stream().filter(w -> w.said != null && marked.contains(w.message())).toList();
        if (said.isEmpty()) {
            return 0;
        }
        List<UUID> attempts = said.stream().map(w -> w.said.attemptId()).toList();
        Sql.of(c, ERASE_LATE, now, attempts, first, erased).update();
        return Sql.of(c, MARK_ATTEMPTS, attempts, said.stream().map(w -> w.said.state().stored()).toList(), first).update();
    }

    /** How much waits to be told (counted up to 10,000), and since when the oldest has. */
    static Retention.Waiting waiting(Connection c) {
        return Sql.of(c, "select count(*) as number, min(at) as oldest from (select coalesce(ended_at, due_at) as at "
            + "from notifications.message where " + UNTOLD + " order by id limit 10000) as untold")
            .first(Retention.Waiting::of).orElseThrow();
    }

    /**
     * One attempt to tell of, or a message without any.
     *
     * @param state of the message
     * @param said  without its words, or null
     * @param body  sealed, or null
     */
    private record Waiting(UUID message, UUID tenant, String state, int attempts, Said said, byte[] body) {

        static Waiting of(ResultSet row) throws SQLException {
            Said said = Sql.uuid(row, "id") == null ? null : new Said(Sql.uuid(row, "id"), Sql.uuid(row, "message_id"),
                Sql.uuid(row, "tenant"), Sql.uuid(row, "recipient_ref"), Sql.uuid(row, "subject_ref"),
                row.getString("class"), row.getString("template"), row.getInt("template_version"),
                row.getString("language"), Channel.fromStored(row.getString("channel")), null,
                !row.getBoolean("wiped_at_end"), MessageState.fromStored(row.getString("state")),
                Sql.instant(row, "started_at"), Sql.instant(row, "settled_at"));
            return new Waiting(Sql.uuid(row, "message_id"), Sql.uuid(row, "tenant"), row.getString("message_state"),
                row.getInt("attempts"), said, row.getBytes("body"));
        }

        Said said(Sealer sealer) {
            return body == null || !said.kept() ? said
                : said.with(new String(sealer.open(Attempt.BODY, said.attemptId(), body), StandardCharsets.UTF_8));
        }
    }
}
