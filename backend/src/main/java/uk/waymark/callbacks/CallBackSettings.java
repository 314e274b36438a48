package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalTime;
import uk.waymark.platform.DataFile;

/** Times, numbers and words of call backs; data in {@code callbacks/callbacks.properties}. */
@Singleton
final class CallBackSettings {
    private final DataFile data = DataFile.of("/callbacks/callbacks.properties");

    /** @throws IllegalArgumentException for a name that has no words: a mistake of ours, found by a test */
    String text(String name) {
        return data.text(name);
    }

    Duration time(String name) {
        return data.duration(name);
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
        return data.number(name);
    }
}
