package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;

/** Language and discreet mode, as the signed-in person sees and sets them. */
class PreferencesTest extends AccountTest {
    private static final String PATH = "/v1/me/contact-preferences";

    @Test
    void aPersonChoosesLanguageAndDiscretion() {
        Tokens tokens = signUp(victim(NORTHMOOR, "Ann", "Dale", number()));
        var api = api().as(tokens.access());
        Answer read = api.get(PATH).expect(200);
        assertEquals("en", read.at("/language"));
        assertFalse(read.body().path("discreet_mode").asBoolean());
        String tag = read.header("ETag").orElseThrow();
        var wanted = Map.of("language", "cy", "discreet_mode", true);
        api.put(PATH, wanted).expect(428);
        Answer changed = api.with("If-Match", tag).put(PATH, wanted).expect(200);
        assertEquals("cy", changed.at("/language"));
        assertNotEquals(tag, changed.header("ETag").orElseThrow());
        api.with("If-Match", tag).put(PATH, wanted).expect(412);
        Answer me = me(tokens).expect(200);
        assertEquals("cy", me.at("/language"));
        assertTrue(me.body().path("discreet_mode").asBoolean());
        api.with("If-Match", changed.header("ETag").orElseThrow()).put(PATH, Map.of("language", "en", "discreet_mode",
            false))
            .expect(200);
    }

    @Test
    void inAFlaggedCaseDiscreetModeStaysOn() {
        String number = number();
        Told told = report(NORTHMOOR, "REF/PREF/1", List.of("stalking"), person("pref-1", "Bea", "Dale", number,
            "safe"))
            .getFirst();
        var api = api().as(signUp(told).access());
        Answer read = api.get(PATH).expect(200);
        assertTrue(read.body().path("discreet_mode").asBoolean());
        var tagged = api.with("If-Match", read.header("ETag").orElseThrow());
        tagged.put(PATH, Map.of("language", "en", "discreet_mode", false)).expect(409);
        tagged.put(PATH, Map.of("language", "cy", "discreet_mode", true)).expect(200);
    }

    @Test
    void theStricterPersonOnAnAccountHoldsForAll() {
        String number = number();
        Told plain = victim(NORTHMOOR, "Cat", "Dale", number);
        Told flagged = report(GLANAFON, "REF/PREF/2", List.of("domestic_abuse"), person("pref-2", "Cat", "Dale",
            number, "safe"))
            .getFirst();
        Tokens tokens = signUp(plain);
        assertFalse(me(tokens).body().path("discreet_mode").asBoolean());
        Tokens both = signUp(flagged);
        assertTrue(me(both).body().path("discreet_mode").asBoolean());
        assertEquals(2, references(both).size());
    }
}
