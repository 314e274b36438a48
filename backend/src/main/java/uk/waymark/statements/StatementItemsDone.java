package uk.waymark.statements;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.time.Instant;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.staff.WorkItemCompleted;

/** Staff have dealt with a statement in their queue: it is on the file, and never past whoever signed it. */
@Singleton
final class StatementItemsDone implements ApplicationEventListener<WorkItemCompleted> {
    private final SignedStatements signed;
    private final Onward onward;
    private final CaseClock clock;

    StatementItemsDone(SignedStatements signed, Onward onward, CaseClock clock) {
        this.onward = onward;
        this.signed = signed;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (done.kind().equals(Onward.TO_FILE)) {
            signed.passedOn(done.connection(), done.subjectId(), null, clock.instant());
            // a flag may have come without any news of the case: it is on the file now, and nobody has spoken to whoever signed it
            signed.one(done.connection(), done.subjectId())
                .filter(s -> s.decidedAt() == null && s.here() && SignedStatements.flagged(done.connection(), s.id()))
                .ifPresent(s -> onward.tooLate(done.connection(), s.content()));
        }
        if (done.kind().equals(Onward.READ_ALOUD)) {
            heard(done);
        }
        if (done.kind().equals(Onward.TO_CONFIRM) && signed.one(done.connection(), done.subjectId())
                .filter(s -> s.state().equals(Onward.BEING_CHECKED)).isPresent()) {
            throw ProblemException.conflict("not-confirmed", "Say first what the person said",
                "Put it down with PUT /v1/staff/statements/{id}/confirmation; the item goes by itself then.");
        }
    }

    /** Whoever holds the phone may have said who is to read it aloud; somebody has asked the person. */
    private void heard(WorkItemCompleted done) {
        boolean theirs = "confirmed".equals(done.outcome());
        if (theirs || "not_theirs".equals(done.outcome())) {
            Instant now = clock.instant();
            if (theirs) {
                SignedStatements.sureOfReadAloud(done.connection(), done.subjectId());
            } else {
                SignedStatements.disownReadAloud(done.connection(), done.subjectId());
            }
            signed.one(done.connection(), done.subjectId()).ifPresent(s -> onward.sureOfReadAloud(done.connection(), s, now));
        }
    }
}
