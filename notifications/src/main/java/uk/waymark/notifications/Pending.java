package uk.waymark.notifications;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A message about to be sent, as the host's policy sees it.
 *
 * @param subjectRef may be null
 * @param createdAt  case time of enqueueing
 * @param refused    channels that were tried in vain: another has to be found
 * @param expiresAt  case time at which it is not worth sending any more; null where it is only asked what would become of it
 */
public record Pending(UUID messageId, UUID recipientRef, UUID subjectRef, String messageClass, String template,
                      Instant createdAt, Set<Channel> refused, Instant expiresAt) {

    public Pending {
        refused = Set.copyOf(refused);
    }

    /** Only to ask what would become of it. */
    public Pending(UUID messageId, UUID recipientRef, UUID subjectRef, String messageClass, String template,
                   Instant createdAt, Set<Channel> refused) {
        this(messageId, recipientRef, subjectRef, messageClass, template, createdAt, refused, null);
    }
}
