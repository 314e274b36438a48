package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
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

    /**
     * An item about something of the past stands for all of the past that had come in when it was opened. What has come in since
     * is another item: whoever told the family of the one has not told them of the other.
     */
    private static Set<UUID> standsFor(Connection c, UUID event, UUID person) {
        var told = new HashSet<>(Sql.list(c, """
            select e.id from waymark.case_event said
              join waymark.in_person i on i.event_id = said.id and i.person_id = ?
              join waymark.case_event e on e.case_id = said.case_id and not e.notifies
                                       and e.received_at <= coalesce(i.up_to, said.received_at)
             where said.id = ? and not said.notifies""", r -> Sql.uuid(r, "id"), person, event));
        told.add(event);
        return told;
    }

    @Override
    public void onApplicationEvent(WorkItemCompleted done) {
        if (InPersonStore.ITEM.equals(done.kind()) && "told".equals(done.outcome())) {
            UUID event = done.subjectId();
            Set<UUID> told = standsFor(done.connection(), event, done.personId());
            cases.toldInPerson(done.connection(), done.by().force(), done.caseId(), done.personId(), told, clock.instant(),
                done.by().subject());
        }
    }
}
