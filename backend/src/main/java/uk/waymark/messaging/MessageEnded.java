package uk.waymark.messaging;

import java.sql.Connection;
import java.util.UUID;
import uk.waymark.notifications.EndedMessage;

/**
 * What became of a message to one of a force's people is known; published in the transaction that acts on it, which
 * runs as a worker of the force. A message that became unknown may be settled later: then a second event follows.
 *
 * @param connection of that transaction
 * @param caseId     the case it was about, or null
 */
public record MessageEnded(Connection connection, UUID force, UUID caseId, EndedMessage message) {
}
