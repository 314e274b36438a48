package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.notifications.MessageRecord;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.Page;
import uk.waymark.platform.CaseClock;

/**
 * That somebody has written to a person: never what, who or of which case. By the rules of every other message; who cannot be told
 * safely is left to staff.
 */
@Singleton
public final class MessageWaiting {
    static final String MESSAGE_CLASS = "message_received";
    private static final Duration KEEPS = Duration.ofDays(7);
    private static final Set<MessageState> NOT_TOLD = EnumSet.of(MessageState.FAILED, MessageState.EXPIRED, MessageState.WITHHELD,
        MessageState.CANCELLED);
    /** Of so many unread messages the newest. */
    private static final int KNOWN = 500;
    private final Outbox outbox;
    private final CaseClock clock;

    MessageWaiting(Outbox outbox, CaseClock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Queues it, once for all that the person has not read, unless what they were last told of it did not reach them or is old.
     *
     * @param c          of a transaction of staff or a worker of the force
     * @param unread     the messages that they have not read, the first one first; at least one
     * @param againAfter for how long one is enough
     */
    public void tell(Connection c, UUID force, UUID person, List<UUID> unread, Duration againAfter) {
        Instant now = clock.instant();
        // one is named by the newest message that it tells of; it tells of all before
        List<String> keys = unread.reversed().stream().limit(KNOWN).map(MessageWaiting::key).toList();
        boolean told = outbox.listByKeys(c, force, keys, Page.first(KNOWN)).stream().max(Comparator.comparing(MessageRecord::createdAt))
            .filter(last -> !NOT_TOLD.contains(last.state()) && last.createdAt().plus(againAfter).isAfter(now)).isPresent();
        if (!told) {
            outbox.enqueue(c, new NewMessage(force, person, MESSAGE_CLASS, MESSAGE_CLASS, Map.of(), keys.getFirst(), unread.getFirst(), now,
                now.plus(KEEPS)));
        }
    }

    private static String key(UUID message) {
        return "message-received:" + message;
    }
}
