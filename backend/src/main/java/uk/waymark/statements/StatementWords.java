package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import uk.waymark.platform.DataFile;

/** Words and times around statements: data in {@code statements/}. */
@Singleton
final class StatementWords {
    private final DataFile settings = DataFile.of("/statements/settings.properties");
    private final Map<String, DataFile> words = DataFile.inBoth("/statements/words");

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

    /** Parts that are separated by {@code |}. */
    List<String> list(String name) {
        return Arrays.stream(settings.text(name).split("\\|")).map(String::strip).filter(p -> !p.isEmpty()).toList();
    }
}
