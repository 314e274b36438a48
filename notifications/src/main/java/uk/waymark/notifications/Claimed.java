package uk.waymark.notifications;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A message under our lease, not started. */
record Claimed(UUID id, Instant at, UUID lease, UUID tenant, UUID recipientRef, UUID subjectRef, String messageClass,
               String template, Templates.Version words, byte[] fields, String reason,
               Instant dueAt, Instant expiresAt, Instant createdAt,
               int attempts, Set<Channel> refused, Set<String> unavailable) {

    static Claimed of(ResultSet row) throws SQLException {
        return new Claimed(Sql.uuid(row, "id"), Sql.instant(row, "id_at"), Sql.uuid(row, "lease"),
            Sql.uuid(row, "tenant"), Sql.uuid(row, "recipient_ref"), Sql.uuid(row, "subject_ref"),
            row.getString("class"), row.getString("template"), words(row), row.getBytes("fields"), row.getString("reason"),
            Sql.instant(row, "due_at"), Sql.instant(row, "expires_at"), Sql.instant(row, "created_at"),
            row.getInt("attempts"), channels((String[]) row.getArray("refused").getArray()),
            Set.of((String[]) row.getArray("unavailable").getArray()));
    }

    private static Templates.Version words(ResultSet row) throws SQLException {
        UUID whose = row.getBoolean("template_own") ? Sql.uuid(row, "tenant") : null;
        return new Templates.Version(whose, row.getString("template"), row.getInt("template_version"));
    }

    private static Set<Channel> channels(String[] names) {
        return Arrays.stream(names).map(Channel::fromStored).collect(Collectors.toUnmodifiableSet());
    }

    Pending pending() {
        return new Pending(id, recipientRef, subjectRef, messageClass, template, createdAt, refused, expiresAt);
    }

    EndedMessage ended(UUID eventId, MessageState state, String why, Instant when) {
        return new EndedMessage(eventId, id, tenant, recipientRef, subjectRef, messageClass, template, state, why,
            when);
    }
}
