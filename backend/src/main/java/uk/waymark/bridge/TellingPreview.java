package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import uk.waymark.cases.Acceptance;
import uk.waymark.messaging.ContactPolicy;

/** For a dry run: who would be told what, by the same policy that decides at sending. */
@Singleton
final class TellingPreview {
    private final ContactPolicy policy;

    TellingPreview(ContactPolicy policy) {
        this.policy = policy;
    }

    List<EventIntake.WouldTell> of(Connection c, List<Acceptance.Tell> tells) {
        return tells.stream().map(t -> new EventIntake.WouldTell(t.sourcePersonId(), t.template(),
            Acceptance.IN_PERSON.equals(t.template()) ? "withhold"
                : policy.preview(c, t.personId(), t.template(), t.subjectId()))).toList();
    }
}
