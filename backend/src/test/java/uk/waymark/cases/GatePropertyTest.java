package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import uk.waymark.cases.CaseState.PersonKey;

/** Whatever happens in a case with a family liaison officer, in whatever order: who was not told is shown nothing. */
class GatePropertyTest {
    private static final List<EventType> TYPES = List.of(EventType.SUSPECT_ARRESTED, EventType.SUSPECT_CHARGED, EventType.PLEA_ENTERED,
        EventType.VERDICT, EventType.SENTENCE, EventType.PROSECUTION_STOPPED, EventType.OFFICER_CHANGED, EventType.EVENT_RETRACTED,
        EventType.HEARING_LISTED, EventType.HEARING_VACATED, EventType.URN_ASSIGNED);
    private static final List<String> PEOPLE = List.of("mother", "father", "witness");
    private final FreeText freeText = new FreeText();

    private record Told(Event event, Set<PersonKey> who) { }

    private static PersonKey key(String person) {
        return new PersonKey("rms", person);
    }

    private static Event recorded() {
        return Events.event("e0", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '1', 'plain_words': 'Theft'}, 'flags': ['family_liaison'], 'people': [
             {'source_person_id': 'mother', 'role': 'bereaved_relative', 'given_name': 'Ann', 'family_name': 'Cole'},
             {'source_person_id': 'father', 'role': 'bereaved_relative', 'given_name': 'Ben', 'family_name': 'Cole'},
             {'source_person_id': 'witness', 'role': 'witness', 'given_name': 'Idris', 'family_name': 'Penrose'}]}""");
    }

    /** Some of the people are told of it by the force's system. */
    private static Told informed(Event e, Random random) {
        ArrayNode informed = CaseJson.MAPPER.createArrayNode();
        var who = new HashSet<PersonKey>();
        for (String person : PEOPLE) {
            if (random.nextInt(3) == 0) {
                who.add(key(person));
                informed.addObject().put("by", "DC").put("at", "2026-11-02T20:00:00Z").put("source_person_id", person);
            }
        }
        return new Told(new Event(e.id(), e.source(), e.sourceEventId(), e.type(), e.occurredAt(), e.receivedAt(), e.notifies(),
            e.data(), informed), who);
    }

    private static List<Told> events(Random random) {
        var events = new ArrayList<Told>();
        events.add(informed(recorded(), random));
        int count = 1 + random.nextInt(9);
        for (int i = 1; i <= count; i++) {
            EventType type = TYPES.get(random.nextInt(TYPES.size()));
            String data = switch (type) {
                case OFFICER_CHANGED -> "{'officer': {'name': 'DC B'}}";
                case EVENT_RETRACTED -> "{'source_event_id': 'e" + random.nextInt(count + 1) + "'}";
                case HEARING_LISTED -> "{'hearing_id': 'h" + random.nextInt(2) + "', 'court': {'name': 'Leeds'}, 'starts_at': '2026-12-0"
                    + (1 + random.nextInt(3)) + "T10:00:00Z', 'required': ['witness']}";
                case HEARING_VACATED -> "{'hearing_id': 'h" + random.nextInt(2) + "'}";
                case URN_ASSIGNED -> "{'urns': ['44AB" + i + "']}";
                default -> "{'suspect_ref': 's" + random.nextInt(3) + "'}";
            };
            events.add(informed(Events.event("e" + i, 1 + random.nextInt(9), type, data), random));
        }
        return events;
    }

    private CaseState fold(List<Event> events, Map<UUID, Set<PersonKey>> byStaff) {
        return Fold.of(events, new Fold.Staff(Map.of(), byStaff), LocalDate.parse("2026-11-02"), freeText);
    }

    @Property(tries = 400)
    void whoWasNotToldIsShownNothingAndNothingIsSent(@ForAll long seed) {
        var random = new Random(seed);
        List<Told> told = events(random);
        Map<UUID, Set<PersonKey>> byStaff = new HashMap<>();
        told.forEach(t -> {
            if (random.nextInt(4) == 0) {
                byStaff.put(t.event().id(), Set.of(key("mother")));
            }
        });
        var events = new ArrayList<>(told.stream().map(Told::event).toList());
        CaseState state = fold(events, byStaff);
        Map<UUID, Set<PersonKey>> may = new HashMap<>();
        told.forEach(t -> {
            var who = new HashSet<>(t.who());
            who.addAll(byStaff.getOrDefault(t.event().id(), Set.of()));
            may.put(t.event().id(), who);
        });
        if (!state.gated()) { // its crime_recorded was taken back
            return;
        }
        assertTrue(state.tellings().isEmpty());
        state.entries().forEach(e -> {
            assertTrue(e.shownTo() != null && may.get(e.event().id()).containsAll(e.shownTo()), () -> "shown to " + e.shownTo());
            // and whoever sees the role's part of it and does not see it, is waited for
            state.inPerson().stream().filter(w -> w.event().equals(e.event().id()))
                .forEach(w -> assertTrue(!e.shownTo().contains(w.person()), "waits and is shown"));
        });
        // the stage of each is that of what they were told
        for (String person : PEOPLE) {
            Set<UUID> retracted = Retractions.of(events.stream().sorted().toList());
            String stage = Stages.of(events.stream().sorted().filter(e -> !retracted.contains(e.id()))
                .filter(e -> may.get(e.id()).contains(key(person)))
                .filter(e -> !"witness".equals(person) || e.type().witnessSees()).toList());
            CaseState.Own own = state.own().get(key(person));
            assertEquals(stage, own == null ? state.stage() : own.stage(), person);
        }
        Collections.shuffle(events, random);
        assertEquals(state, fold(events, byStaff), "another order of arrival");
    }
}
