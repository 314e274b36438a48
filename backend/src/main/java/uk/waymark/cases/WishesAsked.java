package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import uk.waymark.messaging.UrgentWishes;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/**
 * Whenever something happens in a case with a safety flag, whoever is in it and has not been asked how they want to be told
 * urgent news is to be asked. History alone asks nobody: the first thing that happens after it does.
 */
@Singleton
final class WishesAsked implements ApplicationEventListener<CaseChanged> {
    private final UrgentWishes wishes;
    private final CaseClock clock;

    WishesAsked(UrgentWishes wishes, CaseClock clock) {
        this.wishes = wishes;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(CaseChanged change) {
        if (!change.notifies()) {
            return;
        }
        List<UUID> persons = Sql.list(change.connection(), """
            select p.id from waymark.case_file cf
              join waymark.participant pa on pa.case_id = cf.id and not pa.removed
              join waymark.person p on p.id = pa.person_id and not p.deceased and p.merged_into is null
             where cf.id = ? and cf.recorded and cf.safety order by p.id""", r -> Sql.uuid(r, "id"), change.caseId());
        if (!persons.isEmpty()) {
            wishes.ask(change.connection(), change.caseId(), persons, clock.instant());
        }
    }
}
