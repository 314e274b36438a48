package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {

    private final Templates templates = Fixture.templates();

    @Test
    void by_language_and_variant_with_the_version() {
        assertEquals(new Templates.Rendered("Eich cod yw 123.", 3, "cy", "neutral"),
            templates.render("code", "cy", "neutral", Map.of("code", "123")));
        assertEquals(Set.of("when", "ref"), templates.fields("news"));
        assertEquals(Set.of("plain", "neutral"), templates.variants("news"));
        assertEquals(Set.of("code", "news"), templates.names());
    }

    @Test
    void a_variant_that_is_not_there_becomes_neutral_and_neutral_stays() {
        assertEquals("neutral", templates.render("code", "en", "plain", Map.of("code", "1")).variant());
        assertEquals("There is news for you. Sign in the way you usually do.",
            templates.render("news", "en", "neutral", Map.of()).text());
        assertEquals("en", templates.render("news", "pl", "neutral", Map.of()).language());
    }

    @Test
    void a_value_is_never_read_as_a_template() {
        assertEquals("{ref}$1 is your code.", templates.render("code", "en", "neutral", Map.of("code", "{ref}$1"))
            .text());
    }

    @Test
    void the_longest_values_count_for_the_budget() {
        String yaml = "languages: [en]\ntemplates: {t: {segments: 6, fields: {f: '%s'}, texts: {en: {neutral: '%s{f}'}}}}";
        Templates.load(stream(yaml.formatted("12345678", "a".repeat(910))));
        String message = assertThrows(IllegalArgumentException.class,
            () -> Templates.load(stream(yaml.formatted("123456789", "a".repeat(910))))).getMessage();
        assertTrue(message.contains("takes 919 characters and may take 918"), message);
        assertTrue(message.contains("takes 7 segments and may take 6"), message);
    }

    @Test
    void a_missing_field_or_template_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> templates.render("code", "en", "neutral", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> templates.render("none", "en", "neutral", Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{en: {neutral: Hi}}; has the languages",
        "{en: {neutral: Hi, plain: Hey}, cy: {neutral: S'mae}}; has the variants",
        "{en: {plain: Hi}, cy: {plain: Helo}}; has no neutral words",
        "{en: {neutral: 'Hi {name}'}, cy: {neutral: Helo}}; undeclared fields [name]",
        "{en: {neutral: 'Hi {Name}'}, cy: {neutral: Helo}}; brace",
        "{en: {neutral: 'Hi 🙂'}, cy: {neutral: Helo}}; cannot hold",
        "{en: {neutral: Hi}, cy: {neutral: 'ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ'}}; takes 2 segments",
        "{en: {neutral: ' '}, cy: {neutral: Helo}}; /texts/en/neutral is empty",
        "{en: {neutral: 'Hi'}, cy: {neutral: Helo}}, fields: {name: Alexandra}; /fields/name stands in no text",
        "{en: {neutral: 'Hi {name}'}, cy: {neutral: Helo}}, fields: {name: Alexandra}; lacks the fields [name] that en has",
        "{en: {neutral: 'Hi {name}'}, cy: {neutral: 'Helo {name}'}}, fields: {name: ' '}; has no longest value",
        "{en: {neutral: 'Hi {name}'}, cy: {neutral: 'Helo {name}'}}, fields: {name: '日本'}; cannot hold: [日, 本]",
        "{en: {neutral: 'Hi'}, cy: {neutral: Helo}}, segments: 7; /segments/en is not 1 to 6",
        "{en: {neutral: 'Hi'}, cy: {neutral: Helo}}, segments: {en: 1}; /segments/cy is not 1 to 6",
        "{en: {neutral: 'Hi'}, cy: {neutral: Helo}}, version: 0; /version is not 1 or more",
        "{en: {neutral: Hi, Plain: Hi}, cy: {neutral: Helo, Plain: Helo}}; not a name for a variant"})
    void what_is_wrong_is_named_at_load(String texts, String said) {
        String yaml = "languages: [en, cy]\ntemplates: {t: {texts: " + texts + "}}";
        String message = assertThrows(IllegalArgumentException.class, () -> Templates.load(
            stream(yaml))).getMessage();
        assertTrue(message.contains(said), message);
    }

    @Test
    void several_languages_stand_one_after_the_other_and_a_text_message_asks() {
        Templates templates = Templates.load(stream("""
            languages: [en, cy]
            asks_language: "Which?"
            templates: {t: {fields: {name: Al}, texts: {en: {neutral: "Hi {name}"}, cy: {neutral: "Helo {name}"}}}}"""));
        var both = templates.render("t", "cy+en", "plain", Map.of("name", "Al"));
        assertEquals(new Templates.Rendered("Helo Al\n\nHi Al", 1, "cy+en", "neutral"), both);
        assertEquals("Helo Al\n\nHi Al\n\nWhich?", templates.asking(both).text());
        var one = templates.render("t", "cy", "neutral", Map.of("name", "Al"));
        assertEquals(one, templates.asking(one));
    }

    private static ByteArrayInputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
