package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** What 'same content' means: everything the event says, but not how it was sent or who was told in person. */
public final class EventContent {
    private EventContent() { }

    /** @param payload as sealed into the database; @param referenceKey of the case, as its row has it */
    public static String ofSealed(Instant occurredAt, String referenceKey, String type, int schemaVersion, String payload) {
        return of(occurredAt, referenceKey, type, schemaVersion, CaseJson.tree(payload).path("data"));
    }

    static String of(Instant occurredAt, String referenceKey, String type, int schemaVersion, JsonNode data) {
        return CaseJson.canonical(CaseJson.MAPPER.createObjectNode().put("occurred_at", occurredAt.toString())
            .put("crime_reference", referenceKey).put("type", type).put("schema_version", schemaVersion).set("data", data));
    }
}
