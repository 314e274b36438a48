package uk.waymark.attachments;

import jakarta.inject.Singleton;
import java.time.Duration;
import uk.waymark.platform.DataFile;

/** Times, limits and words of files; data in {@code attachments/attachments.properties}. */
@Singleton
final class AttachmentSettings {
    private final DataFile data = DataFile.of("/attachments/attachments.properties");

    /** @throws IllegalArgumentException for a name that has no words: a mistake of ours, found by a test */
    String text(String name) {
        return data.text(name);
    }

    /** @param language {@code en} or {@code cy} */
    String text(String name, String language) {
        return text("cy".equals(language) ? name + ".cy" : name);
    }

    Duration time(String name) {
        return data.duration(name);
    }

    int number(String name) {
        return data.number(name);
    }
}
