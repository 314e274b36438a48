package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import uk.waymark.cases.CaseState.PersonKey;

/** Whoever acts for two people reads of one of them only while they act for that one. */
class ActingForTwoTest {
    private final FreeText freeText = new FreeText();

    private static Event recorded() {
        return Events.event("e0", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '1', 'plain_words': 'Theft'}, 'people': [
             {'source_person_id': 'ann', 'role': 'victim', 'date_of_birth': '2012-01-01'},
             {'source_person_id': 'ben', 'role': 'victim', 'date_of_birth': '2013-01-01'},
             {'source_person_id': 'worker', 'role': 'social_worker', 'for': ['ann', 'ben']}]}""");
    }

    private static Event screen() {
        return Events.event("e1", 1, EventType.SPECIAL_MEASURES_DECIDED, "{'for_people': ['ann']}");
    }

    private Set<String> readers(Event... events) {
        var all = new java.util.ArrayList<>(List.of(recorded(), screen()));
        all.addAll(List.of(events));
        CaseState state = Fold.of(all, new Fold.Staff(Map.of(), Map.of()), LocalDate.parse("2026-11-02"), freeText);
        var readers = new TreeSet<String>();
        state.entries().stream().filter(e -> e.event().id().equals(screen().id()))
            .forEach(e -> e.shownTo().stream().map(PersonKey::sourcePersonId).forEach(readers::add));
        return readers;
    }

    @Test
    void theHelpOfOneIsReadByWhoActsForThem() {
        assertEquals(Set.of("ann", "worker"), readers());
        assertEquals(Set.of("ann", "worker"), readers(Events.event("e2", 2, EventType.PERSON_REMOVED, "{'source_person_id': 'ben'}")));
    }

    @Test
    void butNotOnceThatOneHasLeftOrIsContactedAlone() {
        assertEquals(Set.of(), readers(Events.event("e2", 2, EventType.PERSON_REMOVED, "{'source_person_id': 'ann'}")));
        assertEquals(Set.of("ann"), readers(Events.event("e2", 2, EventType.PERSON_CHANGED,
            "{'source_person_id': 'ann', 'contact': 'child'}")));
    }
}
