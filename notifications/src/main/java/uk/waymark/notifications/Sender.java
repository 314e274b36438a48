package uk.waymark.notifications;

import java.time.Duration;

/** A provider of one channel. */
public interface Sender {

    /**
     * Hands one message to the provider, in exactly one request an address. Blocks until there is an answer or the sender's own
     * time-out; called on a virtual thread, with no database connection held. An exception counts as
     * {@link SendOutcome.Unknown}.
     */
    SendOutcome send(SendRequest request);

    /**
     * For a provider that takes no validity: how long before {@link Decision.Send#notAfter} a message has to be handed over, so
     * that it has mostly arrived by then. Nothing is handed over later than that; the policy is asked again at that moment.
     */
    default Duration before() {
        return Duration.ZERO;
    }

    /** The same sender, to which messages are handed over so long before they must not arrive any more. */
    default Sender before(Duration end) {
        Sender same = this;
        return new Sender() {
            @Override
            public SendOutcome send(SendRequest request) {
                return same.send(request);
            }

            @Override
            public Duration before() {
                return end;
            }
        };
    }
}
