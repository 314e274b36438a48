package uk.waymark.messaging;

import java.sql.Connection;
import java.util.UUID;
import uk.waymark.notifications.Said;

/**
 * A message to one of a force's people has left by some channel, or more is known of how that went; published in the transaction
 * that keeps what was said, which runs as a worker of the force. The same may come again.
 *
 * @param connection of that transaction
 */
public record MessageLeft(Connection connection, UUID force, Said said) {
}
