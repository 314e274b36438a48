package uk.waymark.notifications;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Chooses by which provider each message leaves, and learns how each attempt went. */
public interface Senders {

    /**
     * What is to be sent.
     *
     * @param variant     of the wording, such as {@code neutral}
     * @param unavailable accounts that could not take this message a moment ago, as "provider/account"
     * @param left        until when it may arrive, from now; null where that has no end
     */
    record Wanted(UUID messageId, UUID tenant, UUID recipientRef, Channel channel, MessageClass messageClass, String variant,
                  Set<String> unavailable, Duration left) {
        public Wanted {
            unavailable = Set.copyOf(unavailable);
        }

        /** Whether what this sends arrives in time, as far as it can be told to stop. */
        boolean inTime(Sender sender) {
            return left == null || !sender.before().isPositive() || sender.before().compareTo(left) <= 0;
        }
    }

    /** The way that one message takes. */
    sealed interface Choice {

        /**
         * @param sender  sends by that account
         * @param because why this one: a word, such as {@code only}, {@code weight}, {@code kept}, {@code circuit_open}
         */
        record Via(Sender sender, String provider, String account, String because) implements Choice {
            /** As in {@link Wanted#unavailable}. */
            public String name() {
                return provider + "/" + account;
            }
        }

        /** Nobody can send it now: it is tried again as if a provider had been unavailable. @param reason a word */
        record Later(String reason) implements Choice {
        }

        /** Nobody sends on this channel for this tenant at all. @param reason a word */
        record Never(String reason) implements Choice {
        }
    }

    /**
     * Chooses for a batch of one tenant. Called with no transaction open, from several threads.
     *
     * @return one choice a message, in the order of the batch; if it throws, the batch goes back and is asked about again
     */
    List<Choice> choose(UUID tenant, List<Wanted> batch);

    /** Whether another account could take the message that those in {@link Wanted#unavailable} could not. */
    default boolean hasAnother(Wanted wanted) {
        return false;
    }

    /** How an attempt went. Called from many threads; must not block. @param took until there was an outcome */
    default void seen(Channel channel, Choice.Via via, SendOutcome outcome, Duration took) {
    }

    /** One sender a channel, whatever the tenant. @param provider by channel, its name on attempts */
    static Senders of(Map<Channel, Sender> senders, Map<Channel, String> provider) {
        Map<Channel, Sender> known = Map.copyOf(senders);
        return (tenant, batch) -> batch.stream().<Choice>map(w -> known.containsKey(w.channel())
            ? new Choice.Via(known.get(w.channel()), provider.getOrDefault(w.channel(), w.channel().stored()), "", "only")
            : new Choice.Never("no_sender_for_channel")).toList();
    }
}
