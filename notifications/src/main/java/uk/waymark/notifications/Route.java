package uk.waymark.notifications;

import java.util.Objects;

/**
 * One way by which a tenant's messages of one channel may leave: an account at a provider, and what they leave from.
 *
 * @param provider as on attempts and receipts
 * @param account  as the provider calls it
 * @param weight   its share among the routes that would do; 0 for one that is used only when no other is left
 * @param twoWay   whether it leaves from a number that takes replies
 * @param discreet whether it is for messages that must not show whom they are from; an account may have one route of each kind
 * @param sender   sends by it
 */
public record Route(String provider, String account, int weight, boolean twoWay, boolean discreet, Sender sender) {

    /** @throws IllegalArgumentException for a weight below nothing */
    public Route {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(sender, "sender");
        if (weight < 0) {
            throw new IllegalArgumentException("a weight is 0 or more");
        }
    }

    /** As in {@link Senders.Wanted#unavailable}. */
    String name() {
        return provider + "/" + account;
    }

    Senders.Choice.Via because(String word) {
        return new Senders.Choice.Via(sender, provider, account, word);
    }
}
