package uk.waymark.export;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uk.waymark.platform.DataFile;

/** The words around what is exported, in both languages; the same names in each. */
@Singleton
final class ExportWords {
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private final Map<String, DataFile> words = DataFile.inBoth("/export/words");

    /** @throws IllegalStateException where there are no words for it: a field that a feature added without any */
    String of(String language, String name) {
        return words.get(language).text(name);
    }

    Set<String> names(String language) {
        return words.get(language).names();
    }

    /** As people read it in this field: a machine's word by the words for it, where there are any. */
    String shown(String language, String field, Object value) {
        String text = value instanceof String word && word.matches("[a-z_]{1,40}") ? words.get(language).text(field + '.' + word, null)
            : null;
        return text == null ? shown(language, value) : text;
    }

    /** As people read it. */
    String shown(String language, Object value) {
        return switch (value) {
            case Boolean yes -> of(language, yes ? "yes" : "no");
            case Instant at -> DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.forLanguageTag(language)).format(at.atZone(UK));
            default -> value.toString();
        };
    }
}
