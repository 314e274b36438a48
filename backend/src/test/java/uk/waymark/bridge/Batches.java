package uk.waymark.bridge;

import java.util.List;
import java.util.Map;

/** Canonical events as a force sends them, written short. */
public final class Batches {
    private Batches() { }

    public static Map<String, Object> batch(List<Map<String, Object>> events) {
        return Map.of("source", "rms", "events", events);
    }

    @SafeVarargs
    public static Map<String, Object> batch(Map<String, Object>... events) {
        return batch(List.of(events));
    }

    public static Map<String, Object> event(String id, String reference, String at, String type, Map<String, Object> data) {
        return Map.of("source_event_id", id, "occurred_at", at, "crime_reference", reference, "type", type, "data", data);
    }

    /** A recorded crime with these people and no flags. */
    @SafeVarargs
    public static Map<String, Object> recorded(String id, String reference, String at, Map<String, Object>... people) {
        return event(id, reference, at, "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"),
            "recorded_at", at, "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"),
            "flags", List.of(), "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(),
            "people", List.of(people)));
    }

    public static Map<String, Object> victim(String id, String mobile) {
        return Map.of("source_person_id", id, "role", "victim", "given_name", "Alys", "family_name", "Penrose", "mobile", mobile,
            "mobile_safe", "safe", "language", "en", "entitlement", "standard");
    }
}
