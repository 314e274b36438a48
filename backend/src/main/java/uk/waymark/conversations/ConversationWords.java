package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/** Words and times around conversations: data in {@code conversations/}. */
@Singleton
final class ConversationWords {
    private final Properties settings = file("settings");
    private final Map<String, Properties> words = Map.of("en", file("words_en"), "cy", file("words_cy"));

    private static Properties file(String name) {
        try (var in = new InputStreamReader(ConversationWords.class.getResourceAsStream("/conversations/" + name + ".properties"),
                StandardCharsets.UTF_8)) {
            var file = new Properties();
            file.load(in);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param language {@code en} or {@code cy} */
    String of(String language, String name) {
        return known(words.get(language), name);
    }

    Duration time(String name) {
        return Duration.parse(known(settings, name));
    }

    int number(String name) {
        return Integer.parseInt(known(settings, name));
    }

    /** What staff read. */
    String forStaff(String name) {
        return known(settings, name);
    }

    private static String known(Properties file, String name) {
        String text = file.getProperty(name);
        if (text == null) {
            throw new IllegalArgumentException("no words for " + name);
        }
        return text;
    }
}
