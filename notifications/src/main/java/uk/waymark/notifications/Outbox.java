package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Where a host leaves what is to be said, on its own connection: a message exists if and only if the host's
 * transaction commits. Meant for the login {@code waymark_app}, with {@code notifications.tenant} set for the
 * transaction to the tenant of the message; row-level security refuses any other.
 */
public final class Outbox {

    /**
     * With the newest words that need no field which the message does not bring: the tenant's own since it last went back to
     * those that all share, or else these.
     */
    private static final String ENQUEUE = """
        with fresh as (
            insert into notifications.message_key (tenant, dedupe_key, message_id, message_id_at)
            values (?, ?, ?, ?) on conflict do nothing returning message_id, message_id_at, tenant),
        words as (
            select version, tenant is not null as own from notifications.template t
            where name = ? and fields <@ ?::text[] and\s""" + TemplateStore.OF_TENANT + """

            order by tenant nulls last, version desc limit 1)
        insert into notifications.message (id, id_at, tenant, recipient_ref, subject_ref, class, template, fields,
                                           state, not_before, expires_at, due_at, created_at, priority,
                                           wiped_at_end, template_version, template_own)
        select message_id, message_id_at, fresh.tenant, ?::uuid, ?::uuid, ?::text, ?::text, ?::bytea, 'queued',
               ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?::smallint, ?::boolean,
               words.version, coalesce(words.own, false)
        from fresh left join words on true""";
    private static final String MESSAGES = """
        select m.id, m.tenant, m.recipient_ref, m.subject_ref, m.class, m.template, m.state, m.reason, m.created_at,
               m.ended_at
        from notifications.message m where\s""";
    private static final String RANK =
        "(case when state in ('failed', 'unknown', 'expired', 'withheld') then 0 else 1 end)";
    /** The rows of a {@link Page}. */
    private static final String AFTER = " and (" + RANK + " > ? or (" + RANK + " = ? and id < ?)) order by " + RANK
        + ", id desc limit ?";

    /** Why a message ended whose recipient has read what it is about. */
    static final String READ = "read";
    /** Why a policy cancels a message that another one tells about as well: its recipient may know what it says. */
    public static final String IN_SUMMARY = "in_summary";

    private final Sealer sealer;
    private final MessageClasses classes;
    private final Ids ids;
    private final InstantSource caseTime;

    /** @param caseTime gives created and ended times */
    public Outbox(Sealer sealer, MessageClasses classes, Ids ids, InstantSource caseTime) {
        this.sealer = sealer;
        this.classes = classes;
        this.ids = ids;
        this.caseTime = caseTime;
    }

    /**
     * Adds a message to the caller's transaction, once per tenant and dedupe key.
     *
     * @throws NotificationsException where the transaction does not act for the message's tenant
     */
    public Enqueued enqueue(Connection connection, NewMessage m) {
        UUID id = ids.next();
        Instant now = caseTime.instant();
        MessageClass of = classes.of(m.messageClass());
        int added = Sql.of(connection, ENQUEUE, m.tenant(), m.dedupeKey(), id, IdTime.of(id), m.template(),
            m.fields().keySet(), m.tenant(), m.recipientRef(),
            m.subjectRef(), m.messageClass(), m.template(), Fields.seal(sealer, id, m.fields()), m.notBefore(),
            m.expiresAt(), m.notBefore(), now, of.priority(), of.wipedAtEnd()).update();
        return added == 1 ? new Enqueued.Added(id) : new Enqueued.AlreadyThere(idByKey(connection, m));
    }

    private static UUID idByKey(Connection connection, NewMessage m) {
        return Sql.of(connection,
            "select message_id from notifications.message_key where tenant = ? and dedupe_key = ?",
            m.tenant(), m.dedupeKey()).first(row -> Sql.uuid(row, "message_id")).orElseThrow();
    }

    /**
     * Takes back everything about a subject that was not started yet.
     *
     * @param reason a word that staff will see
     * @return how many messages were cancelled
     */
    public int cancelBySubject(Connection connection, UUID tenant, UUID subjectRef, String reason) {
        return cancel(connection, "tenant = ? and subject_ref = ?", reason, tenant, subjectRef);
    }

    /** Takes back everything for a recipient that was not started yet; see {@link #cancelBySubject}. */
    public int cancelByRecipient(Connection connection, UUID tenant, UUID recipientRef, String reason) {
        return cancel(connection, "tenant = ? and recipient_ref = ?", reason, tenant, recipientRef);
    }

    /** Takes back one message; false if it is not there, was started or has ended. */
    public boolean cancelByKey(Connection connection, UUID tenant, String dedupeKey, String reason) {
        return cancel(connection, """
            (id, id_at) = (select message_id, message_id_at from notifications.message_key
                           where tenant = ? and dedupe_key = ?)""", reason, tenant, dedupeKey) == 1;
    }

    /**
     * Takes back those of these messages that were not started yet, in the order of their ids: in any other, the caller and
     * the dispatcher could wait for each other in a ring.
     *
     * @return how many messages were cancelled
     */
    public int cancelByKeys(Connection connection, UUID tenant, Collection<String> dedupeKeys, String reason) {
        List<String> inOrder = dedupeKeys.isEmpty() ? List.of() : Sql.of(connection, """
            select dedupe_key from notifications.message_key
            where tenant = ? and dedupe_key = any(?) order by message_id""", tenant, dedupeKeys)
            .list(row -> row.getString("dedupe_key"));
        return (int) inOrder.stream().filter(key -> cancelByKey(connection, tenant, key, reason)).count();
    }

    private int cancel(Connection connection, String which, String reason, Object... values) {
        return end(connection, which + " and state in ('queued', 'held')", MessageState.CANCELLED, reason, values);
    }

    /**
     * Its recipient has read what the message is about: no other channel follows. What a provider has or may have becomes
     * delivered; what waits, for its first channel or its next, is taken back.
     *
     * @return false if it is not the tenant's, is being handed over at this moment or has ended
     */
    public boolean read(Connection connection, UUID tenant, UUID messageId) {
        if (messageId.version() != 7) {
            return false;
        }
        String which = "tenant = ? and id = ? and id_at = ?";
        Object[] values = {tenant, messageId, IdTime.of(messageId)};
        return end(connection, which + " and state in ('accepted', 'unknown')", MessageState.DELIVERED, READ, values) == 1
            || cancel(connection, which, READ, values) == 1;
    }

    /**
     * Messages to a recipient that another channel may follow, or that have not gone by any yet.
     *
     * @return what each is about, by message; the value is null for what is about nothing
     */
    public Map<UUID, UUID> openTo(Connection connection, UUID tenant, UUID recipientRef) {
        Map<UUID, UUID> open = new TreeMap<>();
        Sql.of(connection, """
            select id, subject_ref from notifications.message
            where tenant = ? and recipient_ref = ? and state in ('queued', 'held')
            union all
            select id, subject_ref from notifications.message
            where tenant = ? and recipient_ref = ? and state in ('accepted', 'unknown') and escalate_at is not null""",
            tenant, recipientRef, tenant, recipientRef)
            .list(row -> open.put(Sql.uuid(row, "id"), Sql.uuid(row, "subject_ref")));
        return open;
    }

    /**
     * Whether the recipient may know what the message with this key says: it was sent, or they have read it without. What is
     * on its way counts, for it cannot be called back.
     */
    public boolean mayBeKnown(Connection connection, UUID tenant, String dedupeKey) {
        return Sql.of(connection, """
            select m.state, m.reason from notifications.message_key k
            join notifications.message m on m.id = k.message_id and m.id_at = k.message_id_at
            where k.tenant = ? and k.dedupe_key = ?""", tenant, dedupeKey)
            .first(row -> {
                MessageState state = MessageState.fromStored(row.getString("state"));
                String reason = row.getString("reason");
                return state.withProvider() || state == MessageState.DELIVERED || READ.equals(reason)
                    || IN_SUMMARY.equals(reason) || PassingOn.NOT_READ.equals(reason);
            }).orElse(false);
    }

    private int end(Connection connection, String which, MessageState next, String reason, Object... values) {
        // locked in the order of ids, as the dispatcher does, so that the two never wait for each other in a ring
        List<EndedMessage> open = Sql.of(connection, MESSAGES + which + " order by id for update", values)
            .list(row -> EndedMessage.of(row, ids.next(), next, reason, caseTime.instant()));
        if (open.isEmpty()) {
            return 0;
        }
        Sql.batch(connection, """
            update notifications.message set state = ?, reason = ?, ended_at = ? where id = ? and id_at = ?""",
            open.stream()
                .map(e -> new Object[] {next, reason, e.endedAt(), e.messageId(), IdTime.of(e.messageId())}).toList());
        EndedMessage.insert(connection, open);
        return open.size();
    }

    /** The state of the message with this key, if the tenant has one. */
    public Optional<MessageState> stateByKey(Connection connection, UUID tenant, String dedupeKey) {
        return Sql.of(connection, """
            select m.state from notifications.message_key k
            join notifications.message m on m.id = k.message_id and m.id_at = k.message_id_at
            where k.tenant = ? and k.dedupe_key = ?""", tenant, dedupeKey)
            .first(row -> MessageState.fromStored(row.getString("state")));
    }

    /** The tenant's messages: those that need a person first, then the newest; the page goes on after its cursor. */
    public List<MessageRecord> list(Connection connection, UUID tenant, Page page) {
        return Sql.of(connection, MESSAGES + "tenant = ?" + AFTER,
            tenant, page.rank(), page.rank(), page.id(), page.limit()).list(Outbox::read);
    }

    /** As {@link #list}, but only the messages that have one of these dedupe keys. */
    public List<MessageRecord> listByKeys(Connection connection, UUID tenant, List<String> dedupeKeys, Page page) {
        return dedupeKeys.isEmpty() ? List.of() : Sql.of(connection, """
            select m.id, m.tenant, m.recipient_ref, m.subject_ref, m.class, m.template, m.state, m.reason, m.created_at, m.ended_at
             from notifications.message_key k
             join notifications.message m on m.id = k.message_id and m.id_at = k.message_id_at
            where k.tenant = ? and k.dedupe_key = any(?)""" + AFTER,
            tenant, dedupeKeys, page.rank(), page.rank(), page.id(), page.limit()).list(Outbox::read);
    }

    private static MessageRecord read(ResultSet row) throws SQLException {
        return new MessageRecord(Sql.uuid(row, "id"), Sql.uuid(row, "recipient_ref"), Sql.uuid(row, "subject_ref"),
            row.getString("class"), row.getString("template"), MessageState.fromStored(row.getString("state")),
            row.getString("reason"), Sql.instant(row, "created_at"), Sql.instant(row, "ended_at"));
    }
}
