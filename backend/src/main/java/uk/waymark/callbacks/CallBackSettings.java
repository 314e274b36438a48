package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Properties;

/** Times, numbers and words of call backs; data in {@code callbacks/callbacks.properties}. */
@Singleton
final class CallBackSettings {
    private final Properties data = new Properties();

    CallBackSettings() {
        try (var in = new InputStreamReader(CallBackSettings.class.getResourceAsStream("/callbacks/callbacks.properties"),
                StandardCharsets.UTF_8)) {
            data.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException for a name that has no words: a mistake of ours, found by a test */
    String text(String name) {
        String text = data.getProperty(name);
        if (text == null) {
            throw new IllegalArgumentException("no words for " + name);
        }
        return text;
    }

    Duration time(String name) {
        return Duration.parse(text(name));
    }

    /** That of who does not feel safe, where it has one of its own. */
    Duration time(String name, boolean urgent) {
        return time(urgent ? name + ".not_safe" : name);
    }

    int slotMinutes() {
        return number("slot_minutes");
    }

    int slotPlaces() {
        return number("slot_places");
    }

    LocalTime opens() {
        return LocalTime.parse(text("opens"));
    }

    LocalTime closes() {
        return LocalTime.parse(text("closes"));
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }
}
