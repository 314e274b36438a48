package uk.waymark.notifications;

/** A provider of one channel. */
public interface Sender {

    /**
     * Hands one message to the provider, in exactly one request an address. Blocks until there is an answer or the sender's own
     * time-out; called on a virtual thread, with no database connection held. An exception counts as
     * {@link SendOutcome.Unknown}.
     */
    SendOutcome send(SendRequest request);
}
