package uk.waymark.statements.document;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import uk.waymark.platform.DataFile;

/** The form's own words, in English and Welsh; days and times as people in England and Wales read them. */
final class FormWords {
    static final String ENGLISH = "en";
    static final String WELSH = "cy";
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private final Map<String, DataFile> words = DataFile.inBoth("/statements/document");

    /** The language of the form for a text in any language. */
    static String formLanguage(String language) {
        return WELSH.equals(Locale.forLanguageTag(language).getLanguage()) ? WELSH : ENGLISH;
    }

    /** @throws IllegalArgumentException for a key that has no words: a mistake of ours, found by a test */
    String text(String language, String key) {
        return words.get(language).text(key);
    }

    /** '3 March 2026'. */
    String day(String language, LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMMM uuuu", locale(language)).format(day);
    }

    String day(String language, Instant at) {
        return day(language, LocalDate.ofInstant(at, UK));
    }

    /** '3 March 2026 at 14:05', UK time. */
    String at(String language, Instant at) {
        return text(language, "at").replace("{day}", day(language, at)).replace("{time}", TIME.format(at.atZone(UK)));
    }

    /** What a language is called. */
    String languageName(String language, String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(locale(language));
    }

    private static Locale locale(String language) {
        return WELSH.equals(language) ? Locale.of(WELSH, "GB") : Locale.UK;
    }
}
