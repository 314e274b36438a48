package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import uk.waymark.cases.CaseReferences;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.export.Exported;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;

/** What the person has written to staff and was written, page by page; never who of the staff wrote it. */
@Singleton
final class ExportedConversations implements Exported {
    private static final int PAGE = 200;
    private final ActingAs acting;
    private final ConversationStore store;
    private final CaseReferences references;

    ExportedConversations(ActingAs acting, ConversationStore store, CaseReferences references) {
        this.acting = acting;
        this.store = store;
        this.references = references;
    }

    private record Page(List<Message> messages, Map<UUID, String> references) { }

    @Override
    public String name() {
        return "conversations";
    }

    @Override
    public int place() {
        return 47;
    }

    @Override
    public void to(Caller.OwnView person, String language, Consumer<Map<String, Object>> items) {
        UUID after = null;
        Page page;
        do {
            UUID from = after;
            page = acting.as(person, (Connection c) -> {
                List<Message> messages = store.own(c, from, PAGE);
                return new Page(messages, references.of(c, messages.stream().map(Message::caseId).distinct().toList()));
            });
            for (Message m : page.messages()) {
                items.accept(item(m, page.references().get(m.caseId())));
                after = m.id();
            }
        } while (page.messages().size() == PAGE);
    }

    private static Map<String, Object> item(Message m, String reference) {
        var item = new LinkedHashMap<String, Object>();
        item.put("crime_reference", reference);
        item.put("sent_at", m.sentAt());
        item.put("from", Conversation.wire(m.sender()));
        item.put("text", m.body());
        item.put("read_at", m.readAt());
        item.put("passed_on_at", m.passedOnAt());
        return item;
    }
}
