package uk.waymark.hearings;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What staff read on the list of a week and in the calls that follow from it: {@code hearings/week.properties}. */
final class WeekWords {
    private WeekWords() { }

    static Properties load() {
        var words = new Properties();
        try (var in = new InputStreamReader(WeekWords.class.getResourceAsStream("/hearings/week.properties"), StandardCharsets.UTF_8)) {
            words.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
