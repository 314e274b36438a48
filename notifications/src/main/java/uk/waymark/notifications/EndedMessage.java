package uk.waymark.notifications;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The event that a message reached a terminal state, or became unknown. An unknown message may be settled later and
 * then has a second event; becoming unknown again, on its next channel, is no second event.
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
        values (?, ?, ?, ?, ?::uuid, ?, ?, ?, ?, ?)
        on conflict (message_id, state) do nothing""";

    /** From a row of notifications.message. */
    static EndedMessage of(ResultSet row, UUID id, MessageState state, String reason, Instant at) throws SQLException {
        return new EndedMessage(id, Sql.uuid(row, "id"), Sql.uuid(row, "tenant"), Sql.uuid(row, "recipient_ref"),
            Sql.uuid(row, "subject_ref"), row.getString("class"), row.getString("template"), state, reason, at);
    }

    static void insert(Connection connection, List<EndedMessage> events) {
        Sql.batch(connection, INSERT, events.stream().map(e -> new Object[] {e.id, e.messageId, e.tenant,
            e.recipientRef, e.subjectRef, e.messageClass, e.template, e.state, e.reason, e.endedAt}).toList());
    }
}
