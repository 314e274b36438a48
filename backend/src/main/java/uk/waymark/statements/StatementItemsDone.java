package uk.waymark.statements;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.staff.WorkItemCompleted;

/** Staff have dealt with a statement in their queue: it is on the file, and never past whoever signed it. */
@Singleton
final class StatementItemsDone implements ApplicationEventListener<WorkItemCompleted> {
    private final SignedStatements signed;
    private final CaseClock clock;

    StatementItemsDone(SignedStatements signed, CaseClock clock) {
        this.signed = signed;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (done.kind().equals(Onward.TO_FILE)) {
            signed.passedOn(done.connection(), done.subjectId(), null, clock.instant());
        }
        if (done.kind().equals(Onward.TO_CONFIRM) && signed.one(done.connection(), done.subjectId())
                .filter(s -> s.state().equals(Onward.BEING_CHECKED)).isPresent()) {
            throw ProblemException.conflict("not-confirmed", "Say first what the person said",
                "Put it down with PUT /v1/staff/statements/{id}/confirmation; the item goes by itself then.");
        }
    }
}
