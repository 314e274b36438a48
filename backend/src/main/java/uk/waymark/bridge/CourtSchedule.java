package uk.waymark.bridge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What courts plan for a case, in our words: when, where and what kind of hearing; nothing of people, and no free text.
 *
 * @param active false: the case has come to its end there
 * @param hearings in any order; a hearing without a day or a week is left out
 */
public record CourtSchedule(boolean active, List<Hearing> hearings) {

    public CourtSchedule {
        hearings = hearings.stream().sorted(Comparator.comparing(Hearing::id)).toList();
    }

    /**
     * @param id what the source calls it, at most 100 characters; the same as long as it is the same hearing
     * @param kind a canonical code, such as {@code trial}; null where it is not known or must not be said
     * @param sittings the days it sits; empty where only the week is known
     * @param week or null
     */
    public record Hearing(String id, String kind, List<Sitting> sittings, Week week) {
        public Hearing {
            Objects.requireNonNull(id, "id");
            sittings = sittings.stream().sorted(Comparator.comparing(Sitting::startsAt)).toList();
            if (sittings.isEmpty() && week == null) {
                throw new IllegalArgumentException("a hearing has a day or a week");
            }
        }
    }

    /** @param endsAt or null @param court or null where it is not known */
    public record Sitting(Instant startsAt, Instant endsAt, Court court) {
        public Sitting {
            Objects.requireNonNull(startsAt, "startsAt");
        }
    }

    /** @param monday of the first week @param lastDay of the last week @param court or null where it is not known */
    public record Week(LocalDate monday, LocalDate lastDay, Court court) {
        public Week {
            Objects.requireNonNull(monday, "monday");
            Objects.requireNonNull(lastDay, "lastDay");
        }
    }

    /** @param ouCode the organisation unit code, or null @param address or null @param room or null */
    public record Court(String name, String ouCode, String address, String room) {
        public Court {
            Objects.requireNonNull(name, "name");
        }
    }
}
