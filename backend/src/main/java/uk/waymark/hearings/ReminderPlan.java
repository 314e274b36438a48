package uk.waymark.hearings;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import uk.waymark.cases.HearingKind;

/**
 * When people are reminded of hearings of one kind.
 *
 * @param version 0 for the plan that all forces share
 * @param steps   none where nobody is reminded
 * @param savedAt case time; null for the plan that all forces share
 * @param savedBy the member of staff; null for the plan that all forces share
 */
record ReminderPlan(HearingKind kind, int version, List<Step> steps, Instant savedAt, String savedBy) {

    /** QUESTION asks how they will get there; DETAILS says when, where and what to expect. */
    enum Words {
        QUESTION, DETAILS;

        static Words of(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT));
        }

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One reminder.
     *
     * @param daysBefore   the hearing, or the Monday of its week
     * @param workingDays  whether only working days are counted
     * @param at           by the clock in London
     * @param onlyRequired whether only those are reminded who have to be there
     */
    record Step(int daysBefore, boolean workingDays, LocalTime at, Words words, boolean onlyRequired) { }

    ReminderPlan {
        steps = List.copyOf(steps);
    }

    boolean own() {
        return version > 0;
    }
}
