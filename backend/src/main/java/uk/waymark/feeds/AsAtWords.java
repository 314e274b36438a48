package uk.waymark.feeds;

import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import uk.waymark.platform.DataFile;

/** 'As at' in words, English and Welsh, with the time as people in England and Wales read it. */
@Singleton
public final class AsAtWords {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private final Map<String, DataFile> words = DataFile.inBoth("/feeds/words");

    /** @param language {@code en} or {@code cy} */
    public String note(String language, Silence.AsAt silence) {
        boolean welsh = "cy".equals(language);
        var when = silence.asAt().atZone(LONDON);
        String day = DateTimeFormatter.ofPattern("EEEE d MMMM", welsh ? Locale.of("cy", "GB") : Locale.UK).format(when);
        return words.get(language).text(silence.court() ? "as_at.court" : "as_at.police")
            // within a sentence a Welsh day begins small: ers dydd Mawrth
            .replace("{day}", welsh ? day.replaceFirst("^Dydd", "dydd") : day)
            .replace("{time}", DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(when));
    }
}
