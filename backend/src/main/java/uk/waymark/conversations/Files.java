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
    private final ConversationWords words;

    Files(Attachments attachments, ConversationWords words) {
        this.words = words;
        this.attachments = attachments;
    }

    /**
     * @param ids      null for none
     * @param language of whoever sends it, {@code en} or {@code cy}
     * @throws ProblemException 422 where one of them cannot go with it
     */
    void attach(Connection c, UUID message, UUID caseId, Sender who, List<UUID> ids, String language) {
        switch (attachments.attach(c, message, caseId, who, ids == null ? List.of() : ids)) {
            case Sent.Taken t -> { }
            case Sent.NotThere n -> throw ProblemException.unprocessable("/attachment_ids", words.of(language, "files.not_there"));
            case Sent.TooMany m -> throw ProblemException.unprocessable("/attachment_ids",
                words.of(language, "files.too_many").replace("{most}", String.valueOf(m.most())));
        }
    }

    /**
     * Of what sounds like danger: all of them go with it, or it goes without any. Which it was is seen by what the message has.
     *
     * @param ids null for none
     */
    void attachIfPossible(Connection c, UUID message, UUID caseId, Sender who, List<UUID> ids) {
        attachments.attach(c, message, caseId, who, ids == null ? List.of() : ids);
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
