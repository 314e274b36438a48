package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.access.Reading;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** Staff find people by whole words of a name or by a number, and nobody of another force. */
class PersonSearchTest extends WaymarkTest {
    private static final String SEARCHES = "/v1/staff/people/searches";
    private int crimes;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.searches-of-staff", 200);
    }

    private String person(String force, String id, String given, String family, String mobile, String... flags) {
        String at = bean(CaseClock.class).instant().minusSeconds(3600).toString();
        var person = new HashMap<String, Object>(Batches.victim(id, mobile));
        person.putAll(Map.of("given_name", given, "family_name", family));
        String reference = "PS/" + id.toUpperCase(java.util.Locale.ROOT) + "/" + ++crimes;
        api().as(systemToken(force)).post("/v1/bridge/events", Batches.batch(Batches.event("e-" + id, reference, at, "crime_recorded",
            Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", at, "officer", Map.of("name", "DC Example",
                "collar_number", "1234", "team", "Central"), "flags", List.of(flags), "unit", Map.of("code", "wcu", "name", "Witness Care"),
                "urns", List.of(), "people", List.of(person))))).expect(200);
        return reference;
    }

    private Api staff(String force) {
        return api().as(staffToken("witness_care", force)).with("Waymark-Reason", "enquiry");
    }

    private List<String> found(Api staff, Map<String, String> wanted) {
        var names = new ArrayList<String>();
        for (JsonNode one : staff.post(SEARCHES, wanted).expect(200).body().path("items")) {
            names.add(one.path("given_name").asText() + ' ' + one.path("family_name").asText());
        }
        return names;
    }

    private List<String> named(String words) {
        return found(staff("northmoor"), Map.of("name", words));
    }

    @Test
    void wholeWordsInAnyOrderAndSpellingFindThem() {
        person("northmoor", "ps-sian", "Siân", "O'Brien", "07700 900601");
        person("northmoor", "ps-mary", "Mary-Jane", "Pritchard-Jones", "07700 900602");
        for (String words : List.of("siân o'brien", "SIAN OBRIEN", "O’Brien Siân", "o brien", "brien", "Sian")) {
            assertEquals(List.of("Siân O'Brien"), named(words), words);
        }
        for (String words : List.of("jones mary", "Mary Jane Pritchard Jones", "pritchard-jones", "PritchardJones", "maryjane", "Jane")) {
            assertEquals(List.of("Mary-Jane Pritchard-Jones"), named(words), words);
        }
        for (String words : List.of("Sia", "brie", "Siân Jones", "Pritchard-Brown", "nobody")) {
            assertEquals(List.of(), named(words), words);
        }
    }

    @Test
    void aNumberFindsThemInAnySpelling() {
        person("northmoor", "ps-number", "Nia", "Rhydderch", "07700 900603");
        for (String number : List.of("07700 900603", "+447700900603", "00447700900603", "07700-900-603")) {
            assertEquals(List.of("Nia Rhydderch"), found(staff("northmoor"), Map.of("mobile", number)), number);
        }
        assertEquals(List.of(), found(staff("northmoor"), Map.of("mobile", "07700 900699")));
        Answer wrong = staff("northmoor").post(SEARCHES, Map.of("mobile", "12")).expect(422);
        assertEquals("/mobile", wrong.at("/errors/0/pointer"));
    }

    @Test
    void nobodyOfAnotherForceOrOfARestrictedCaseIsFound() throws SQLException {
        person("glanafon", "ps-far", "Tegwen", "Llwyd", "07700 900604");
        person("northmoor", "ps-closed", "Tegwen", "Garrard", "07700 900605", "restricted_access");
        assertEquals(List.of(), named("Tegwen"));
        assertEquals(List.of(), found(staff("northmoor"), Map.of("mobile", "07700 900604")));
        assertEquals(List.of(), found(staff("northmoor"), Map.of("mobile", "07700 900605")));
        assertEquals(List.of("Tegwen Llwyd"), found(staff("glanafon"), Map.of("name", "tegwen")));
        try (Connection c = database.superuser()) {
            assertEquals(1, Sql.list(c, """
                select word_key from waymark.person_word w join waymark.person p on p.id = w.person_id
                 where p.source_person_id in ('ps-far', 'ps-closed') group by word_key having count(*) > 1
                 union all select null""", r -> r.getBytes(1)).size(), "the same word of two forces is not the same in the database");
        }
    }

    @Test
    void aNewNameTakesThePlaceOfTheOld() {
        String reference = person("northmoor", "ps-wed", "Ffion", "Maddox", "07700 900606");
        String at = bean(CaseClock.class).instant().minusSeconds(60).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(Batches.event("e-wed-2", reference, at, "person_changed",
            Map.of("source_person_id", "ps-wed", "family_name", "Trahaearn")))).expect(200);
        assertEquals(List.of("Ffion Trahaearn"), named("trahaearn"));
        assertEquals(List.of(), named("maddox"));
    }

    @Test
    void aSearchNeedsAReasonAndIsWrittenDownWithWhomItShowed() throws SQLException {
        person("northmoor", "ps-audit", "Gwenllian", "Prydderch", "07700 900607");
        var reading = new Reading(waymark, api(), "northmoor");
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.force set read_reasons = 'required' where code = 'northmoor'");
            try {
                api().as(staffToken("officer", "northmoor")).post(SEARCHES, Map.of("name", "Prydderch")).expect(428);
                api().as(staffToken("officer", "northmoor")).post(SEARCHES, Map.of("name", "Nobodyatall")).expect(428);
                assertEquals(List.of("Gwenllian Prydderch"), named("prydderch"));
            } finally {
                Sql.run(c, "update waymark.force set read_reasons = 'asked' where code = 'northmoor'");
            }
            assertEquals(List.of("person_found enquiry"), Sql.list(c, """
                select action || ' ' || reason as what from waymark.audit_log where person_id = ?::uuid and action like 'person%'""",
                r -> r.getString("what"), reading.person("ps-audit")));
            assertTrue(Sql.one(c, "select count(*) as n from waymark.audit_log where action = 'person_searched' and person_id is null",
                r -> r.getInt("n")).orElseThrow() > 0);
        }
        api().as(staffToken("analyst", "northmoor")).with("Waymark-Reason", "enquiry").post(SEARCHES, Map.of("name", "x")).expect(403);
        Api staff = staff("northmoor");
        assertEquals("/name", staff.post(SEARCHES, Map.of("name", "a b c d e f g")).expect(422).at("/errors/0/pointer"));
        staff.post(SEARCHES, Map.of("name", "--")).expect(422);
        staff.post(SEARCHES, Map.of()).expect(400);
        staff.post(SEARCHES, Map.of("name", "x", "mobile", "07700 900607")).expect(400);
    }

    @Test
    void whoWasThereBeforeIsFoundOnceTheirWordsAreMade() throws SQLException {
        person("northmoor", "ps-old", "Blodwen", "Ystrad", "07700 900608");
        try (Connection c = database.superuser()) {
            Sql.run(c, "delete from waymark.person_word where person_id = (select id from waymark.person where source_person_id = 'ps-old')");
            Sql.run(c, "update waymark.person set words_version = null where source_person_id = 'ps-old'");
        }
        assertEquals(List.of(), named("blodwen"));
        assertTrue(bean(PersonWords.class).drain() >= 1);
        assertEquals(List.of("Blodwen Ystrad"), named("ystrad blodwen"));
        assertEquals(0, bean(PersonWords.class).drain(), "twice does nothing");
    }

    @Test
    void manyAreCutOffAndOneWhoSearchesAllDayIsStopped() {
        for (int i = 0; i < 27; i++) {
            person("glanafon", "ps-many-" + i, "Cadi", "Lluosog", "07700 9007" + (10 + i));
        }
        Answer many = staff("glanafon").post(SEARCHES, Map.of("name", "lluosog")).expect(200);
        assertEquals(25, many.body().path("items").size());
        assertTrue(many.body().path("more").asBoolean());
        Api officer = api().as(staffToken("officer", "glanafon")).with("Waymark-Reason", "enquiry");
        int tries = 0;
        Answer last = officer.post(SEARCHES, Map.of("name", "nobody"));
        while (last.status() == 200 && tries < 400) {
            last = officer.post(SEARCHES, Map.of("name", "nobody"));
            tries++;
        }
        last.expect(429);
        assertFalse(last.header("retry-after").isEmpty());
        assertTrue(tries >= 190, String.valueOf(tries));
        staff("glanafon").post(SEARCHES, Map.of("name", "nobody")).expect(200);
    }
}
