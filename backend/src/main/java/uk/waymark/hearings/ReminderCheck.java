package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.hearings.Reminder.State;
import uk.waymark.messaging.Reservation;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/**
 * Asked about each reminder at the moment of sending: what is no longer so, or was said by staff meanwhile, is not sent. What one
 * message said of several hearings is said anew without the one that is no longer so.
 */
@Singleton
final class ReminderCheck implements Reservation {
    static final String MESSAGE_CLASS = "reminder";
    static final String NO_LONGER_SO = "no_longer_so";
    static final String SAID_BY_STAFF = "reminded_by_staff";
    private final ReminderStore store;
    private final ReminderTruth truth;
    private final ReminderPlanner planner;
    private final CaseClock clock;

    ReminderCheck(ReminderStore store, ReminderTruth truth, ReminderPlanner planner, CaseClock clock) {
        this.store = store;
        this.truth = truth;
        this.planner = planner;
        this.clock = clock;
    }

    @Override
    public List<Decision> before(Connection c, List<Pending> batch) {
        List<UUID> subjects = batch.stream().filter(m -> MESSAGE_CLASS.equals(m.messageClass()) && m.subjectRef() != null)
            .map(Pending::subjectRef).distinct().toList();
        var decisions = new ArrayList<Decision>();
        Map<UUID, List<Reminder>> known = subjects.isEmpty() ? Map.of() : store.ofSubjects(c, subjects, false);
        if (known.isEmpty()) {
            batch.forEach(m -> decisions.add(null));
            return decisions;
        }
        Instant now = clock.instant();
        List<Reminder> all = known.values().stream().flatMap(List::stream).toList();
        ReminderTruth.Now so = truth.now(c, all);
        Instant today = ReminderTimes.day(now).atStartOfDay(WorkingDays.LONDON).toInstant();
        Set<UUID> byStaff = store.saidByStaff(c, all, today);
        for (Pending m : batch) {
            List<Reminder> said = known.getOrDefault(m.subjectRef(), List.of());
            boolean stands = said.stream().allMatch(r -> r.state() == State.QUEUED && !byStaff.contains(r.id()) && stillSo(so.whyNot(r, now)));
            if (!stands) {
                said.stream().filter(r -> r.state() == State.QUEUED && byStaff.contains(r.id()))
                    .forEach(r -> store.settle(c, r.id(), State.SKIPPED, SAID_BY_STAFF, now));
                planner.again(c, force(c), said.stream().filter(r -> !byStaff.contains(r.id())).toList(), now);
            }
            decisions.add(stands ? null : new Decision.Cancel(NO_LONGER_SO));
        }
        return decisions;
    }

    /** What has become too late expires by itself, so that staff are told of it. */
    private static boolean stillSo(String whyNot) {
        return whyNot == null || "too_late".equals(whyNot);
    }

    private static UUID force(Connection c) {
        return Sql.one(c, "select waymark.ctx_force() as force", r -> Sql.uuid(r, "force")).orElseThrow();
    }
}
