package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.HearingMessages.Row;
import uk.waymark.messaging.ContactPolicy;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.DataFile;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * A court date is at another court than somebody knows. The plain words name it; the neutral ones never do, so whoever was reminded of
 * the details before, has to be there and may be told in those alone is rung as well.
 */
@Singleton
final class OtherCourt {
    /** On the day that they know. */
    static final String THERE = "hearing_elsewhere";
    /** On another day, of whoever has to be there. */
    static final String MOVED_THERE = "hearing_moved_elsewhere";
    /** Why staff ring. */
    static final String REASON = "other_court";
    private static final Set<String> TEMPLATES = Set.of(THERE, MOVED_THERE);

    private final HearingStore hearings;
    private final ReminderStore reminders;
    private final CallTimes times;
    private final WorkItems workItems;
    private final WelshCourts welsh;
    private final DataFile words = DataFile.of("/hearings/week.properties");

    OtherCourt(HearingStore hearings, ReminderStore reminders, CallTimes times, WorkItems workItems, WelshCourts welsh) {
        this.hearings = hearings;
        this.reminders = reminders;
        this.times = times;
        this.workItems = workItems;
        this.welsh = welsh;
    }

    /** Of a notice of this court date in these words. */
    Map<String, String> fields(Connection c, UUID force, String template, CourtHearing h, Instant now) {
        var fields = new HashMap<>(HearingDay.of(h).fields(now));
        if (TEMPLATES.contains(template)) {
            fields.put("court_en", ReminderWords.court(h, "court"));
            fields.put("court_cy", ReminderWords.court(welsh.name(c, force, h.ouCode(), h.court()), "y llys"));
        }
        return fields;
    }

    /** Once for each version of a court date, as its notice is about to leave. */
    void leaves(Connection c, Pending m, List<Row> rows, Decision.Send send, Instant now) {
        if (!TEMPLATES.contains(m.template()) || !ContactPolicy.namesNothing(send)) {
            return;
        }
        rows.stream().filter(r -> r.needed() && reminders.detailsSaid(c, r.hearing(), r.person())).forEach(r ->
            hearings.one(c, r.hearing()).ifPresent(h -> workItems.open(c, new NewWorkItem(HearingCalls.TO_TELL,
                key(h.id(), h.version(), r.person()), h.caseId(), r.person(), h.id(), REASON,
                words.text("detail.hearing_to_tell." + REASON).replace("{when}", HearingDay.of(h).english(now)), times.due(h, false, now)))));
    }

    /** The message has not reached them: whoever is asked to tell them in its place tells them of the court as well. */
    void untold(Connection c, Row r) {
        String key = key(r.hearing(), r.version(), r.person());
        if (!workItems.claimed(c, key)) {
            workItems.settle(c, key);
        }
    }

    private static String key(UUID hearing, int version, UUID person) {
        return HearingCalls.TO_TELL + ':' + hearing + ':' + version + ':' + person + ":court";
    }
}
