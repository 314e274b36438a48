package uk.waymark.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * One message as staff see it: what became of it, never what it said or to which number.
 *
 * @param subjectRef may be null
 * @param reason     a word, or null
 * @param createdAt  case time of enqueueing
 * @param endedAt    case time of the terminal state, or null
 */
public record MessageRecord(UUID id, UUID recipientRef, UUID subjectRef, String messageClass, String template,
                            MessageState state, String reason, Instant createdAt, Instant endedAt) {

    /** Where a page that ends with this message goes on: give it to {@link Page}. */
    public String cursor() {
        return rank(state) + "." + id;
    }

    static int rank(MessageState state) {
        return state.needsPerson() ? 0 : 1;
    }
}
