package uk.waymark.export;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The words around what is exported, in both languages; the same names in each. */
@Singleton
final class ExportWords {
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private final Map<String, Properties> words = Map.of("en", read("en"), "cy", read("cy"));

    /** @throws IllegalStateException where there are no words for it: a field that a feature added without any */
    String of(String language, String name) {
        String text = words.get(language).getProperty(name);
        if (text == null) {
            throw new IllegalStateException("no words for " + name + " in export/words_" + language + ".properties");
        }
        return text;
    }

    Set<String> names(String language) {
        return words.get(language).stringPropertyNames();
    }

    /** As people read it in this field: a machine's word by the words for it, where there are any. */
    String shown(String language, String field, Object value) {
        String text = value instanceof String word && word.matches("[a-z_]{1,40}") ? words.get(language).getProperty(field + '.' + word)
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

    private static Properties read(String language) {
        var file = new Properties();
        try (var in = new InputStreamReader(ExportWords.class.getResourceAsStream("/export/words_" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            file.load(in);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
