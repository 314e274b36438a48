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
 */
public record Pending(UUID messageId, UUID recipientRef, UUID subjectRef, String messageClass, String template,
                      Instant createdAt, Set<Channel> refused) {

    public Pending {
        refused = Set.copyOf(refused);
    }
}
