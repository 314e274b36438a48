package uk.waymark.cases;

import java.util.List;
import java.util.UUID;

/** What became of an event. */
public sealed interface Acceptance {

    /** @param tells who would be, or will be, told */
    record Accepted(UUID caseId, List<Tell> tells) implements Acceptance { }

    /** The same event with the same content was accepted before. */
    record Duplicate(UUID caseId) implements Acceptance { }

    /** The same identity with other content: kept for staff, never counted as seen. */
    record ChangedContent() implements Acceptance { }

    /** It takes back an event of another case. */
    record OtherCase() implements Acceptance { }

    /** @param messageKey the dedupe key of the message */
    record Tell(UUID personId, String sourcePersonId, String template, String messageKey, UUID eventId) { }
}
