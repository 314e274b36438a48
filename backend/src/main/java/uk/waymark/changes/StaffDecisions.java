package uk.waymark.changes;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.account.AccountNumbers.Moved;
import uk.waymark.changes.ChangeStore.Change;
import uk.waymark.changes.ChangeStore.Concerned;
import uk.waymark.changes.ChangeStore.Decided;
import uk.waymark.changes.Effects.Outcome;
import uk.waymark.messaging.DecidedAnew;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.staff.WorkItemCompleted;

/** Staff of a force that has somebody on the account decide a change that waits. The first word counts. */
@Singleton
class StaffDecisions {
    private final ActingAs acting;
    private final ChangeStore store;
    private final Effects effects;
    private final UnitItems items;
    private final DecidedAnew anew;
    private final Audit audit;

    StaffDecisions(ActingAs acting, ChangeStore store, Effects effects, UnitItems items, DecidedAnew anew, Audit audit) {
        this.acting = acting;
        this.store = store;
        this.effects = effects;
        this.items = items;
        this.anew = anew;
        this.audit = audit;
    }

    /**
     * It takes effect now.
     *
     * @param safe whether the person has said that it is safe to be reached there
     * @throws ProblemException 404; 409 where it was not confirmed, is over, or the number is somebody else's
     */
    void allow(Caller.Staff staff, UUID id, String reason, boolean safe) {
        acting.as(staff, (Connection c) -> {
            Change change = confirmed(c, staff, id, "contact_change_allowed");
            Outcome outcome = effects.allowed(c, change, new Decided(staff.subject(), reason), safe, staff.force());
            if (!outcome.done()) {
                throw refused(outcome.moved());
            }
            return outcome;
        }).concerned().forEach(anew::of);
    }

    private static ProblemException refused(Moved moved) {
        return switch (moved) {
            case TAKEN -> ProblemException.conflict("number-in-use", "Another account has this number",
                "Find out whose it is now. Once nobody is linked to the other account any more, allow it again.");
            case SUSPECT -> ProblemException.conflict("not-this-number", "This number cannot be used",
                "Refuse it, and find another way to reach the person.");
            case OVER, MOVED -> over();
        };
    }

    /** It waits until somebody allows or refuses it. @throws ProblemException as {@link #allow} */
    void hold(Caller.Staff staff, UUID id, String reason) {
        acting.as(staff, (Connection c) -> {
            confirmed(c, staff, id, "contact_change_held");
            store.waits(c, id, null, new Decided(staff.subject(), reason));
            return null;
        });
    }

    /** Nothing comes of it, confirmed or not. @throws ProblemException 404; 409 where it is over */
    void refuse(Caller.Staff staff, UUID id, String reason) {
        acting.as(staff, (Connection c) -> {
            find(c, staff, id, "contact_change_refused");
            List<Concerned> people = store.people(c, id);
            if (!store.end(c, id, "refused", new Decided(staff.subject(), reason))) {
                throw over();
            }
            items.settle(c, id, people);
            return null;
        });
    }

    /** Whoever has the item decides by it: a change that is only ticked off takes effect all the same, or never. */
    @EventListener
    void completed(WorkItemCompleted item) {
        if (UnitItems.OF_CHANGES.contains(item.kind()) && item.subjectId() != null
                && store.find(item.connection(), item.subjectId()).filter(change -> change.confirmed() && !change.over()).isPresent()) {
            throw ProblemException.conflict("decision-needed", "This change waits to be decided",
                "Decide with POST /v1/staff/contact-changes/{id}/decision, with the item's subject_id; the item goes by itself then.");
        }
    }

    private Change find(Connection c, Caller.Staff staff, UUID id, String action) {
        Change change = store.find(c, id).orElseThrow(ProblemException::notFound);
        store.people(c, id).stream().filter(p -> p.force().equals(staff.force()))
            .forEach(p -> audit.record(c, staff, action, null, p.person()));
        if (change.over()) {
            throw over();
        }
        return change;
    }

    private Change confirmed(Connection c, Caller.Staff staff, UUID id, String action) {
        Change change = find(c, staff, id, action);
        if (!change.confirmed()) {
            throw ProblemException.conflict("not-confirmed", "It has not been confirmed",
                "The code that went to the new number or address was not entered yet, or none was sent. You can refuse it.");
        }
        return change;
    }

    static ProblemException over() {
        return ProblemException.conflict("change-over", "It is over", "This change has taken effect or has ended.");
    }
}
