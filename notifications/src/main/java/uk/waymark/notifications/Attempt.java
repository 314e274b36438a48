package uk.waymark.notifications;

import java.util.UUID;

/**
 * One try to send a message, rendered and sealed, before and while the provider is called.
 *
 * @param segments   of a text message; null on any other channel
 * @param addressKey keyed hash of the address of a message that asks for a reply; null for any other
 */
record Attempt(UUID id, Claimed message, Decision.Send to, Senders.Choice.Via via, Templates.Rendered rendered,
               Integer segments, byte[] sealedAddress, byte[] addressKey, byte[] sealedBody) {

    static final String ADDRESS = "notifications.attempt.address";
    static final String BODY = "notifications.attempt.body";
    /** What keyed hashes of addresses are made for: the same for what goes out and what comes back. */
    static final String ADDRESS_KEY = "notifications.address";

    Channel channel() {
        return to.channel();
    }
}
