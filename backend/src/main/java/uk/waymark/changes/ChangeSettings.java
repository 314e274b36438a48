package uk.waymark.changes;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

/** How long everything waits, and what staff read; data in {@code changes/changes.properties}. */
@Singleton
final class ChangeSettings {
    private final Properties data = new Properties();

    ChangeSettings() {
        try (var in = new InputStreamReader(ChangeSettings.class.getResourceAsStream("/changes/changes.properties"),
                StandardCharsets.UTF_8)) {
            data.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
        return Duration.parse(data.getProperty(name));
    }

    /** What staff read for a reason. */
    String words(String reason, ChangeKind kind, String value) {
        return data.getProperty(reason).replace("{what}", data.getProperty("what." + kind.stored()))
            .replace("{value}", value == null ? "" : value.replace("\n", ", "));
    }

    /** As {@link #words(String, ChangeKind, String)}, of what names no place. */
    String words(String reason) {
        return data.getProperty(reason);
    }
}
