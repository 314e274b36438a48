package uk.waymark.notifications;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Asks a provider what became of an attempt whose outcome was lost. */
public interface Lookup {

    /**
     * The attempt in question.
     *
     * @param account   of the provider, as it was when the attempt was started
     * @param address   where to
     * @param text      as it left
     * @param startedAt machine time just before the provider was called
     * @param matched   the provider's ids that belong to other attempts of ours
     */
    record Asked(UUID attemptId, UUID tenant, String account, String address, String text, Instant startedAt,
                 Set<String> matched) {
        public Asked {
            matched = Set.copyOf(matched);
        }

        /** Without address and text. */
        @Override
        public String toString() {
            return "Asked[attemptId=" + attemptId + "]";
        }
    }

    /** What the provider says. */
    sealed interface Answer {

        /** It has the message, and this is where it stands. */
        record Taken(Receipt receipt) implements Answer {
        }

        /** It does not have the message now; whether it still may come is for the caller to judge by the time. */
        record NotThere() implements Answer {
        }

        /** It cannot be said: unreachable, or more than one message fits. @param why a word */
        record Undecided(String why) implements Answer {
        }
    }

    /** Blocks until there is an answer or the provider's time-out; never throws. */
    Answer ask(Asked attempt);
}
