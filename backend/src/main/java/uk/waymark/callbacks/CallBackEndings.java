package uk.waymark.callbacks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.callbacks.CallBack.Ending;
import uk.waymark.outbound.NewParcel;
import uk.waymark.outbound.Outbound;
import uk.waymark.outbound.PassedOn;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItemCompleted;
import uk.waymark.staff.WorkItems;

/**
 * What follows from the end of a call back: its place is free, nothing waits in the queue for it, and the force's own system has the
 * outcome. Whoever completes its item in the queue has dealt with it as well.
 */
@Singleton
final class CallBackEndings implements ApplicationEventListener<WorkItemCompleted>, PassedOn {
    static final String OUTCOME = "call_back_outcome";
    static final String LANGUAGE = "call_back_language";
    private final CallBackStore store;
    private final Slots slots;
    private final OutOfHours outOfHours;
    private final Outbound outbound;
    private final WorkItems workItems;
    private final CaseClock clock;

    CallBackEndings(CallBackStore store, Slots slots, OutOfHours outOfHours, Outbound outbound, WorkItems workItems, CaseClock clock) {
        this.store = store;
        this.slots = slots;
        this.outOfHours = outOfHours;
        this.outbound = outbound;
        this.workItems = workItems;
        this.clock = clock;
    }

    /** @param c of a transaction of staff or a worker of the force @param note for staff, or null */
    void end(Connection c, CallBack b, Ending ending, String note) {
        Instant now = clock.instant();
        store.end(c, b.id(), ending, note, now);
        slots.giveBack(c, b.id());
        if (b.itemId() != null) {
            workItems.settle(c, b.itemId());
            outOfHours.over(c, b.itemId());
        }
        decided(c, b.id());
        speakerFound(c, b.id());
        outbound.put(c, new NewParcel(b.force(), OUTCOME, b.caseId(), b.person(), b.id(), OUTCOME + ':' + b.id(), data(b, ending, now)));
    }

    /** No supervisor has to decide any more, nor to be woken for it. */
    void decided(Connection c, UUID id) {
        workItems.openOf(c, Attempts.FAILED, id).forEach(item -> {
            workItems.settle(c, item);
            outOfHours.over(c, item);
        });
    }

    /**
     * Nobody has to be found any more who speaks their language: somebody has taken it on, or it is over. Where they give it back, it is
     * asked anew.
     */
    void speakerFound(Connection c, UUID id) {
        workItems.settleOf(c, LANGUAGE, id);
        Sql.run(c, "update waymark.call_back set language_raised = false where id = ? and language_raised", id);
    }

    private static ObjectNode data(CallBack b, Ending ending, Instant now) {
        return JsonNodeFactory.instance.objectNode().put("call_back_id", b.id().toString()).put("reason", CallBack.wire(b.reason()))
            .put("via", CallBack.wire(b.via())).put("outcome", CallBack.wire(ending)).put("attempts", b.tried())
            .put("asked_at", b.askedAt().toString()).put("due_at", b.dueAt().toString()).put("ended_at", now.toString())
            .put("met_in_time", b.reachedAt() != null && !b.reachedAt().isAfter(b.dueAt()));
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted item) {
        if (Attempts.FAILED.equals(item.kind())) {
            throw decides();
        }
        if (Placing.ITEM.equals(item.kind())) {
            store.ofItem(item.connection(), item.id()).ifPresent(b -> {
                if (b.decisionNeeded()) {
                    throw decides();
                }
                end(item.connection(), b, b.reachedAt() == null ? Ending.NOT_NEEDED : Ending.SPOKEN, null);
            });
        }
    }

    private static ProblemException decides() {
        return ProblemException.conflict("supervisor-decides", "A supervisor decides this with the call back",
            "Decide with POST /v1/staff/call-backs/{id}/decision; the item goes by itself then.");
    }

    @Override
    public String type() {
        return OUTCOME;
    }

    @Override
    public void passedOn(Connection c, UUID force, UUID subject, String reference, Instant at) {
        Sql.run(c, "update waymark.call_back set passed_on_at = ? where id = ? and force_id = ?", at, subject, force);
    }
}
