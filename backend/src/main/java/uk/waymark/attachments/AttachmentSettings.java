package uk.waymark.attachments;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

/** Times, limits and words of files; data in {@code attachments/attachments.properties}. */
@Singleton
final class AttachmentSettings {
    private final Properties data = new Properties();

    AttachmentSettings() {
        try (var in = new InputStreamReader(AttachmentSettings.class.getResourceAsStream("/attachments/attachments.properties"),
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

    /** @param language {@code en} or {@code cy} */
    String text(String name, String language) {
        return text("cy".equals(language) ? name + ".cy" : name);
    }

    Duration time(String name) {
        return Duration.parse(text(name));
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }
}
