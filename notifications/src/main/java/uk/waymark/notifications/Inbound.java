package uk.waymark.notifications;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Stores replies, once each, recognises keywords in them and finds the message that each answers; what it means is the
 * host's.
 */
public final class Inbound {

    private static final String INSERT = """
        insert into notifications.inbound (id, tenant, provider, provider_account, provider_message_id, sender,
                                           recipient, body, keyword, received_at, address_key, answers_message_id,
                                           answers_message_id_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid, ?::timestamptz) on conflict do nothing""";
    /**
     * The newest question that was put to a number and has neither yes nor no for an answer; if all have, the newest: people
     * change their minds. By the attempt, since a message may have gone on to another channel.
     */
    private static final String ASKED = """
        select m.id, m.recipient_ref, m.subject_ref, m.class, m.template
        from notifications.attempt a
        join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at
        where a.tenant = ? and a.asks and a.address_key = any(?) and a.started_at > ?
          and a.state in ('started', 'accepted', 'unknown', 'delivered')
        order by exists (select 1 from notifications.inbound i
                         where i.answers_message_id = m.id and i.keyword in ('yes', 'cannot')),
                 a.started_at desc, a.id desc
        limit 1""";
    /** Whatever was sent there last, whether it asked anything or not. */
    private static final String WRITTEN = """
        select m.id, m.recipient_ref, m.subject_ref, m.class, m.template
        from notifications.attempt a
        join notifications.message m on m.id = a.message_id and m.id_at = a.message_id_at
        where a.tenant = ? and a.address_key = any(?) and a.state in ('started', 'accepted', 'unknown', 'delivered')
        order by a.started_at desc, a.id desc limit 1""";
    private static final String KNOWN = """
        select i.id as reply, i.keyword, m.id, m.recipient_ref, m.subject_ref, m.class, m.template
        from notifications.inbound i
        left join notifications.message m on m.id = i.answers_message_id and m.id_at = i.answers_message_id_at
        where i.provider = ? and i.provider_account = ? and i.provider_message_id = ?""";

    private static final String STORED = """
        select i.id as reply, i.tenant, i.provider, i.provider_account, i.provider_message_id, i.sender, i.recipient, i.body,
               i.keyword, m.id, m.recipient_ref, m.subject_ref, m.class, m.template
        from notifications.inbound i
        left join notifications.message m on m.id = i.answers_message_id and m.id_at = i.answers_message_id_at
        where i.id = ? and i.handled_at is null""";

    private final Sealer sealer;
    private final MessageClasses classes;
    private final Ids ids;
    private final InstantSource caseTime;

    /** @param caseTime gives the time of receipt, and how long ago something was asked */
    public Inbound(Sealer sealer, MessageClasses classes, Ids ids, InstantSource caseTime) {
        this.sealer = sealer;
        this.classes = classes;
        this.ids = ids;
        this.caseTime = caseTime;
    }

    /**
     * What was stored.
     *
     * @param fresh   false where the provider had delivered this reply before
     * @param answers the message that it answers; null where nothing was asked at that number, or not lately
     */
    public record Reply(UUID id, Keyword keyword, boolean fresh, Question answers) {
    }

    /**
     * A message that is replied to.
     *
     * @param recipientRef whom it was for, as the host knows them
     * @param subjectRef   what it was about; may be null
     */
    public record Question(UUID messageId, UUID recipientRef, UUID subjectRef, String messageClass, String template) {

        private static Question of(ResultSet row) throws SQLException {
            return Sql.uuid(row, "id") == null ? null : new Question(Sql.uuid(row, "id"), Sql.uuid(row, "recipient_ref"),
                Sql.uuid(row, "subject_ref"), row.getString("class"), row.getString("template"));
        }
    }

    /**
     * Stores a reply in the caller's transaction, so that what the host makes of it commits with it or not at all. The
     * transaction must act for the reply's tenant, or use the dispatcher's login.
     */
    public Reply record(Connection connection, InboundText text) {
        UUID id = ids.next();
        Keyword keyword = Keyword.of(text.body());
        Question answers = keyword.mayAnswer() ? asked(connection, text).orElse(null) : null;
        UUID message = answers == null ? null : answers.messageId();
        int stored = Sql.of(connection, INSERT, id, text.tenant(), text.provider(), text.providerAccount(),
            text.providerMessageId(), seal("sender", id, text.from()), seal("recipient", id, text.to()),
            seal("body", id, text.body()), keyword.stored(), caseTime.instant(),
            sealer.key(Attempt.ADDRESS_KEY, text.from()), message, message == null ? null : IdTime.of(message)).update();
        return stored == 1 ? new Reply(id, keyword, true, answers) : known(connection, text);
    }

    /** A reply that nobody has acted on yet, with its words. */
    public record Waiting(InboundText text, Reply reply) {
    }

    /**
     * Stores a reply in a transaction of its own: whatever becomes of what the host makes of it, the reply is there, and is
     * taken up again until it is marked as acted on.
     */
    public Reply record(DataSource source, InboundText text) {
        return Sql.inTransaction(source, connection -> {
            Sql.of(connection, "select set_config('notifications.tenant', ?, true)", text.tenant().toString())
                .list(row -> null);
            return record(connection, text);
        });
    }

    /**
     * Takes a reply to act on it in the caller's transaction, which has to mark it; waits for whoever has taken it.
     *
     * @return false where somebody has acted on it
     */
    public boolean take(Connection connection, UUID id) {
        return Sql.of(connection, "select id from notifications.inbound where id = ? and handled_at is null for update", id)
            .first(row -> Sql.uuid(row, "id")).isPresent();
    }

    /** The oldest replies of all tenants that nobody has acted on, but those that are passed over this time. */
    public List<UUID> waiting(DataSource dispatcherLogin, int atMost, Collection<UUID> passedOver) {
        return Sql.inTransaction(dispatcherLogin, connection -> Sql.of(connection, """
            select id from notifications.inbound
            where handled_at is null and id <> all(?::uuid[]) order by received_at, id limit ?""", passedOver, atMost)
            .list(row -> Sql.uuid(row, "id")));
    }

    /** A reply as it was stored, opened; nothing where it has been acted on. */
    public Optional<Waiting> waiting(DataSource dispatcherLogin, UUID id) {
        return Sql.inTransaction(dispatcherLogin, connection -> Sql.of(connection, STORED, id).first(row -> new Waiting(
            new InboundText(row.getString("provider"), row.getString("provider_account"),
                row.getString("provider_message_id"), open("sender", id, row.getBytes("sender")),
                open("recipient", id, row.getBytes("recipient")), open("body", id, row.getBytes("body")),
                Sql.uuid(row, "tenant")),
            new Reply(id, Keyword.fromStored(row.getString("keyword")), false, Question.of(row)))));
    }

    /** Case time since when the oldest reply waits to be acted on. */
    public Optional<Instant> oldestWaiting(DataSource dispatcherLogin) {
        return Sql.inTransaction(dispatcherLogin, connection -> Sql.of(connection,
            "select received_at from notifications.inbound where handled_at is null order by received_at limit 1")
            .first(row -> Sql.instant(row, "received_at")));
    }

    /**
     * The message that was last sent to a number for this tenant, as far back as attempts are kept: for a reply from a number
     * that the host knows nobody by, or not any more.
     */
    public Optional<Question> lastSentTo(Connection connection, UUID tenant, String number) {
        return Sql.of(connection, WRITTEN, tenant, sealer.keys(Attempt.ADDRESS_KEY, number)).first(Question::of);
    }

    /** Marks replies as acted on. */
    public int markHandled(Connection connection, List<UUID> ids) {
        return ids.isEmpty() ? 0 : Sql.of(connection, """
            update notifications.inbound set handled_at = clock_timestamp()
            where id = any(?) and handled_at is null""", ids).update();
    }

    /** Whether a reply to the transaction's tenant came from this number. */
    public boolean cameFrom(Connection connection, UUID reply, String number) {
        return Sql.of(connection, "select 1 from notifications.inbound where id = ? and address_key = any(?)", reply,
            sealer.keys(Attempt.ADDRESS_KEY, number)).first(row -> true).isPresent();
    }

    /** Whether a message of the transaction's tenant, or an attempt at it, went to this address. */
    public boolean wentTo(Connection connection, UUID message, String address) {
        return Sql.of(connection, """
            select 1 from notifications.attempt where message_id = ? and message_id_at = ? and address_key = any(?) limit 1""",
            message, IdTime.of(message), sealer.keys(Attempt.ADDRESS_KEY, address)).first(row -> true).isPresent();
    }

    private Optional<Question> asked(Connection connection, InboundText text) {
        return Sql.of(connection, ASKED, text.tenant(), sealer.keys(Attempt.ADDRESS_KEY, text.from()),
            caseTime.instant().minus(classes.replyWindow())).first(Question::of);
    }

    private Reply known(Connection connection, InboundText text) {
        return Sql.of(connection, KNOWN, text.provider(), text.providerAccount(), text.providerMessageId())
            .first(row -> new Reply(Sql.uuid(row, "reply"), Keyword.fromStored(row.getString("keyword")), false,
                Question.of(row))).orElseThrow();
    }

    private String open(String column, UUID id, byte[] sealed) {
        return new String(sealer.open("notifications.inbound." + column, id, sealed), StandardCharsets.UTF_8);
    }

    private byte[] seal(String column, UUID id, String value) {
        return sealer.seal("notifications.inbound." + column, id, value.getBytes(StandardCharsets.UTF_8));
    }
}
