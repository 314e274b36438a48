package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Hearings that people have to be at and nobody is reminded of: they reach the unit's queue, and leave it by themselves when that changes. */
@Singleton
final class ReminderGaps {
    static final String KIND = "hearing_without_reminder";
    private static final int DUE_WORKING_DAYS = 1;
    private static final Map<String, String> WORDS = Map.of(
        "kept_off_phones", "This case is kept off phones, so nobody is reminded of the court date. Remind whoever has to be there another way.",
        ReminderPlanner.KEPT_QUIET, "The court date came with the word that nobody is to be told of it, so nobody is reminded. Decide whether "
            + "people are to be told; then remind them from the list of the hearing.",
        "not_shown", "Whoever has to be there has to be told of the court date by an officer first, so nobody is reminded of it.",
        "no_plan", "The unit reminds nobody of this kind of hearing, and somebody has to be there. Remind them from the list of the hearing, "
            + "or change the plan.",
        "too_late", "A reminder fell due too late to be of use. Ring the person now, if they are still to come.");

    private final WorkItems workItems;
    private final WorkingDays workingDays;
    private final ReminderTimes times;

    ReminderGaps(WorkItems workItems, WorkingDays workingDays, ReminderTimes times) {
        this.workItems = workItems;
        this.workingDays = workingDays;
        this.times = times;
    }

    /** @param why a word, or null where there is no gap (any more) */
    void look(Connection c, CourtHearing h, String why, Instant now) {
        Instant leaves = times.leaves(h);
        if (why == null || leaves == null || !leaves.isAfter(now)) {
            closed(c, h);
            return;
        }
        Instant due = workingDays.after(now, DUE_WORKING_DAYS);
        var item = new NewWorkItem(KIND, key(h), h.caseId(), null, h.id(), why, WORDS.get(why), due.isBefore(leaves) ? due : leaves);
        if (!workItems.open(c, item)) {
            workItems.changeKind(c, key(h), KIND, why);
        }
    }

    /** The hearing is off, or another one than it was. */
    void closed(Connection c, CourtHearing h) {
        workItems.settle(c, key(h));
    }

    /** One person could not be reminded in time: somebody rings at once. */
    void late(Connection c, CourtHearing h, Reminder r, Instant now) {
        workItems.open(c, new NewWorkItem(KIND, "late-reminder:" + r.id(), h.caseId(), r.person(), h.id(), "too_late",
            WORDS.get("too_late"), now));
    }

    private static String key(CourtHearing h) {
        return "without-reminder:" + h.id() + ':' + h.version();
    }
}
