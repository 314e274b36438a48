package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The event that a message reached a terminal state, or is unknown and was given up: nobody is asked any more. That may
 * still be settled later, by a receipt, and then has a second event. Where another attempt is given up after that, the event is
 * there anew, under an id of its own and in place of the former.
 *
 * @param id         the event's own
 * @param subjectRef may be null
 * @param reason     a word, or null
 * @param endedAt    case time
 */
public record EndedMessage(UUID id, UUID messageId, UUID tenant, UUID recipientRef, UUID subjectRef,
                           String messageClass, String template, MessageState state, String reason, Instant endedAt) {

    private static final String INSERT = """
        insert into notifications.ended (id, message_id, tenant, recipient_ref, subject_ref, class, template, state,
                                         reason, ended_at)
        select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                             ?::text[], ?::timestamptz[])
        on conflict (message_id, state) do\s""";
    private static final String AGAIN = """
        update set id = excluded.id, reason = excluded.reason, ended_at = excluded.ended_at, handled_at = null""";

    /** Whether it ended because its recipient had read what it is about; otherwise taken back is not told. */
    public boolean isRead() {
        return Outbox.READ.equals(reason);
    }

    /** From a row of notifications.message. */
    static EndedMessage of(ResultSet row, UUID id, MessageState state, String reason, Instant at) throws SQLException {
        return new EndedMessage(id, Sql.uuid(row, "id"), Sql.uuid(row, "tenant"), Sql.uuid(row, "recipient_ref"),
            Sql.uuid(row, "subject_ref"), row.getString("class"), row.getString("template"), state, reason, at);
    }

    static void insert(Connection connection, List<EndedMessage> events) {
        insert(connection, events, "nothing");
    }

    /** Of an attempt that was given up: that an earlier one was is another matter, and handled perhaps. */
    static void again(Connection connection, EndedMessage event) {
        insert(connection, List.of(event), AGAIN);
    }

    private static void insert(Connection connection, List<EndedMessage> events, String onConflict) {
        if (events.isEmpty()) {
            return;
        }
        Sql.of(connection, INSERT + onConflict, Sql.many("uuid", events, e -> e.id), Sql.many("uuid", events, e -> e.messageId),
            Sql.many("uuid", events, e -> e.tenant), Sql.many("uuid", events, e -> e.recipientRef),
            Sql.many("uuid", events, e -> e.subjectRef), Sql.many("text", events, e -> e.messageClass),
            Sql.many("text", events, e -> e.template), Sql.many("text", events, e -> e.state),
            Sql.many("text", events, e -> e.reason), Sql.many("timestamptz", events, e -> e.endedAt)).update();
    }
}
