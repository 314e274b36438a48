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
    private static final String WAITING = """
        select a.id, a.tenant, a.channel, a.template_version, a.language, a.body, a.state, a.started_at, a.settled_at,
               m.id as message_id, m.recipient_ref, m.subject_ref, m.class, m.template, m.wiped_at_end
        from notifications.attempt a
        join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at
        where a.told is distinct from a.state and a.state in ('accepted', 'unknown', 'delivered', 'failed')
          and a.tenant <> all(?::uuid[])
        order by a.id limit ?""";
    /** Passes over rows in use: the dispatcher locks attempts in another order, and the two could wait in a ring. */
    private static final String MARK = """
        with free as materialized (
            select id, id_at from notifications.attempt
            where id = any(?::uuid[]) and id_at between ? and ? for update skip locked)
        update notifications.attempt a set told = t.state
        from free, unnest(?::uuid[], ?::text[]) as t (id, state)
        where a.id = free.id and a.id_at = free.id_at and t.id = a.id and t.state = a.state""";
    /** The provider's id of a text that is wiped already may have become known by a late receipt only. */
    private static final String ERASE_LATE = Wiping.ERASE + """
        join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at and m.wiped_at is not null
        where a.id = any(?::uuid[]) and a.id_at between ? and ? and a.provider_message_id is not null
          and a.provider = any(?::text[])
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
        int found;
        do {
            List<Waiting> batch = Sql.inTransaction(source, c -> Sql.of(c, WAITING, failed, BATCH).list(Waiting::of));
            found = batch.size();
            Map<UUID, List<Waiting>> byTenant = batch.stream()
                .collect(Collectors.groupingBy(Waiting::tenant, LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<UUID, List<Waiting>> one : byTenant.entrySet()) {
                if (tell(one.getKey(), one.getValue(), now)) {
                    told += one.getValue().size();
                } else {
                    failed.add(one.getKey());
                }
            }
        } while (found == BATCH);
        return told;
    }

    private boolean tell(UUID tenant, List<Waiting> batch, Instant now) {
        try {
            keeper.keep(tenant, batch.stream().map(w -> w.said(sealer)).toList());
        } catch (RuntimeException e) {
            // by class only: its text may quote what was said
            LOG.error("what was said to {} recipients of tenant {} was not kept: {}", batch.size(), tenant,
                e.getClass().getName());
            return false;
        }
        Sql.inTransaction(source, c -> mark(c, batch, now));
        return true;
    }

    private int mark(Connection c, List<Waiting> batch, Instant now) {
        List<UUID> ids = batch.stream().map(Waiting::id).toList();
        Instant first = IdTime.of(ids.getFirst());
        Instant last = IdTime.of(ids.getLast());
        Sql.of(c, ERASE_LATE, now, ids, first, last, erased).update();
        return Sql.of(c, MARK, ids, first, last, ids, batch.stream().map(w -> w.said.state().stored()).toList()).update();
    }

    /** How much waits to be told (counted up to 10,000), and since when the oldest has. */
    static Retention.Waiting waiting(Connection c) {
        return Sql.of(c, """
            select count(*) as number, min(started_at) as oldest from (
                select started_at from notifications.attempt
                where told is distinct from state and state in ('accepted', 'unknown', 'delivered', 'failed')
                order by id limit 10000) as untold""")
            .first(Retention.Waiting::of).orElseThrow();
    }

    /** @param body sealed, or null */
    private record Waiting(Said said, byte[] body) {

        static Waiting of(ResultSet row) throws SQLException {
            return new Waiting(new Said(Sql.uuid(row, "id"), Sql.uuid(row, "message_id"), Sql.uuid(row, "tenant"),
                Sql.uuid(row, "recipient_ref"), Sql.uuid(row, "subject_ref"), row.getString("class"),
                row.getString("template"), row.getInt("template_version"), row.getString("language"),
                Channel.fromStored(row.getString("channel")), null, !row.getBoolean("wiped_at_end"),
                MessageState.fromStored(row.getString("state")), Sql.instant(row, "started_at"),
                Sql.instant(row, "settled_at")), row.getBytes("body"));
        }

        UUID id() {
            return said.attemptId();
        }

        UUID tenant() {
            return said.tenant();
        }

        Said said(Sealer sealer) {
            if (body == null || !said.kept()) {
                return said;
            }
            String text = new String(sealer.open(Attempt.BODY, id(), body), StandardCharsets.UTF_8);
            return new Said(id(), said.messageId(), tenant(), said.recipientRef(), said.subjectRef(), said.messageClass(),
                said.template(), said.templateVersion(), said.language(), said.channel(), text, true, said.state(),
                said.saidAt(), said.settledAt());
        }
    }
}
