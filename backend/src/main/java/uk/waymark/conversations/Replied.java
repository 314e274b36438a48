package uk.waymark.conversations;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.callbacks.OutOfHours;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.staff.WorkItemCompleted;
import uk.waymark.staff.WorkItems;

/**
 * What waits no longer once staff have replied or acknowledged: what they had opened, and nothing else. What came in meanwhile, and
 * nobody has seen, goes on waiting from when it came. Whoever completes the item in the queue has dealt with it otherwise.
 */
@Singleton
final class Replied implements ApplicationEventListener<WorkItemCompleted> {
    private final ConversationStore store;
    private final Incoming incoming;
    private final OutOfHours outOfHours;
    private final WorkItems workItems;
    private final CaseClock clock;

    Replied(ConversationStore store, Incoming incoming, OutOfHours outOfHours, WorkItems workItems, CaseClock clock) {
        this.store = store;
        this.incoming = incoming;
        this.outOfHours = outOfHours;
        this.workItems = workItems;
        this.clock = clock;
    }

    /** @param c of a transaction of staff or a worker of the force @return how many messages that nobody had acknowledged before */
    int acknowledged(Connection c, Conversation in, String by) {
        int acknowledged = store.acknowledge(c, in.id(), by, clock.instant());
        if (in.danger() && store.message(c, in.dangerMessage()).orElseThrow().acknowledgedAt() != null) {
            String item = Incoming.item(Incoming.DANGER, in.dangerMessage());
            workItems.idOf(c, item).ifPresent(woken -> outOfHours.over(c, woken));
            workItems.settle(c, item);
            Optional<Message> another = store.firstUnread(c, in.id(), true);
            if (another.isPresent()) {
                incoming.dangerous(c, in, another.get());
            } else {
                store.danger(c, in.id(), null, null);
            }
        }
        return acknowledged;
    }

    /**
     * What was opened has its reply.
     *
     * @param seenUpTo the last message that whoever replied had before them, or null: all that was opened by anybody. What came after it
     *                 goes on waiting, though a colleague may have opened it meanwhile
     */
    void replied(Connection c, Conversation in, UUID seenUpTo, Instant now) {
        UUID waiting = in.waitingMessage();
        // as the database has them: UUID.compareTo takes the first half as signed
        boolean before = waiting != null && (seenUpTo == null || waiting.toString().compareTo(seenUpTo.toString()) <= 0);
        if (before && store.message(c, waiting).orElseThrow().readAt() != null) {
            store.answered(c, waiting, now);
            workItems.settle(c, Incoming.item(Incoming.ANSWER, waiting));
            goOn(c, in, seenUpTo == null ? store.firstUnread(c, in.id(), false) : store.firstAfter(c, in.id(), seenUpTo));
        }
    }

    private void goOn(Connection c, Conversation in, Optional<Message> next) {
        if (next.isPresent()) {
            incoming.waits(c, in, next.get());
        } else {
            store.waits(c, in.id(), null, null, null);
        }
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (done.kind().equals(Incoming.ANSWER)) {
            store.locked(done.connection(), done.subjectId()).filter(in -> standsFor(done, Incoming.ANSWER, in.waitingMessage()))
                .ifPresent(in -> otherwise(done.connection(), in));
        }
        if (done.kind().equals(Incoming.DANGER)) {
            store.locked(done.connection(), done.subjectId()).filter(in -> standsFor(done, Incoming.DANGER, in.dangerMessage()))
                .ifPresent(in -> {
                    throw ProblemException.conflict("not-acknowledged", "Acknowledge it first", "Open the conversation, and acknowledge it "
                        + "with POST /v1/staff/conversations/{id}/acknowledgement; the item goes by itself then.");
                });
        }
    }

    private boolean standsFor(WorkItemCompleted done, String kind, UUID message) {
        return message != null && workItems.idOf(done.connection(), Incoming.item(kind, message)).filter(done.id()::equals).isPresent();
    }

    private void otherwise(Connection c, Conversation in) {
        if (store.message(c, in.waitingMessage()).orElseThrow().readAt() == null) {
            throw ProblemException.conflict("not-read", "Nobody has read it",
                "Open the conversation first: GET /v1/staff/conversations/{id}.");
        }
        store.began(c, in.waitingMessage(), false); // no reply: how long one took cannot be reckoned from it
        goOn(c, in, store.firstUnread(c, in.id(), false));
    }
}
