package uk.waymark.preferences;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.model.ChangedBy;
import uk.waymark.api.model.ContactChange;
import uk.waymark.messaging.ContactHistory;
import uk.waymark.messaging.ContactHistory.Version;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** What a page of changes is made of, whoever reads it. */
final class Versions {
    private Versions() { }

    /** @throws ProblemException 400 for a cursor that is none of ours */
    static UUID before(String cursor) {
        String[] from = Cursor.decode(cursor, 1);
        try {
            return from == null ? null : UUID.fromString(from[0]);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }

    /** @param found one more than the page holds, where there is one */
    static String next(List<Version> found, int limit) {
        return found.size() > limit ? Cursor.encode(found.get(limit - 1).id().toString()) : null;
    }

    static OffsetDateTime at(Version version) {
        return version.at().atOffset(ZoneOffset.UTC);
    }

    static ChangedBy by(Version version) {
        return "person".equals(version.by()) ? ChangedBy.YOU : ChangedBy.fromValue(version.by());
    }

    static List<ContactChange> changes(Version version) {
        return version.changes().entrySet().stream().map(change -> {
            var shown = new ContactChange(change.getKey());
            shown.setValue(change.getValue().equals(ContactHistory.NOT_SHOWN) ? null : change.getValue());
            return shown;
        }).toList();
    }
}
