package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** People of one case who never learn of each other, what is opened by choice, and reporting restrictions. */
class WhoseNewsTest extends WaymarkTest {

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        for (JsonNode result : api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200)
                .body().path("results")) {
            assertEquals("accepted", result.path("status").asText(), result::toString);
        }
        SignUp.drain(this);
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private static Map<String, Object> named(Map<String, Object> person, String role, String given, String family) {
        var with = new HashMap<>(person);
        with.putAll(Map.of("role", role, "given_name", given, "family_name", family));
        return with;
    }

    private String caseId(String token) {
        return api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
    }

    /** Everything that a person can read, in both languages. */
    private String everything(String token) {
        var text = new StringBuilder();
        for (String language : List.of("en", "cy")) {
            Api me = api().as(token).with("Accept-Language", language);
            String path = "/v1/me/cases/" + caseId(token);
            List.of("/v1/me", "/v1/me/cases", path, path + "/timeline?limit=100", "/v1/me/notifications", "/v1/me/contact-preferences",
                "/v1/me/devices").forEach(p -> text.append(me.get(p).expect(200).text()));
            me.get(path + "/timeline?limit=100").expect(200).body().path("items").forEach(e ->
                text.append(me.get(path + "/timeline/" + e.path("id").asText()).expect(200).text()));
        }
        return text.toString();
    }

    @Test
    void twoVictimsAndAWitnessNeverLearnOfEachOther() {
        send(recorded("v-0", "NM/TV/1", at(-90), named(victim("v-anna", "07700 900701"), "victim", "Annabel", "Quartermain"),
            named(victim("v-bea", "07700 900702"), "victim", "Beatrix", "Thistlewood"),
            named(victim("v-wil", "07700 900703"), "witness", "Wilfred", "Oxenbridge")));
        Map<String, List<String>> people = Map.of("v-anna", List.of("Annabel", "Quartermain", "900701", "v-anna"), "v-bea",
            List.of("Beatrix", "Thistlewood", "900702", "v-bea"), "v-wil", List.of("Wilfred", "Oxenbridge", "900703", "v-wil"));
        Map<String, String> tokens = new HashMap<>();
        people.keySet().forEach(p -> tokens.put(p, SignUp.person(this, p)));
        Map<String, String> ids = new HashMap<>();
        acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, "select source_person_id, id from waymark.person",
            r -> ids.put(r.getString("source_person_id"), Sql.uuid(r, "id").toString())));
        send(event("v-1", "NM/TV/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "s", "detail",
                Map.of("en", "They had met Beatrix Thistlewood."))),
            event("v-2", "NM/TV/1", at(-70), "hearing_listed", Map.of("hearing_id", "h", "starts_at", "2027-02-01T10:00:00Z",
                "court", Map.of("ou_code", "B01", "name", "Northmoor Crown Court"), "required", List.of("v-anna", "v-wil"))),
            event("v-3", "NM/TV/1", at(-60), "special_measures_decided", Map.of("for_people", List.of("v-bea"), "explanation",
                Map.of("en", "You can give evidence from behind a screen."))),
            event("v-4", "NM/TV/1", at(-50), "person_changed", Map.of("source_person_id", "v-bea", "mobile_safe", "unsafe")));
        tokens.forEach((person, token) -> {
            String read = everything(token);
            people.forEach((other, traces) -> {
                if (!other.equals(person)) {
                    traces.forEach(trace -> assertFalse(read.contains(trace), person + " reads of " + trace));
                    assertFalse(read.contains(ids.get(other)), person + " reads the id of " + other);
                }
            });
            assertEquals("v-bea".equals(person), read.contains("behind a screen"), person);
            assertEquals("v-bea".equals(person), read.contains("special_measures_decided"), person);
        });
    }

    @Test
    void helpForGivingEvidenceIsShownToNobodyWhereNobodySaidForWhom() {
        send(recorded("m-0", "NM/SM/1", at(-90), victim("m-a", "07700 900704"), victim("m-b", "07700 900705")),
            event("m-1", "NM/SM/1", at(-80), "special_measures_decided", Map.of("explanation", Map.of("en", "Behind a screen."))));
        assertFalse(everything(SignUp.person(this, "m-a")).contains("special_measures"));
        assertFalse(everything(SignUp.person(this, "m-b")).contains("special_measures"));
        assertEquals(1, count("select count(*) from waymark.work_item w join waymark.case_file c on c.id = w.case_id "
            + "where w.kind = 'whose_measures' and c.crime_reference = 'NM/SM/1'"));
        send(recorded("m-2", "NM/SM/2", at(-90), victim("m-c", "07700 900706")),
            event("m-3", "NM/SM/2", at(-80), "special_measures_decided", Map.of("explanation", Map.of("en", "Behind a screen."))));
        assertTrue(everything(SignUp.person(this, "m-c")).contains("Behind a screen."));
    }

    @Test
    void aWitnessesStageMovesOnlyByWhatTheyAreShown() {
        send(recorded("w-0", "NM/WS/1", at(-90), victim("w-v", "07700 900707"), named(victim("w-w", "07700 900708"), "witness", "Idris",
            "Cole")));
        String witness = SignUp.person(this, "w-w");
        send(event("w-1", "NM/WS/1", at(-80), "plea_entered", Map.of("suspect_ref", "s", "explanation", Map.of("en", "Not guilty."))));
        assertEquals("investigation", api().as(witness).get("/v1/me/cases/" + caseId(witness)).expect(200).at("/stage/code"));
        send(event("w-2", "NM/WS/1", at(-70), "verdict", Map.of("suspect_ref", "s", "explanation", Map.of("en", "Guilty."))));
        assertEquals("outcome", api().as(witness).get("/v1/me/cases/" + caseId(witness)).expect(200).at("/stage/code"));
    }

    @Test
    void whatMayBeHardToReadIsOpenedByChoice() {
        send(recorded("s-0", "NM/SE/1", at(-90), victim("s-v", "07700 900709")),
            event("s-1", "NM/SE/1", at(-80), "sentence", Map.of("suspect_ref", "s", "explanation", Map.of("en", "Four years."))));
        String token = SignUp.person(this, "s-v");
        String path = "/v1/me/cases/" + caseId(token) + "/timeline";
        JsonNode entry = api().as(token).get(path).expect(200).body().at("/items/0");
        assertEquals("There is news about what the court decided. Open it when you want to read it.", entry.path("headline").asText());
        assertTrue(entry.path("sensitive").asBoolean());
        assertNull(entry.get("detail"));
        JsonNode opened = api().as(token).get(path + "/" + entry.path("id").asText()).expect(200).body();
        assertEquals("Four years.", opened.path("detail").asText());
        assertEquals("The person arrested: the court passed sentence", opened.path("headline").asText());
    }

    @Test
    void everySensitiveKindIsAKindAndHasWords() {
        var words = new CaseWords();
        new Sensitive().kinds().forEach(kind -> {
            assertTrue(EventType.of(kind).orElseThrow().shown());
            assertFalse(words.text("en", "sensitive." + kind).isBlank() || words.text("cy", "sensitive." + kind).isBlank());
        });
    }

    @Test
    void underAReportingRestrictionNoOffenceAndNoTextIsShownUntilStaffDecide() {
        var recorded = event("r-0", "NM/RR/1", at(-90), "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words",
            "Robbery of a shop"), "flags", List.of("reporting_restriction"), "people", List.of(victim("r-v", "07700 900710"))));
        send(recorded, event("r-1", "NM/RR/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "s", "detail",
            Map.of("en", "We will write to you."))));
        String token = SignUp.person(this, "r-v");
        String read = everything(token);
        assertFalse(read.contains("Robbery") || read.contains("We will write to you."), read);
        assertTrue(read.contains("held_back"));
        assertFalse(messages("07700 900710").text().contains("Robbery"));
        assertEquals(1, count("select count(*) from waymark.work_item w join waymark.case_file c on c.id = w.case_id "
            + "where w.kind = 'text_held' and c.crime_reference = 'NM/RR/1'"));
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1)).orElseThrow());
    }
}
