package uk.waymark.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.UUID;

/**
 * Something for a force's own system. What is put about one subject, and of one type about one person in a case, arrives in the order
 * in which it was put.
 *
 * @param force whose system it is for
 * @param type the canonical name of what it is, in snake_case: {@code statement_signed}
 * @param caseId the case that it belongs to
 * @param personId whom it is about, or null
 * @param subject the row that it tells about: whoever put it is told by this when the force has it
 * @param dedupeKey once per force and key, for ever
 * @param data in our words and field names; sealed at rest
 * @param replaces whether it says everything anew: an earlier one of the same type, case and person is void: at once where
 *     it has not left, else once this has arrived
 */
public record NewParcel(UUID force, String type, UUID caseId, UUID personId, UUID subject, String dedupeKey, JsonNode data,
                        boolean replaces) {
    public NewParcel {
        Objects.requireNonNull(force, "force");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(caseId, "caseId");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(dedupeKey, "dedupeKey");
        Objects.requireNonNull(data, "data");
    }

    /** One that stands beside those before it. */
    public NewParcel(UUID force, String type, UUID caseId, UUID personId, UUID subject, String dedupeKey, JsonNode data) {
        this(force, type, caseId, personId, subject, dedupeKey, data, false);
    }

    /** Without what is in it. */
    @Override
    public String toString() {
        return "NewParcel[" + type + "]";
    }
}
