package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.attachments.Attachment;
import uk.waymark.attachments.Attachments;
import uk.waymark.attachments.Sender;
import uk.waymark.attachments.Sent;
import uk.waymark.conversations.Conversation.Message;
import uk.waymark.platform.ProblemException;

/** Files that go, or went, with messages. */
@Singleton
final class Files {
    private final Attachments attachments;

    Files(Attachments attachments) {
        this.attachments = attachments;
    }

    /** @param ids null for none @throws ProblemException 422 where one of them cannot go with it */
    void attach(Connection c, UUID message, UUID caseId, Sender who, List<UUID> ids) {
        switch (attachments.attach(c, message, caseId, who, ids == null ? List.of() : ids)) {
            case Sent.Taken t -> { }
            case Sent.NotThere n -> throw ProblemException.unprocessable("/attachment_ids", "It was not sent: one of these files cannot go "
                + "with it any more. Give it again, and send the message with that.");
            case Sent.TooMany m -> throw ProblemException.unprocessable("/attachment_ids", "It was not sent: one message has at most "
                + m.most() + " files. Send the others with another one.");
        }
    }

    uk.waymark.api.model.FilesTaken taken(Connection c, UUID caseId) {
        return attachments.taken(c, caseId);
    }

    Map<UUID, List<Attachment>> of(Connection c, List<Message> messages) {
        return messages.isEmpty() ? Map.of() : attachments.of(c, messages.stream().map(Message::id).toList());
    }

    /** As the contract has them; null for none, so that they are left out. */
    List<uk.waymark.api.model.Attachment> shown(List<Attachment> files, String language) {
        return files == null || files.isEmpty() ? null : files.stream().map(f -> attachments.shown(f, language)).toList();
    }
}
