package uk.waymark.hearings;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Objects;
import uk.waymark.cases.CourtNames;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * A source may ask that nobody be told. That holds for what leaves day, time, court, kind and who is needed as they were; of any
 * other change the unit decides, and until then nobody is told by itself. One open decision a hearing: the newest stands for all.
 */
@Singleton
final class QuietChanges implements ApplicationEventListener<HearingChanged> {
    static final String KIND = "quiet_change";
    static final String KEEP = "keep_quiet";
    private static final LocalTime OPENS = LocalTime.of(9, 0);
    private static final LocalTime CLOSES = LocalTime.of(17, 0);
    private final WorkItems workItems;
    private final WorkingDays days;
    private final Duration due;

    /** @param due working time, of days from nine to five, by which the unit decides */
    QuietChanges(WorkItems workItems, WorkingDays days, @Value("${waymark.hearings.quiet-due:PT4H}") Duration due) {
        this.workItems = workItems;
        this.days = days;
        this.due = due;
    }

    @Override
    public void onApplicationEvent(HearingChanged changed) {
        CourtHearing now = changed.now();
        CourtHearing before = changed.before();
        if (before != null && before.quiet() && (!now.quiet() || !now.event().equals(before.event()))) {
            workItems.settle(changed.connection(), key(before));
        }
        if (now.quiet() && changed.news() && now.onPhones() && !now.listOnly() && matters(changed)
                && !HearingViews.past(now, LocalDate.ofInstant(changed.at(), WorkingDays.LONDON))) {
            open(changed.connection(), now, changed.at());
        }
    }

    private static boolean matters(HearingChanged changed) {
        return changed.before() == null || isAnother(changed.before(), changed.now()) || !changed.called().isEmpty()
            || !changed.dewarned().isEmpty();
    }

    /** Whether day, time, court, kind or state became different: what anybody has to know of. A room is found on the day. */
    static boolean isAnother(CourtHearing a, CourtHearing b) {
        return !Objects.equals(a.startsAt(), b.startsAt()) || !Objects.equals(a.on(), b.on()) || !Objects.equals(a.weekOf(), b.weekOf())
            || a.state() != b.state() || a.kind() != b.kind() || !sameCourt(a.court(), a.ouCode(), b);
    }

    /** Names may fit and mean two courts, of which one is called after its town alone: codes that are known decide. */
    static boolean sameCourt(String name, String ouCode, CourtHearing h) {
        return CourtNames.fit(name, h.court()) && (ouCode == null || h.ouCode() == null || ouCode.equals(h.ouCode()));
    }

    private void open(Connection c, CourtHearing now, Instant at) {
        workItems.open(c, new NewWorkItem(KIND, key(now), now.caseId(), null, now.event(), "kept_quiet",
            "A court date is other than it was, in its day, time, court, kind or who is needed, and its source asked that nobody be told. "
                + "Nobody was. Decide whether they are told of it as it stands.", dueAt(now, due, at)));
    }

    static String key(CourtHearing h) {
        return "quiet:" + h.id() + ':' + h.event();
    }

    /** So much working time from now, and in any case before it begins. */
    Instant dueAt(CourtHearing h, Duration working, Instant at) {
        Instant due = afterWorkingTime(at, working);
        Instant begins = h.startsAt() != null ? h.startsAt()
            : h.on() != null ? h.on().atTime(OPENS).atZone(WorkingDays.LONDON).toInstant() : null;
        return begins == null || due.isBefore(begins) ? due : begins.isAfter(at) ? begins : at;
    }

    Instant afterWorkingTime(Instant from, Duration time) {
        ZonedDateTime at = from.atZone(WorkingDays.LONDON);
        Duration left = time;
        while (true) {
            LocalDate day = at.toLocalDate();
            ZonedDateTime opens = day.atTime(OPENS).atZone(WorkingDays.LONDON);
            ZonedDateTime closes = day.atTime(CLOSES).atZone(WorkingDays.LONDON);
            ZonedDateTime begins = at.isBefore(opens) ? opens : at;
            if (days.isOne(day) && begins.isBefore(closes)) {
                Duration today = Duration.between(begins, closes);
                if (today.compareTo(left) >= 0) {
                    return begins.plus(left).toInstant();
                }
                left = left.minus(today);
            }
            at = day.plusDays(1).atStartOfDay(WorkingDays.LONDON);
        }
    }
}
