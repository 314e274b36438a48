package uk.waymark.notifications;

import java.util.UUID;

/**
 * One try to send a message, rendered and sealed, before and while the provider is called.
 *
 * @param segments of a text message; null on any other channel
 */
record Attempt(UUID id, Claimed message, Decision.Send to, Templates.Rendered rendered, Integer segments,
               byte[] sealedAddress, byte[] sealedBody) {

    static final String ADDRESS = "notifications.attempt.address";
    static final String BODY = "notifications.attempt.body";

    Channel channel() {
        return to.channel();
    }
}
