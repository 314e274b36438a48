package uk.waymark.messaging;

import java.sql.Connection;
import java.util.UUID;
import uk.waymark.notifications.Inbound;

/**
 * A person of a force has texted back; published in the transaction that stores the reply, which runs as a worker of the
 * force, and once for each person that it may be of.
 *
 * @param connection of that transaction
 * @param person     whom the answered message was for, or else one of those whose number it is
 * @param caseId     the case it is about, or the person's only case, or null
 * @param reply      with the keyword, and the message that it answers
 * @param words      as they came
 */
public record ReplyTaken(Connection connection, UUID force, UUID person, UUID caseId, Inbound.Reply reply, String words) {

    /** Without the words. */
    @Override
    public String toString() {
        return "ReplyTaken[force=" + force + ", keyword=" + reply.keyword() + "]";
    }
}
