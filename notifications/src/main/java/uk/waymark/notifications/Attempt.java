package uk.waymark.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * One try to send a message, rendered and sealed, before and while the provider is called.
 *
 * @param segments   of a text message; null on any other channel
 * @param addressKey keyed hash of the address
 * @param asks       whether its message asks for a reply
 * @param escalateAt case time at which the next channel follows unless it was read; null where none follows
 */
record Attempt(UUID id, Claimed message, Decision.Send to, Senders.Choice.Via via, Templates.Rendered rendered,
               Integer segments, byte[] sealedAddress, byte[] addressKey, byte[] sealedBody, boolean asks,
               Instant escalateAt) {

    static final String ADDRESS = "notifications.attempt.address";
    static final String BODY = "notifications.attempt.body";
    /** What keyed hashes of addresses are made for: the same for what goes out and what comes back. */
    static final String ADDRESS_KEY = "notifications.address";

    Channel channel() {
        return to.channel();
    }

    /** The channel as stored where another may follow it, or null. */
    String tried() {
        return to.another() ? channel().stored() : null;
    }
}
