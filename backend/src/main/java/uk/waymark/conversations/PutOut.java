package uk.waymark.conversations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import uk.waymark.attachments.Attachment;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;

/** Messages for the force's own system: each one, in either direction, and those for the disclosure officer once more. */
@Singleton
final class PutOut {
    static final String MESSAGE = "message";
    static final String DISCLOSURE = "message_for_disclosure";
    private final Outbound outbound;
    private final Files files;

    PutOut(Outbound outbound, Files files) {
        this.files = files;
        this.outbound = outbound;
    }

    void message(Connection c, Conversation in, Message message) {
        put(c, in, message, MESSAGE, data(c, message));
    }

    /** @param note or null */
    void forDisclosure(Connection c, Conversation in, Message message, String by, String note) {
        ObjectNode data = data(c, message).put("marked_by", by);
        if (note != null) {
            data.put("note", note);
        }
        put(c, in, message, DISCLOSURE, data);
    }

    private void put(Connection c, Conversation in, Message message, String type, ObjectNode data) {
        outbound.put(c, new NewParcel(in.force(), type, in.caseId(), in.person(), message.id(), type + ':' + message.id(), data));
    }

    private ObjectNode data(Connection c, Message m) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("message_id", m.id().toString())
            .put("conversation_id", m.conversation().toString()).put("from", Conversation.wire(m.sender()))
            .put("sent_at", m.sentAt().toString()).put("body", m.body()).put("danger", m.danger());
        List<Attachment> attached = files.of(c, List.of(m)).get(m.id());
        if (attached != null) {
            // what they are called is in the parcel, what is in them is fetched here
            attached.forEach(a -> data.withArray("attachments").addObject().put("id", a.id().toString()).put("name", a.name())
                .put("type", a.type()).put("size", a.size()));
        }
        return m.by() == null ? data : data.put("by", m.by());
    }
}
