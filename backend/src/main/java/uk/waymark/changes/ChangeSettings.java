package uk.waymark.changes;

import jakarta.inject.Singleton;
import java.time.Duration;
import uk.waymark.platform.DataFile;

/** How long everything waits, and what staff read; data in {@code changes/changes.properties}. */
@Singleton
final class ChangeSettings {
    private final DataFile data = DataFile.of("/changes/changes.properties");

    /** For how long a code is taken. */
    Duration code(ChangeKind kind) {
        return duration("code." + kind.stored());
    }

    /** How long a confirmed change waits in a flagged case. */
    Duration waiting() {
        return duration("waiting");
    }

    /** @param name {@code announce} or {@code new_sign_in} */
    Duration tried(String name) {
        return duration(name);
    }

    /** By when staff should have done something. @param workItem its kind */
    Duration due(String workItem) {
        return duration("due." + workItem);
    }

    private Duration duration(String name) {
        return data.duration(name);
    }

    /** What staff read for a reason. */
    String words(String reason, ChangeKind kind, String value) {
        return data.text(reason).replace("{what}", data.text("what." + kind.stored()))
            .replace("{value}", value == null ? "" : value.replace("\n", ", "));
    }

    /** As {@link #words(String, ChangeKind, String)}, of what names no place. */
    String words(String reason) {
        return data.text(reason);
    }
}
