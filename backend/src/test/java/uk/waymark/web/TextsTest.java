package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.waymark.api.model.QueueItemKind;

/** Every text of the pages is there in both languages. */
class TextsTest {
    private static final Pattern HOLE = Pattern.compile("\\{\\d}");
    /** The same in both languages. */
    private static final List<String> ALIKE = List.of();

    private static List<Class<?>> enums() {
        return new ClassFileImporter().importPackages("uk.waymark.web").stream()
            .filter(c -> c.isEnum() && c.isAssignableTo(Words.class)).<Class<?>>map(c -> c.reflect()).toList();
    }

    @Test
    void everyTextIsInBothLanguagesAndNoMore() {
        assertFalse(enums().isEmpty());
        for (Class<?> words : enums()) {
            var keys = Arrays.stream(words.getEnumConstants()).map(k -> ((Enum<?>) k).name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
            for (Lang lang : Lang.values()) {
                assertEquals(keys, new TreeSet<>(Texts.file(words, lang).stringPropertyNames()), words.getSimpleName() + " in " + lang);
            }
        }
    }

    @Test
    void theWelshIsNoCopyAndHasTheSameHoles() {
        for (Class<?> words : enums()) {
            for (Object key : words.getEnumConstants()) {
                String english = Texts.of((Words) key, Lang.EN);
                String welsh = Texts.of((Words) key, Lang.CY);
                assertFalse(welsh.isBlank(), key.toString());
                assertTrue(!english.equals(welsh) || ALIKE.contains(english), key + " is not translated");
                assertEquals(holes(english), holes(welsh), key.toString());
            }
        }
    }

    @Test
    void wordsForWorkAreForWorkThatThereIs() {
        var kinds = Arrays.stream(QueueItemKind.values()).map(QueueItemKind::getValue).collect(Collectors.toSet());
        assertEquals(Texts.file("kinds", Lang.EN).keySet(), Texts.file("kinds", Lang.CY).keySet());
        assertEquals(new TreeSet<>(), new TreeSet<>(Texts.file("kinds", Lang.EN).stringPropertyNames().stream()
            .filter(k -> !kinds.contains(k)).toList()));
    }

    private static TreeSet<String> holes(String text) {
        return HOLE.matcher(text).results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
