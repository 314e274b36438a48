package uk.waymark.feeds;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** 'As at' in words, English and Welsh, with the time as people in England and Wales read it. */
@Singleton
public final class AsAtWords {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private final Map<String, Properties> words = Map.of("en", load("en"), "cy", load("cy"));

    private static Properties load(String language) {
        try (var in = AsAtWords.class.getResourceAsStream("/feeds/words_" + language + ".properties");
             var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            var words = new Properties();
            words.load(reader);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param language {@code en} or {@code cy} */
    public String note(String language, Silence.AsAt silence) {
        boolean welsh = "cy".equals(language);
        var when = silence.asAt().atZone(LONDON);
        String day = DateTimeFormatter.ofPattern("EEEE d MMMM", welsh ? Locale.of("cy", "GB") : Locale.UK).format(when);
        return words.get(language).getProperty(silence.court() ? "as_at.court" : "as_at.police")
            // within a sentence a Welsh day begins small: ers dydd Mawrth
            .replace("{day}", welsh ? day.replaceFirst("^Dydd", "dydd") : day)
            .replace("{time}", DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(when));
    }
}
