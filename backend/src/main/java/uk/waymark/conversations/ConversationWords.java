package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import uk.waymark.platform.DataFile;

/** Words and times around conversations: data in {@code conversations/}. */
@Singleton
final class ConversationWords {
    private final DataFile settings = DataFile.of("/conversations/settings.properties");
    private final Map<String, DataFile> words = DataFile.inBoth("/conversations/words");

    /** @param language {@code en} or {@code cy} */
    String of(String language, String name) {
        return words.get(language).text(name);
    }

    Duration time(String name) {
        return settings.duration(name);
    }

    int number(String name) {
        return settings.number(name);
    }

    /** What staff read. */
    String forStaff(String name) {
        return settings.text(name);
    }
}
