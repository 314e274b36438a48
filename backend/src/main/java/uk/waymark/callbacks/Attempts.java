package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.callbacks.CallBack.Ending;
import uk.waymark.callbacks.CallBack.Outcome;
import uk.waymark.messaging.Briefing;
import uk.waymark.messaging.CallMissed;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** How calls went, and what follows: another try, a supervisor, or the end. Never a third call by habit. */
@Singleton
final class Attempts {
    static final String FAILED = "call_back_failed";
    private final ActingAs acting;
    private final CallBackQueue queue;
    private final CallBackStore store;
    private final CallBackEndings endings;
    private final Placing placing;
    private final Slots slots;
    private final NumbersGiven given;
    private final CallMissed missed;
    private final OutOfHours outOfHours;
    private final Briefing briefing;
    private final WorkItems workItems;
    private final Idempotency idempotency;
    private final CallBackSettings settings;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    Attempts(ActingAs acting, CallBackQueue queue, CallBackStore store, CallBackEndings endings, Placing placing, Slots slots,
             NumbersGiven given, CallMissed missed, OutOfHours outOfHours, Briefing briefing, WorkItems workItems, Idempotency idempotency,
             CallBackSettings settings, Audit audit, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.queue = queue;
        this.store = store;
        this.endings = endings;
        this.placing = placing;
        this.slots = slots;
        this.given = given;
        this.missed = missed;
        this.outOfHours = outOfHours;
        this.briefing = briefing;
        this.workItems = workItems;
        this.idempotency = idempotency;
        this.settings = settings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param note or null @throws ProblemException 404; 409 where it is not theirs or over; 422 where no message may be left */
    CallBackQueue.Seen record(Caller.Staff staff, UUID id, Outcome outcome, String note, String key) {
        return acting.as(staff, c -> {
            CallBack known = store.locked(c, id).orElseThrow(ProblemException::notFound);
            var done = idempotency.once(c, staff, "recordCallBackAttempt", key, id + " " + outcome + ' ' + note, () -> {
                CallBack b = queue.held(c, staff, id);
                if (b.decisionNeeded()) {
                    throw CallBackQueue.decides();
                }
                if (outcome == Outcome.VOICEMAIL_LEFT && !briefing.voicemail(c, b.person(), b.details().voicemail())) {
                    throw ProblemException.unprocessable("/outcome", "No message may be left for this person. If none was, it is no_answer; "
                        + "if one was, put down unsafe_now and say so in the note.");
                }
                UUID attempt = ids.next();
                store.attempt(c, attempt, b, outcome, note, CallBackQueue.name(staff), clock.instant());
                audit.record(c, staff, "call_back_rung", b.caseId(), b.person());
                return attempt;
            });
            if (!done.repeated()) {
                acting.goOn(c, new Caller.Worker(staff.force()));
                follow(c, known, outcome, done.id());
                acting.goOn(c, staff);
            }
            return queue.seen(c, store.one(c, id).orElseThrow(ProblemException::notFound));
        });
    }

    private void follow(Connection c, CallBack b, Outcome outcome, UUID attempt) {
        Instant now = clock.instant();
        if (outcome == Outcome.REACHED) {
            store.tried(c, b.id(), outcome, false, false, now);
            return;
        }
        boolean decide = outcome.unsafe() || b.failed() + 1 >= settings.number("tries");
        store.tried(c, b.id(), outcome, true, decide, now);
        Instant next = placing.next(c, b);
        store.missed(c, b.id(), now, next);
        slots.giveBack(c, b.id());
        workItems.giveBack(c, b.itemId(), next);
        if (outcome.unsafe()) {
            given.open(c, b, CallBack.wire(outcome), attempt);
        } else {
            missed.tell(c, b.force(), b.person(), attempt);
        }
        if (decide) {
            raise(c, b, outcome, attempt, now);
        }
    }

    /** Nobody may ring any more: whoever decides is woken for somebody who does not feel safe, as whoever rings was. */
    private void raise(Connection c, CallBack b, Outcome outcome, UUID attempt, Instant now) {
        String key = FAILED + ':' + attempt;
        String detail = settings.text(b.urgent() ? "detail.failed.not_safe" : "detail.failed")
            .replace("{tries}", String.valueOf(b.tried() + 1));
        Optional<Offices.Desk> desk = placing.desk(c, b);
        if (desk.isPresent()) {
            detail += "\n\n" + settings.text("detail.failed.out_of_hours").replace("{name}", desk.get().name())
                .replace("{phone}", desk.get().phone());
        }
        // first in the queue, as their call was
        workItems.open(c, new NewWorkItem(FAILED, key, b.caseId(), b.person(), b.id(),
            b.urgent() ? CallBack.wire(b.reason()) : CallBack.wire(outcome), detail, now.plus(settings.time("due.failed", b.urgent()))));
        workItems.escalate(c, key);
        if (b.urgent()) {
            workItems.idOf(c, key).ifPresent(item -> outOfHours.alert(c, b.force(), b.caseId(), item));
        }
    }

    /**
     * What was said already is answered as done.
     *
     * @throws ProblemException 404; 409 where it is not theirs, over, or nobody has reached the person
     */
    CallBackQueue.Seen complete(Caller.Staff staff, UUID id, Ending ending, String note) {
        return acting.as(staff, c -> {
            CallBack known = store.locked(c, id).orElseThrow(ProblemException::notFound);
            if (known.ending() == ending && (note == null || note.equals(store.note(c, id)))) {
                audit.record(c, staff, "call_back_read", known.caseId(), known.person());
                return queue.seen(c, known);
            }
            CallBack b = queue.held(c, staff, id);
            if (ending == Ending.SPOKEN && b.reachedAt() == null) {
                throw ProblemException.conflict("not-reached", "Nobody has reached the person",
                    "Put the call down first that reached them, or complete it with not_needed.");
            }
            audit.record(c, staff, "call_back_completed", b.caseId(), b.person());
            endings.end(c, b, ending, note);
            return queue.seen(c, store.one(c, id).orElseThrow(ProblemException::notFound));
        });
    }

    /**
     * What was decided already is answered as done: one more call by the key that it came with, no more calls by what was said as well.
     *
     * @param another whether there is one more call
     * @param key     of the request, or null
     * @throws ProblemException 404; 409 where nothing waits for a decision
     */
    CallBackQueue.Seen decide(Caller.Staff staff, UUID id, boolean another, String why, String key) {
        return acting.as(staff, c -> {
            CallBack b = store.locked(c, id).orElseThrow(ProblemException::notFound);
            if (another || b.ending() != Ending.NOT_REACHED || !why.equals(store.note(c, id))) {
                idempotency.once(c, staff, "decideCallBack", key, id + " " + another + ' ' + why, () -> {
                    decided(c, staff, b, another, why);
                    return id;
                });
            } else {
                audit.record(c, staff, "call_back_read", b.caseId(), b.person());
            }
            return queue.seen(c, store.one(c, id).orElseThrow(ProblemException::notFound));
        });
    }

    private void decided(Connection c, Caller.Staff staff, CallBack b, boolean another, String why) {
        CallBackQueue.over(b);
        if (!b.decisionNeeded()) {
            throw ProblemException.conflict("nothing-to-decide", "Nothing waits for a decision", "Read the call back again.");
        }
        audit.record(c, staff, "call_back_decided", b.caseId(), b.person());
        acting.goOn(c, new Caller.Worker(staff.force()));
        endings.decided(c, b.id());
        if (another) {
            // one more call in vain, and it is here again
            Instant next = placing.next(c, b);
            store.decided(c, b.id(), settings.number("tries") - 1, next, why);
            workItems.giveBack(c, b.itemId(), next);
        } else {
            endings.end(c, b, Ending.NOT_REACHED, why);
        }
        acting.goOn(c, staff);
    }
}
