package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.UUID;

/** Events as the fold takes them, written short. Hours count from one fixed moment. */
final class Events {
    private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

    private Events() { }

    static Event event(String id, int hour, EventType type, String data) {
        return event("rms", id, hour, type, data);
    }

    static Event event(String source, String id, int hour, EventType type, String data) {
        JsonNode node = CaseJson.tree(data.replace('\'', '"'));
        Instant at = START.plusSeconds(hour * 3600L);
        return new Event(UUID.nameUUIDFromBytes((source + id).getBytes(java.nio.charset.StandardCharsets.UTF_8)), source, id, type,
            at, at, true, node, MissingNode.getInstance());
    }

    static CaseState.Hearing hearing(String startsAt, String court, String kind) {
        return new CaseState.Hearing(startsAt, null, null, court, null, kind, "2026-11-02T09:00:00Z", null, null, null, null);
    }

    static Event recorded() {
        return event("e1", 0, EventType.CRIME_RECORDED, """
            {'offence': {'code': '125/58A', 'plain_words': {'en': 'Theft'}}, 'flags': [],
             'people': [{'source_person_id': 'v1', 'role': 'victim', 'given_name': 'Alys', 'family_name': 'Penrose'},
                        {'source_person_id': 'w1', 'role': 'witness', 'given_name': 'Idris', 'family_name': 'Cole'}]}""");
    }
}
