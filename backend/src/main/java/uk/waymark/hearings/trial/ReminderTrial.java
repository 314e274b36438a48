package uk.waymark.hearings.trial;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A time in which some people have no extra reminders.
 *
 * @param from       the first day of court dates that count
 * @param to         the last one
 * @param share      percent of people who are left without
 * @param approvedBy who allowed it, in the supervisor's words
 * @param endedAt    null while nobody has ended it
 */
record ReminderTrial(UUID id, LocalDate from, LocalDate to, int share, String approvedBy, String startedBy, Instant startedAt,
                     String endedBy, Instant endedAt) {

    /** On the wire: whether it is still to come, goes on, is over by its days, or was ended. */
    String state(LocalDate today) {
        if (endedAt != null) {
            return "ended";
        }
        return today.isAfter(to) ? "over" : today.isBefore(from) ? "planned" : "running";
    }
}
