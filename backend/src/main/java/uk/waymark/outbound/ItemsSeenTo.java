package uk.waymark.outbound;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.staff.WorkItemCompleted;

/** Staff have put it into the force's system themselves, or want it handed over again. */
@Singleton
final class ItemsSeenTo implements ApplicationEventListener<WorkItemCompleted> {
    private final Arrivals arrivals;

    ItemsSeenTo(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        boolean ours = Arrivals.REFUSED.equals(done.kind()) || Arrivals.LATE.equals(done.kind());
        if (ours && "handled".equals(done.outcome())) {
            arrivals.handled(done.connection(), done.by(), done.subjectId());
        } else if (ours && "retry".equals(done.outcome())) {
            arrivals.again(done.connection(), done.subjectId());
        }
    }
}
