package uk.waymark.staff;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Something that only a person can do.
 *
 * @param kind              of the contract's {@code QueueItemKind}, such as {@code message_withheld}
 * @param dedupeKey         one item per force and key, ever; opaque, no personal data
 * @param caseId            the case it is about, or null
 * @param personId          the person it is about, or null
 * @param subjectId         the message, event or refused event it is about, or null
 * @param reason            why, as a short code in snake_case
 * @param sealedDetailPlain why in words, or the text to decide on; plain here, stored sealed; may be null
 * @param dueAt             case time by which it should be done
 * @param aboutStaff        the member of staff whose doing it is about and who leaves it to others, or null
 * @param aboutSupervisor   that member is a supervisor: where there is no other one, an administrator looks into it
 */
public record NewWorkItem(String kind, String dedupeKey, UUID caseId, UUID personId, UUID subjectId, String reason,
                          String sealedDetailPlain, Instant dueAt, String aboutStaff, boolean aboutSupervisor) {

    /** About nobody of the staff. */
    public NewWorkItem(String kind, String dedupeKey, UUID caseId, UUID personId, UUID subjectId, String reason,
                       String sealedDetailPlain, Instant dueAt) {
        this(kind, dedupeKey, caseId, personId, subjectId, reason, sealedDetailPlain, dueAt, null, false);
    }

    public NewWorkItem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(dedupeKey, "dedupeKey");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(dueAt, "dueAt");
    }

    /** Without the detail: it may be a person's own words. */
    @Override
    public String toString() {
        return "NewWorkItem[kind=" + kind + ", reason=" + reason + "]";
    }
}
