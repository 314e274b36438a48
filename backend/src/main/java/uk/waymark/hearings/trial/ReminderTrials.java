package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.WorkingDays;

/** Experiments with extra reminders: started, looked at and ended by staff. Nothing starts by itself. */
@Singleton
class ReminderTrials {
    private static final int MOST_DAYS = 366;
    private static final int NAME_LENGTH = 100;
    private final ActingAs acting;
    private final TrialStore store;
    private final Idempotency idempotency;
    private final Ids ids;
    private final Audit audit;
    private final CaseClock clock;

    ReminderTrials(ActingAs acting, TrialStore store, Idempotency idempotency, Ids ids, Audit audit, CaseClock clock) {
        this.acting = acting;
        this.store = store;
        this.idempotency = idempotency;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), WorkingDays.LONDON);
    }

    /**
     * One whose days are over makes room for the next.
     *
     * @throws ProblemException 409 while another one goes on; 422 for days or an approval that cannot be
     */
    ReminderTrial start(Caller.Staff staff, LocalDate from, LocalDate to, int share, String approvedBy, String key) {
        String approved = approvedBy.strip();
        if (to.isBefore(from) || to.isAfter(from.plusDays(MOST_DAYS - 1))) {
            throw ProblemException.unprocessable("/to", "The last day is not before the first, and at most 366 days in all.");
        }
        if (approved.isEmpty()) {
            throw ProblemException.unprocessable("/approved_by", "Say who has allowed it.");
        }
        if (approved.equalsIgnoreCase(staff.subject()) || staff.self().name() != null
                && approved.equalsIgnoreCase(staff.self().name().strip())) {
            throw ProblemException.unprocessable("/approved_by", "Nobody approves their own. Name who else has allowed it.");
        }
        return acting.as(staff, c -> {
            UUID id = idempotency.once(c, staff, "startReminderTrial", key, from + " " + to + ' ' + share + ' ' + approved,
                () -> add(c, staff, from, to, share, approved)).id();
            return store.one(c, id).orElseThrow();
        });
    }

    private UUID add(Connection c, Caller.Staff staff, LocalDate from, LocalDate to, int share, String approved) {
        Instant now = clock.instant();
        LocalDate today = today();
        if (from.isBefore(today)) {
            throw ProblemException.unprocessable("/from", "The first day is past. What has been sent cannot be held back.");
        }
        store.open(c).filter(t -> today.isAfter(t.to())).ifPresent(t -> store.end(c, t.id(), null, now));
        var trial = new ReminderTrial(ids.next(), from, to, share, approved, name(staff), now, null, null);
        if (!store.add(c, staff.force(), trial)) {
            throw ProblemException.conflict("trial-running", "There is one already",
                "One experiment at a time: end the other one first, or wait until its last day is over.");
        }
        audit.record(c, staff, "reminder_trial_started", null, null);
        return trial.id();
    }

    List<ReminderTrial> all(Caller.Staff staff) {
        return acting.as(staff, c -> store.all(c));
    }

    /** From now on nobody is held out by it; twice does no harm. @throws ProblemException 404 */
    ReminderTrial end(Caller.Staff staff, UUID id) {
        return acting.as(staff, c -> {
            ReminderTrial trial = store.held(c, id).orElseThrow(ProblemException::notFound);
            if (trial.endedAt() == null) {
                store.end(c, id, name(staff), clock.instant());
                audit.record(c, staff, "reminder_trial_ended", null, null);
            }
            return store.one(c, id).orElseThrow();
        });
    }

    /** Whoever is held out; each that is shown is written down. @throws ProblemException 404 */
    List<TrialStore.HeldOutPerson> people(Caller.Staff staff, UUID id, UUID after, int limit) {
        return acting.as(staff, c -> {
            store.one(c, id).orElseThrow(ProblemException::notFound);
            List<TrialStore.HeldOutPerson> page = store.heldOut(c, id, after, limit);
            audit.record(c, staff, "held_out_listed", null, null);
            return page;
        });
    }

    /** The person has reminders again; they stay in what is reckoned. Twice does no harm. @throws ProblemException 404 */
    void endFor(Caller.Staff staff, UUID id, UUID person) {
        acting.as(staff, c -> {
            store.one(c, id).orElseThrow(ProblemException::notFound);
            if (!store.endFor(c, id, person, name(staff), clock.instant())) {
                throw ProblemException.notFound();
            }
            audit.record(c, staff, "held_out_ended", null, person);
            return null;
        });
    }

    private static String name(Caller.Staff staff) {
        return staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length()));
    }
}
