package uk.waymark.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * A message about to be sent, as the host's policy sees it.
 *
 * @param subjectRef may be null
 * @param createdAt  case time of enqueueing
 */
public record Pending(UUID messageId, UUID recipientRef, UUID subjectRef, String messageClass, String template,
                      Instant createdAt) {
}
