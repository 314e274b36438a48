package uk.waymark.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What a person takes with them, and what is erased: over HTTP, as bytes. */
class ExportTest extends WaymarkTest {
    private static final String PATH = "/v1/me/export";

    @BeforeAll
    void aForceThatSaysWhereToAsk() throws Exception {
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.force set subject_access = 'rights@northmoor.example' where code = 'northmoor'");
        }
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(events)).expect(200);
    }

    private HttpResponse<byte[]> download(String token, String language) throws IOException, InterruptedException {
        return Zips.download(waymark.base().resolve(PATH), token, language);
    }

    @Test
    void everythingOnesOwnAndNothingOfAnybodyElse() throws Exception {
        send(recorded("x-0", "NM/X/1", at(-90), victim("x-ann", "07700 900601"),
                Map.of("source_person_id", "x-bob", "role", "victim", "given_name", "Bob", "family_name", "Secretname", "mobile",
                    "07700 900602", "mobile_safe", "safe", "language", "en", "entitlement", "standard")),
            event("x-s", "NM/X/1", at(-85), "suspect_contacts", Map.of("suspect_ref", "s", "numbers", List.of("07700 900699"))));
        String token = SignUp.person(this, "x-ann");
        send(event("x-1", "NM/X/1", at(-1), "suspect_arrested", Map.of("suspect_ref", "s")));
        SignUp.drain(this);
        api().post("/sandbox/replies", Map.of("from", "07700 900601", "body", "Please <ring> me")).expect(204);
        HttpResponse<byte[]> answer = download(token, "en");
        assertEquals(200, answer.statusCode());
        assertEquals("application/zip", answer.headers().firstValue("content-type").orElseThrow());
        assertEquals("attachment; filename=\"my-information.zip\"", answer.headers().firstValue("content-disposition").orElseThrow());
        assertEquals("no-store", answer.headers().firstValue("cache-control").orElseThrow());
        Map<String, String> files = Zips.files(answer.body());
        assertEquals(2, files.size());
        JsonNode json = Api.JSON.readTree(files.get("my-information.json"));
        assertEquals("NM/X/1", json.at("/cases/0/crime_reference").asText());
        assertEquals("everything", json.at("/preferences/0/telling").asText());
        assertTrue(files.get("index.html").contains("<dt>How much</dt><dd>Everything as it happens</dd>"), "in people's words");
        assertTrue(json.path("cases").size() >= 2, "the case and what happened in it");
        assertEquals("Please <ring> me", json.at("/answered/0/text").asText());
        assertEquals("Phone", json.at("/devices/0/name").asText());
        assertEquals("rights@northmoor.example", json.at("/subject_access/0/contact").asText());
        String page = files.get("index.html");
        assertTrue(page.contains("Please &lt;ring&gt; me"), "escaped");
        assertTrue(page.contains("<html lang=\"en\">") && page.contains("rights@northmoor.example"));
        assertFalse(page.contains("<script") || page.contains("http"), "self-contained");
        for (String file : files.values()) {
            for (String others : List.of("Secretname", "900602", "900699", "x-bob", "source_person_id", "suspect_ref",
                "pin_hash", "safety")) {
                assertFalse(file.contains(others), others);
            }
        }
        String welsh = Zips.files(download(token, "cy").body()).get("index.html");
        assertTrue(welsh.contains("<html lang=\"cy\">") && welsh.contains("Fy ngwybodaeth"));
    }

    @Test
    void datesOfCourtReferencesAndWhoLookedAreSaidFieldByField() throws Exception {
        send(recorded("v-0", "NM/V/1", at(-90), victim("v-ann", "07700 900606")),
            event("v-1", "NM/V/1", at(-80), "urn_assigned", Map.of("urns", List.of("44AB1234527"))),
            event("v-2", "NM/V/1", at(-70), "hearing_listed", Map.of("hearing_id", "h1", "kind", "trial", "starts_at",
                "2031-03-03T10:30:00Z", "court", Map.of("ou_code", "B01", "name", "Northmoor Crown Court", "room", "Court 4"), "required", List.of("v-ann"))),
            event("v-3", "NM/V/1", at(-60), "hearing_listed", Map.of("hearing_id", "h2", "kind", "sentence", "week_commencing",
                "2031-05-05", "court", Map.of("ou_code", "B01", "name", "Northmoor Crown Court"))),
            event("v-4", "NM/V/1", at(-50), "hearing_vacated", Map.of("hearing_id", "h2")));
        String token = SignUp.person(this, "v-ann");
        api().as(staffToken("officer", "northmoor")).get("/v1/staff/cases?crime_reference=NM/V/1").expect(200);
        Map<String, String> files = Zips.files(download(token, "en").body());
        JsonNode json = Api.JSON.readTree(files.get("my-information.json"));
        assertEquals("44AB1234527", json.at("/cases/0/urns").asText());
        assertEquals("DC Example 1234 Central", Stream.of("officer", "officer_number", "officer_team")
            .map(f -> json.at("/cases/0").path(f).asText()).collect(Collectors.joining(" ")));
        assertEquals("Witness Care", json.at("/cases/0/unit").asText());
        assertEquals(List.of("stands", "called_off"), json.path("court_dates").findValuesAsText("state"));
        JsonNode trial = json.at("/court_dates/0");
        assertTrue(trial.path("required").asBoolean());
        assertFalse(json.at("/court_dates/1/required").asBoolean());
        assertEquals("trial", trial.path("kind").asText());
        assertEquals("2031-03-03T10:30:00Z Northmoor Crown Court Court 4", Stream.of("starts_at", "court", "room")
            .map(f -> trial.path(f).asText()).collect(Collectors.joining(" ")));
        assertEquals("2031-05-05", json.at("/court_dates/1/week_commencing").asText());
        assertEquals("you", json.at("/access_log/0/by").asText(), json.path("access_log").toString());
        assertTrue(json.path("access_log").toString().contains("Looked your details up"));
        for (String shown : List.of("<dt>Other references</dt><dd>44AB1234527</dd>", "<dt>Whether it stands</dt><dd>Called off</dd>", "<dt>You are asked to be there</dt><dd>yes</dd>",
                "<dt>Room</dt><dd>Court 4</dd>", "<dt>When</dt><dd>3 March 2031, 10:30</dd>", "<dt>What they do</dt><dd>Officer</dd>",
                "<dt>In the week that begins on</dt>")) {
            assertTrue(files.get("index.html").contains(shown), shown + " in " + files.get("index.html"));
        }
        String welsh = Zips.files(download(token, "cy").body()).get("index.html");
        assertTrue(welsh.contains("<dt>Cyfeirnodau eraill</dt>") && welsh.contains("<dd>Canslwyd</dd>"), welsh);
        followsTheContract(json);
    }

    /** Every part and field is in the contract's schema of the file. */
    private static void followsTheContract(JsonNode file) throws IOException {
        JsonNode schemas;
        try (var contract = ExportTest.class.getResourceAsStream("/openapi/openapi.json")) {
            schemas = Api.JSON.readTree(contract).at("/components/schemas");
        }
        JsonNode parts = schemas.at("/ExportedFile/properties");
        file.properties().forEach(part -> {
            assertTrue(parts.has(part.getKey()), part.getKey());
            String of = parts.at("/" + part.getKey() + "/items/$ref").asText();
            part.getValue().forEach(item -> item.fieldNames().forEachRemaining(field -> assertTrue(
                schemas.path(of.substring(of.lastIndexOf('/') + 1)).path("properties").has(field), part.getKey() + '.' + field)));
        });
        schemas.at("/ExportedFile/required").forEach(name -> assertTrue(file.has(name.asText()), name.asText()));
    }

    @Test
    void onlyForWhoeverHasJustSignedIn() {
        send(recorded("y-0", "NM/Y/1", at(-90), victim("y-ann", "07700 900603")));
        String token = SignUp.person(this, "y-ann");
        api().as(token).get(PATH).expect(200);
        clocks.advanceMachine(Duration.ofMinutes(6));
        Answer late = api().as(token).get(PATH).expect(401);
        assertTrue(late.header("www-authenticate").orElseThrow().contains("insufficient_user_authentication"));
        api().as(token).post("/v1/me/erasure-requests", null).expect(401);
    }

    @Test
    void forFlaggedPeopleTheUnitArrangesIt() {
        var crime = new HashMap<>(recorded("z-0", "NM/Z/1", at(-90), victim("z-ann", "07700 900604")));
        @SuppressWarnings("unchecked")
        var data = new HashMap<>((Map<String, Object>) crime.get("data"));
        data.put("flags", List.of("stalking"));
        crime.put("data", data);
        send(crime);
        String token = SignUp.person(this, "z-ann");
        Answer answer = api().as(token).get(PATH).expect(409);
        assertTrue(answer.at("/type").endsWith("export-by-unit"), answer.text());
        assertFalse(answer.text().matches("(?is).*(crime|police|offence|court|victim).*"));
        api().as(token).get(PATH).expect(409);
        String queue = api().as(staffToken("victim_care", "northmoor")).get("/v1/staff/queue?limit=100").expect(200).text();
        assertEquals(2, queue.split("export_wanted", -1).length - 1, "one item, by kind and reason");
    }

    @Test
    void staffEraseWhatIsHeldByChoiceAndSayWhatStays() throws Exception {
        send(recorded("w-0", "NM/W/1", at(-90), victim("w-ann", "07700 900605")));
        String token = SignUp.person(this, "w-ann");
        Api me = api().as(token);
        String tag = me.get("/v1/me/contact-preferences").expect(200).header("etag").orElseThrow();
        me.with("If-Match", tag).put("/v1/me/contact-preferences", Map.of("language", "en", "discreet_mode", false, "channels",
            List.of(Map.of("channel", "email", "address", "ann@example.org")))).expect(200);
        Answer asked = me.with("Accept-Language", "cy").post("/v1/me/erasure-requests", null).expect(202);
        assertTrue(asked.text().contains("Deddf Diogelu Data 2018"), asked.text());
        me.get("/v1/me/cases").expect(200);
        Api staff = api().as(staffToken("victim_care", "northmoor"));
        assertTrue(staff.get("/v1/staff/queue?limit=100").text().contains("erasure_wanted"));
        UUID person = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c,
            "select id from waymark.person where source_person_id = 'w-ann'", r -> Sql.uuid(r, "id")).orElseThrow());
        String path = "/v1/staff/people/" + person + "/erasures";
        staff.post(path, Map.of()).expect(400);
        Answer done = staff.post(path, Map.of("reason", "She asked for it.")).expect(200);
        assertEquals("[\"account\",\"contact_addresses\"]", done.body().findValuesAsText("what").subList(0, 2).stream()
            .map(w -> '"' + w + '"').toList().toString().replace(", ", ","));
        assertEquals(Erasures.KEPT, done.body().path("kept").findValuesAsText("what"));
        staff.post(path, Map.of("reason", "Again.")).expect(200);
        me.get("/v1/me/cases").expect(401);
        try (Connection c = database.superuser()) {
            assertEquals(1, Sql.one(c, """
                select count(*) from waymark.account a join waymark.account_person l on l.account_id = a.id
                 where l.person_id = ? and a.retired_at is not null and num_nonnulls(a.number, a.number_key, a.pin_hash) = 0""",
                r -> r.getInt(1), person).orElseThrow(), "nobody is left on it");
        }
        String preferences = staff.get("/v1/staff/people/" + person + "/contact-preferences").expect(200).text();
        assertFalse(preferences.contains("ann@example.org"));
        assertTrue(preferences.contains("\"call\""), "rung, and never texted instead: " + preferences);
        api().as(staffToken("victim_care", "glanafon")).post(path, Map.of("reason", "x")).expect(404);
    }

    @Test
    void bothLanguagesHaveTheSameWords() {
        assertEquals(bean(ExportWords.class).names("en"), bean(ExportWords.class).names("cy"));
    }
}
