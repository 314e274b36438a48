package uk.waymark.outbound;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.util.UUID;
import uk.waymark.platform.ProblemException;
import uk.waymark.staff.WorkItemCompleted;

/** Staff have put it into the force's system themselves, or want it handed over again. */
@Singleton
final class ItemsSeenTo implements ApplicationEventListener<WorkItemCompleted> {
    private final Arrivals arrivals;
    private final Outages outages;

    ItemsSeenTo(Arrivals arrivals, Outages outages) {
        this.arrivals = arrivals;
        this.outages = outages;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (Arrivals.REFUSED.equals(done.kind()) || Arrivals.LATE.equals(done.kind())) {
            boolean outage = outages.waits(done.connection(), done.by().force(), done.subjectId());
            if (outage && "handled".equals(done.outcome())) {
                // the item says how many, and not which: nobody can have put in by hand what they were not shown
                throw ProblemException.conflict("outage-not-by-hand", "An outage is not dealt with by hand", "Have the force's own system "
                    + "mended. It goes by itself once all has arrived; complete it with retry to have all of it tried at once.");
            }
            if (outage) {
                outages.again(done.connection(), done.subjectId());
            } else {
                seenTo(done, done.subjectId());
            }
            outages.end(done.connection(), done.subjectId());
        }
    }

    private void seenTo(WorkItemCompleted done, UUID parcel) {
        if ("handled".equals(done.outcome())) {
            arrivals.handled(done.connection(), done.by(), parcel);
        } else if ("retry".equals(done.outcome())) {
            arrivals.again(done.connection(), parcel);
        }
    }
}
