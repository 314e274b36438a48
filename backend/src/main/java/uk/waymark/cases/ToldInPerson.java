package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.WorkItemCompleted;

/** Staff completed an item with the word that they have told somebody: it is shown from then on, in the same transaction. */
@Singleton
final class ToldInPerson implements ApplicationEventListener<WorkItemCompleted> {
    private final Cases cases;
    private final CaseClock clock;

    ToldInPerson(Cases cases, CaseClock clock) {
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (InPersonStore.ITEM.equals(done.kind()) && "told".equals(done.outcome())) {
            UUID event = done.subjectId();
            Set<UUID> told = InPersonStore.history(done.connection(), event)
                ? InPersonStore.allHistory(done.connection(), done.caseId()) : Set.of(event);
            cases.toldInPerson(done.connection(), done.by().force(), done.caseId(), done.personId(), told, clock.instant(),
                done.by().subject());
        }
    }
}
