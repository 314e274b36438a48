package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.staff.WorkItemCompleted;

/** Staff decided about a change that its source wanted kept quiet: who has to know is told in the transaction that says so. */
@Singleton
final class QuietDecisions implements ApplicationEventListener<WorkItemCompleted> {
    private final Cases cases;

    QuietDecisions(Cases cases) {
        this.cases = cases;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if ("quiet_change".equals(done.kind()) && "tell".equals(done.outcome()) && done.subjectId() != null) {
            cases.tellAfterAll(done.connection(), done.by().force(), done.caseId(), done.subjectId(), done.by().subject());
        }
    }
}
