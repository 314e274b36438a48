package uk.waymark.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that a force's system does not have yet.
 *
 * @param subject what it tells about, as it was put
 * @param number its place in the order in which things were put
 * @param personId or null
 * @param attempts how often it was called in vain since it last waited anew
 * @param data as it was put; null where it cannot be opened any more
 */
public record Waiting(UUID id, UUID force, long number, String type, UUID caseId, UUID personId, UUID subject, Instant createdAt,
                      int attempts, JsonNode data) {

    /** Without what is in it. */
    @Override
    public String toString() {
        return "Waiting[" + type + ", " + id + "]";
    }
}
