package uk.waymark.notifications;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Asks a provider what became of an attempt whose outcome was lost. */
public interface Lookup {

    /**
     * The attempt in question.
     *
     * @param account   of the provider, as it was when the attempt was started
     * @param address   where to
     * @param text      as it left
     * @param startedAt machine time just before the provider was called, less what two clocks may be apart: what the
     *                  provider took before it is not this attempt
     */
    record Asked(UUID attemptId, UUID tenant, String account, String address, String text, Instant startedAt) {
        /** Without address and text. */
        @Override
        public String toString() {
            return "Asked[attemptId=" + attemptId + "]";
        }
    }

    /**
     * A message that the provider has and that this attempt may have brought.
     *
     * @param receipt where it stands, with the provider's id and the attempt asked about
     * @param takenAt when the provider took it, by its own clock
     */
    record Candidate(Receipt receipt, Instant takenAt) {
    }

    /** What the provider says. */
    sealed interface Answer {

        /** It has the message, known by our mark, and this is where it stands. */
        record Taken(Receipt receipt) implements Answer {
        }

        /**
         * All that it has that fit: same recipient, words and sender, taken since. It does not give our mark back, so which
         * of them is this attempt's is for the caller to judge, who knows of the others. None is as {@link NotThere}.
         */
        record Candidates(List<Candidate> found) implements Answer {
            public Candidates {
                found = List.copyOf(found);
            }
        }

        /** It does not have the message now; whether it still may come is for the caller to judge by the time. */
        record NotThere() implements Answer {
        }

        /** It cannot be said: unreachable, or what it has cannot be compared. @param why a word */
        record Undecided(String why) implements Answer {
        }
    }

    /** Blocks until there is an answer or the provider's time-out; never throws. */
    Answer ask(Asked attempt);

    /**
     * Asks where a message stands that the provider has taken over, by the provider's own id of it. Blocks as {@link #ask}
     * does; what it answers is {@link Answer.Taken} or {@link Answer.Undecided}.
     *
     * @param account   of the provider, that it was accepted by
     * @param attemptId whose receipt does not come
     */
    default Answer status(String account, UUID tenant, String providerMessageId, UUID attemptId) {
        return new Answer.Undecided("cannot_be_asked");
    }

    /** Whether what it took over counts as not arrived when nothing was heard of it for long enough. */
    default boolean chased() {
        return true;
    }
}
