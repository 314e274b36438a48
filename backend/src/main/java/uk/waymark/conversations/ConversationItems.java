package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Set;
import java.util.UUID;
import uk.waymark.staff.BehindItem;
import uk.waymark.staff.WorkItems;

/**
 * The conversation behind an item of the queue. It is locked before its item wherever both change, here as in {@link Incoming} and
 * {@link Replied}. Who has the conversation is whoever replies in it: claiming the item changes nothing of it.
 */
@Singleton
final class ConversationItems implements BehindItem {
    private static final Set<String> KINDS = Set.of(Incoming.ANSWER, Incoming.DANGER);
    private final ConversationStore store;
    private final WorkItems workItems;

    ConversationItems(ConversationStore store, WorkItems workItems) {
        this.store = store;
        this.workItems = workItems;
    }

    @Override
    public void hold(Connection c, UUID item) {
        workItems.subject(c, item, KINDS).ifPresent(conversation -> store.locked(c, conversation));
    }
}
