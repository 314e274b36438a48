package uk.waymark.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.UUID;

/**
 * Something for a force's own system.
 *
 * @param force whose system it is for
 * @param type the canonical name of what it is, in snake_case: {@code statement_signed}
 * @param caseId the case that it belongs to
 * @param personId whom it is about, or null
 * @param subject the row that it tells about: whoever put it is told by this when the force has it
 * @param dedupeKey once per force and key, for ever
 * @param data in our words and field names; sealed at rest
 */
public record NewParcel(UUID force, String type, UUID caseId, UUID personId, UUID subject, String dedupeKey, JsonNode data) {
    public NewParcel {
        Objects.requireNonNull(force, "force");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(caseId, "caseId");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(dedupeKey, "dedupeKey");
        Objects.requireNonNull(data, "data");
    }

    /** Without what is in it. */
    @Override
    public String toString() {
        return "NewParcel[" + type + "]";
    }
}
