package uk.waymark.staff;

import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What staff have done: on the queue itself, or where a feature lets them put it down next to what it is about. */
@Singleton
public final class Completions {
    private final Sealing sealing;
    private final Audit audit;
    private final CaseClock clock;
    private final ApplicationEventPublisher<WorkItemCompleted> completed;
    private final List<BehindItem> behind;

    Completions(Sealing sealing, Audit audit, CaseClock clock, ApplicationEventPublisher<WorkItemCompleted> completed,
                List<BehindItem> behind) {
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
        this.completed = completed;
        this.behind = List.copyOf(behind);
    }

    /**
     * Takes an item off the queue, whoever has claimed it.
     *
     * @param c       of a transaction that acts for {@code staff}
     * @param outcome of the contract's {@code QueueOutcome}
     * @param note    or null
     * @throws ProblemException 404; 409 where it is completed or not theirs to deal with; 422 where the outcome does not fit the kind
     */
    public void complete(Connection c, Caller.Staff staff, UUID id, String outcome, String note) {
        complete(c, staff, id, outcome, note, "posted".equals(outcome));
    }

    /** The same, by a letter: whatever the item was, nobody was rung. */
    public void completeByLetter(Connection c, Caller.Staff staff, UUID id, String outcome, String note) {
        complete(c, staff, id, outcome, note, true);
    }

    private void complete(Connection c, Caller.Staff staff, UUID id, String outcome, String note, boolean posted) {
        behind.forEach(b -> b.hold(c, id));
        OpenItem item = OpenItem.locked(c, id).allowedTo(staff);
        Set<String> fitting = WorkQueue.OUTCOMES.getOrDefault(item.kind(), Set.of(WorkQueue.DONE));
        if (!fitting.contains(outcome)) {
            throw ProblemException.unprocessable("/outcome", "This outcome does not fit what had to be done. Complete "
                + "this item with " + String.join(", or with ", new TreeSet<>(fitting)) + ".");
        }
        Sql.run(c, """
            update waymark.work_item
               set completed_at = ?, outcome = ?, note = ?, claimed_by = coalesce(claimed_by, ?),
                   claimed_at = coalesce(claimed_at, ?)
             where id = ?""",
            clock.instant(), outcome, sealing.sealText(WorkQueue.NOTE, id, note), WorkQueue.name(staff), clock.instant(), id);
        audit.record(c, staff, "queue_item_completed", item.caseId(), item.personId());
        completed.publishEvent(new WorkItemCompleted(c, staff, id, item.kind(), item.caseId(), item.personId(),
            item.subjectId(), outcome, posted));
    }
}
