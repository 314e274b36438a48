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

    /** @param subjectId what it is about: the event, or the invitation where the template is {@link #INVITATION} */
    record Tell(UUID personId, String sourcePersonId, String template, UUID subjectId) { }

    /** The template of an invitation, whether it goes by SMS or is handed over. */
    String INVITATION = "invitation";

    /** In place of a template: no message, an officer tells them. */
    String IN_PERSON = "tell_in_person";
}
