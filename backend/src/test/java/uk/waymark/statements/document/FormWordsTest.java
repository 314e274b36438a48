package uk.waymark.statements.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FormWordsTest {
    private final FormWords words = new FormWords();

    @Test
    void bothLanguagesSayTheSameThings() throws IOException {
        Properties english = read("en");
        Properties welsh = read("cy");
        assertEquals(english.stringPropertyNames(), welsh.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertFalse(welsh.getProperty(key).isBlank(), key);
            assertEquals(placeholders(english.getProperty(key)), placeholders(welsh.getProperty(key)), key);
        }
    }

    @Test
    void timesAreThoseOfTheUnitedKingdomInWordsOfTheForm() {
        var inSummer = Instant.parse("2026-07-31T23:05:00Z");
        assertEquals("1 August 2026 at 00:05", words.at("en", inSummer));
        assertEquals("1 Awst 2026 am 00:05", words.at("cy", inSummer));
        assertEquals("3 Mawrth 2026", words.day("cy", LocalDate.of(2026, 3, 3)));
        assertEquals("Polish", words.languageName("en", "pl"));
        assertEquals("Pwyleg", words.languageName("cy", "pl"));
    }

    @Test
    void theFormIsWelshForWelshAndEnglishForTheRest() {
        assertEquals("cy", FormWords.formLanguage("cy-GB"));
        assertEquals("en", FormWords.formLanguage("pl"));
        assertEquals("en", FormWords.formLanguage("not a language"));
    }

    private static TreeSet<String> placeholders(String text) {
        var found = new TreeSet<String>();
        Pattern.compile("\\{\\w+}").matcher(text).results().forEach(r -> found.add(r.group()));
        return found;
    }

    private static Properties read(String language) throws IOException {
        var words = new Properties();
        try (var in = FormWordsTest.class.getResourceAsStream("/statements/document_" + language + ".properties")) {
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return words;
    }
}
