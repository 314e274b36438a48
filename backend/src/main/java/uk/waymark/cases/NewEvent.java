package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A canonical event that has passed the contract.
 *
 * @param source the reporting system's name within its force
 * @param crimeReference as the source writes it
 * @param backfill history: changes the timeline, sends nothing
 * @param replay brought back from quarantine by staff: sends nothing about the past either
 * @param data unknown fields taken out
 * @param informed {@code informed_in_person}, or a missing node
 */
public record NewEvent(String source, String sourceEventId, Instant occurredAt, String crimeReference, EventType type,
                       int schemaVersion, boolean backfill, boolean replay, JsonNode data, JsonNode informed) {

    Optional<String> text(String field) {
        return data.path(field).isTextual() ? Optional.of(data.path(field).textValue()) : Optional.empty();
    }
}
