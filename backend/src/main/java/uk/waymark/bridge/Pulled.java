package uk.waymark.bridge;

import java.time.Duration;
import java.util.Objects;

/** What asking came to. */
public sealed interface Pulled {

    /**
     * A good answer.
     *
     * @param schedule all that the other side shows for the URN
     * @param checkpoint to be given back next time; opaque here, stored sealed
     */
    record Found(CourtSchedule schedule, String checkpoint) implements Pulled {
        public Found {
            Objects.requireNonNull(schedule, "schedule");
            Objects.requireNonNull(checkpoint, "checkpoint");
        }

        /** Without the checkpoint. */
        @Override
        public String toString() {
            return "Found";
        }
    }

    /** A good answer too: the URN is not known there, or not yet. */
    record NotKnown() implements Pulled { }

    /**
     * No answer that can be used; nothing follows from it but that it is asked again.
     *
     * @param leaveFor what the other side asked for; null where it said nothing
     * @param everybody whether it is the other side as a whole that wants to be left alone, and not this question
     * @param why a short code in snake_case for logs and metrics, such as {@code timeout}
     */
    record Later(Duration leaveFor, boolean everybody, String why) implements Pulled {
        public Later {
            Objects.requireNonNull(why, "why");
        }
    }

    /** It does not let us ask: operators have to see to it. @param everybody and @param why as in {@link Later} */
    record Refused(boolean everybody, String why) implements Pulled {
        public Refused {
            Objects.requireNonNull(why, "why");
        }
    }
}
