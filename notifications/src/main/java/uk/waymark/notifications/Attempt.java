package uk.waymark.notifications;

import java.util.UUID;

/** One try to send a message, rendered and sealed, before and while the provider is called. */
record Attempt(UUID id, Claimed message, Channel channel, String address, Templates.Rendered rendered, int segments,
               byte[] sealedAddress, byte[] sealedBody) {

    static final String ADDRESS = "notifications.attempt.address";
    static final String BODY = "notifications.attempt.body";
}
