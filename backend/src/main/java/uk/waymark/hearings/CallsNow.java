package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.platform.Ids;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Somebody is about to set out for what needs them no more: due at once, so that supervisors see it before it starts. */
@Singleton
final class CallsNow {
    static final String KIND = "call_now";
    static final String TOO_SOON = "leaves_home_soon";
    static final String IN_PERSON = "told_in_person_first";
    private final WorkItems workItems;
    private final HearingStore hearings;
    private final Ids ids;

    CallsNow(WorkItems workItems, HearingStore hearings, Ids ids) {
        this.hearings = hearings;
        this.workItems = workItems;
        this.ids = ids;
    }

    /**
     * @param why in words, what kept a message from them; null where none was tried
     * @return the key of the item
     */
    String open(Connection c, CourtHearing h, UUID person, What what, HearingDay day, String reason, String why, Instant now) {
        String key = KIND + ':' + ids.next();
        workItems.open(c, item(key, h.caseId(), h.id(), person, what, day, reason, why,
            hearings.neededBesides(c, person, day, h.id()), now));
        return key;
    }

    /** In place of the item that the message would be, under its key. */
    void instead(Connection c, String key, HearingMessages.Row row, String reason, String why, Instant now) {
        workItems.replace(c, item(key, row.caseId(), row.message(), row.person(), row.what(), row.day(), reason, why,
            hearings.neededBesides(c, row.person(), row.day(), row.hearing()), now));
    }

    private static NewWorkItem item(String key, UUID caseId, UUID subject, UUID person, What what, HearingDay day, String reason,
                                    String why, boolean besides, Instant now) {
        String detail = "They were told to come " + day.english(now) + ". "
            + (what == What.OFF ? "It does not take place. " : "They are not needed any more. ")
            + "No message tells them before they leave home. Ring now, in the way that is safe for them, and record how it went."
            + (besides ? " Say as well that another court date of theirs " + (day.isWeek() ? "that week" : "that day") + " stands." : "")
            + (why == null ? "" : "\n\n" + why);
        return new NewWorkItem(KIND, key, caseId, person, subject, reason, detail, now);
    }
}
