package uk.waymark.notifications;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import javax.sql.DataSource;

/**
 * The first stage: fields, addresses, texts and replies go. What was said is handed over before; what is wiped as soon as it
 * has ended is never handed over.
 */
final class Wiping {

    private static final int BATCH = 500;
    private static final Duration SELDOM = Duration.ofDays(90);
    private static final String DUE = """
        select m.id, m.id_at, m.tenant, m.recipient_ref from notifications.message m
        where m.wiped_at is null and %s m.wiped_at_end and m.state not in ('queued', 'held', 'started')
          and coalesce(m.ended_at, m.due_at) <= ? and (m.ended_at is not null or m.expires_at <= ?)
          %s
        order by coalesce(m.ended_at, m.due_at) limit ? for update of m skip locked""";
    private static final String WHEN_TOLD =
        DUE.formatted("not", "and m.told_state = m.state and m.told_attempts = m.attempts");
    private static final String AT_END = DUE.formatted("", "");
    /** A list of what a provider is to forget; what follows says of which attempts. */
    static final String ERASE = """
        insert into notifications.erasure (provider, provider_account, provider_message_id, tenant, wiped_at, next_at)
        select a.provider, a.provider_account, a.provider_message_id, a.tenant, ?, clock_timestamp()
        from notifications.attempt a\s""";

    private final DataSource source;
    private final Set<String> erased;

    /** @param erased providers that can be asked to forget */
    Wiping(DataSource source, Set<String> erased) {
        this.source = source;
        this.erased = erased;
    }

    /** Wipes what is due; answers how many messages and replies. @param before what ended then, or earlier, goes */
    int run(Instant now, Instant before) {
        return all(() -> Sql.inTransaction(source, c -> messages(c, AT_END, now, now)))
            + all(() -> Sql.inTransaction(source, c -> messages(c, WHEN_TOLD, before, now)))
            + all(() -> Sql.inTransaction(source, c -> replies(c, before, now)));
    }

    private static int all(IntSupplier batch) {
        int wiped = 0;
        int some;
        do {
            some = batch.getAsInt();
            wiped += some;
        } while (some == BATCH);
        return wiped;
    }

    private int messages(Connection c, String which, Instant before, Instant now) {
        record Row(UUID id, Instant at, UUID tenant, UUID recipient) {
        }
        List<Row> due = Sql.of(c, which, before, now, BATCH).list(r -> new Row(Sql.uuid(r, "id"), Sql.instant(r, "id_at"),
            Sql.uuid(r, "tenant"), Sql.uuid(r, "recipient_ref")));
        if (due.isEmpty()) {
            return 0;
        }
        List<UUID> ids = due.stream().map(Row::id).toList();
        // an attempt is made after its message: the partitions before hold none
        Instant first = due.stream().map(Row::at).min(Instant::compareTo).orElseThrow();
        Sql.of(c, ERASE + """
            where a.message_id = any(?::uuid[]) and a.id_at >= ? and a.provider_message_id is not null
              and a.provider = any(?::text[])
            on conflict do nothing""", now, ids, first, erased).update();
        Sql.of(c, """
            update notifications.attempt set address = null, body = null
            where message_id = any(?::uuid[]) and id_at >= ?""", ids, first).update();
        Sql.batch(c, "update notifications.message set fields = null, wiped_at = ? where id = ? and id_at = ?",
            due.stream().map(r -> new Object[] {now, r.id, r.at}).toList());
        keepInUse(c, due.stream().map(Row::tenant).toList(), due.stream().map(Row::recipient).toList(), now);
        return due.size();
    }

    /** Whoever is still written to keeps their sender: it is forgotten as long after its last use as everything else is. */
    private static void keepInUse(Connection c, List<UUID> tenants, List<UUID> recipients, Instant now) {
        Sql.of(c, """
            update notifications.kept_sender k set used_at = ?
            from unnest(?::uuid[], ?::uuid[]) as u (tenant, recipient_ref)
            where k.tenant = u.tenant and k.recipient_ref = u.recipient_ref and coalesce(k.used_at, k.chosen_at) < ?""",
            now, tenants, recipients, now.minus(SELDOM)).update();
    }

    private int replies(Connection c, Instant before, Instant now) {
        List<UUID> due = Sql.of(c, """
            select id from notifications.inbound where wiped_at is null and handled_at is not null and received_at <= ?
            order by received_at limit ? for update skip locked""", before, BATCH).list(r -> Sql.uuid(r, "id"));
        if (due.isEmpty()) {
            return 0;
        }
        Sql.of(c, """
            insert into notifications.erasure (provider, provider_account, provider_message_id, tenant, wiped_at, next_at)
            select provider, provider_account, provider_message_id, tenant, ?, clock_timestamp()
            from notifications.inbound where id = any(?::uuid[]) and provider = any(?::text[])
            on conflict do nothing""", now, due, erased).update();
        Sql.of(c, """
            update notifications.inbound set sender = null, recipient = null, body = null, wiped_at = ?
            where id = any(?::uuid[])""", now, due).update();
        return due.size();
    }

    /** How long the oldest has been due, in seconds of case time: words that should have gone. */
    static long overdueSeconds(Connection c, Instant now, Instant before) {
        String oldest = """
            select coalesce(ended_at, due_at) as at from notifications.message
            where wiped_at is null and %s wiped_at_end and state not in ('queued', 'held', 'started')
              and coalesce(ended_at, due_at) <= ? and (ended_at is not null or expires_at <= ?)
            order by coalesce(ended_at, due_at) limit 1""";
        long news = seconds(Sql.of(c, oldest.formatted("not"), before, now).first(r -> Sql.instant(r, "at")), before);
        long codes = seconds(Sql.of(c, oldest.formatted(""), now, now).first(r -> Sql.instant(r, "at")), now);
        long replies = seconds(Sql.of(c, """
            select received_at as at from notifications.inbound where wiped_at is null and received_at <= ?
            order by received_at limit 1""", before).first(r -> Sql.instant(r, "at")), before);
        return Math.max(news, Math.max(codes, replies));
    }

    private static long seconds(Optional<Instant> since, Instant due) {
        return since.map(at -> Duration.between(at, due).toSeconds()).orElse(0L);
    }
}
