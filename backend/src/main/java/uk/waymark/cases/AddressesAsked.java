package uk.waymark.cases;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.waymark.messaging.AddressesToConfirm;
import uk.waymark.messaging.WordsToConfirm;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/** When a flag comes, or somebody into a flagged case, what they said themselves is asked about, whatever else is told. */
@Singleton
final class AddressesAsked implements ApplicationEventListener<CaseChanged> {
    private static final Set<EventType> FLAG = Set.of(EventType.CRIME_RECORDED, EventType.CASE_CHANGED,
        EventType.PERSON_ADDED, EventType.PEOPLE_MERGED);
    private final AddressesToConfirm addresses;
    private final WordsToConfirm words;
    private final CaseClock clock;

    AddressesAsked(AddressesToConfirm addresses, WordsToConfirm words, CaseClock clock) {
        this.words = words;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public void onApplicationEvent(CaseChanged change) {
        if (!FLAG.contains(change.type())) {
            return;
        }
        List<UUID> persons = Sql.list(change.connection(), """
            select p.id from waymark.case_file cf
              join waymark.participant pa on pa.case_id = cf.id and not pa.removed
              join waymark.person p on p.id = pa.person_id and not p.deceased and p.merged_into is null
             where cf.id = ? and cf.safety order by p.id""", r -> Sql.uuid(r, "id"), change.caseId());
        if (!persons.isEmpty()) {
            addresses.ask(change.connection(), change.caseId(), persons, clock.instant());
            words.askOfFlag(change.connection(), change.caseId(), change.eventId(), persons);
        }
    }
}
