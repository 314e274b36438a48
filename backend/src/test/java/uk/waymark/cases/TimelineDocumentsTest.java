package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/**
 * What was rendered ahead is what the rows say, byte for byte, after any change, for every reader and language; and nobody
 * reads it who could not read the rows. {@code ?limit=100} always reads the rows; without it, the document is read.
 */
class TimelineDocumentsTest extends WaymarkTest {
    private static final int HISTORIES = 10;
    private static final int CHANGES = 12;
    private static final String ANN = "07700 900401";
    private static final String WIL = "07700 900402";

    private String ann;
    private String wil;
    private String staff;

    @BeforeAll
    void peopleSignUp() {
        send(recorded("doc-0", "NM/DOC/0", at(-90), victim("doc-ann", ANN), witness("doc-wil", WIL)));
        ann = SignUp.person(this, "doc-ann");
        wil = SignUp.person(this, "doc-wil");
        staff = staffToken("witness_care", "northmoor");
    }

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.messaging.sends", false);
    }

    private static Map<String, Object> witness(String id, String mobile) {
        return as("witness", id, mobile);
    }

    private static Map<String, Object> as(String role, String id, String mobile) {
        var person = new HashMap<>(victim(id, mobile));
        person.put("role", role);
        return person;
    }

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200)
            .body().path("results").forEach(r -> assertEquals("accepted", r.path("status").asText(), r.toString()));
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private UUID caseId(String reference) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c,
            "select id from waymark.case_file where crime_reference_key = ?", r -> Sql.uuid(r, "id"), reference).orElseThrow());
    }

    private int documents(UUID caseId) {
        return count("select count(*) from waymark.timeline_document where case_id = '" + caseId + "'");
    }

    private int count(String sql) {
        try (Connection c = database.superuser()) {
            return Sql.one(c, sql, r -> r.getInt(1)).orElseThrow();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void execute(String sql) {
        try (Connection c = database.superuser(); var s = c.createStatement()) {
            s.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String path(UUID caseId) {
        return "/v1/me/cases/" + caseId + "/timeline";
    }

    /** Twice without a limit, first from wherever it comes, then from the document; and once from the rows. */
    private void agree(UUID caseId, String what) {
        for (String token : List.of(ann, wil)) {
            for (String language : List.of("", "en", "cy")) {
                var api = language.isEmpty() ? api().as(token) : api().as(token).with("Accept-Language", language);
                Answer first = api.get(path(caseId));
                Answer second = api.get(path(caseId));
                Answer rows = api.get(path(caseId) + "?limit=100");
                for (Answer ahead : List.of(first, second)) {
                    assertEquals(rows.status(), ahead.status(), what);
                    assertEquals(200 == rows.status() ? rows.text() : "", 200 == ahead.status() ? ahead.text() : "", what);
                    for (String header : List.of("etag", "content-language", "content-type", "vary", "cache-control")) {
                        assertEquals(rows.header(header), ahead.header(header), what + ' ' + header);
                    }
                }
                second.header("etag").ifPresent(tag ->
                    assertEquals(304, api.with("If-None-Match", tag).get(path(caseId)).status(), what));
            }
        }
    }

    @Test
    void whatWasRenderedAheadIsWhatTheRowsSay() {
        for (int seed = 1; seed <= HISTORIES; seed++) {
            var random = new Random(seed);
            String reference = "NM/DOC/S" + seed;
            send(recorded("s" + seed + "-0", reference, at(-600), victim("doc-ann", ANN), witness("doc-wil", WIL)));
            UUID caseId = caseId(reference);
            agree(caseId, "seed " + seed);
            assertTrue(documents(caseId) > 0, "seed " + seed);
            for (int i = 1; i <= CHANGES; i++) {
                String what = "seed " + seed + ", change " + i + ": " + change(random, reference, caseId, "s" + seed + '-', i);
                agree(caseId, what);
            }
        }
    }

    /** @return what was changed */
    private String change(Random random, String reference, UUID caseId, String prefix, int number) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return decide(random, caseId);
        }
        if (kind == 1) {
            return choose(random.nextBoolean() ? "cy" : "en");
        }
        Map<String, Object> change = switch (kind) {
            case 2 -> change("person_changed", Map.of("source_person_id", "doc-wil",
                "role", random.nextBoolean() ? "victim" : "witness"));
            case 3 -> change("case_changed", Map.of("self_service", random.nextInt(3) > 0));
            case 4 -> change("case_changed", Map.of("flags", random.nextBoolean() ? List.of("domestic_abuse") : List.of()));
            case 5 -> change("event_retracted", Map.of("source_event_id", prefix + random.nextInt(number)));
            case 6 -> change("person_removed", Map.of("source_person_id", random.nextBoolean() ? "doc-ann" : "doc-wil"));
            case 7 -> change("person_added", Map.of("person", victim("doc-ann", ANN)));
            case 8 -> change("hearing_listed", Map.of("hearing_id", "h" + random.nextInt(2), "required", List.of(),
                "starts_at", "2027-01-0" + (1 + random.nextInt(9)) + "T10:00:00Z", "court", Map.of("ou_code", "B01",
                    "name", "Northmoor Crown Court")));
            default -> change(random.nextBoolean() ? "suspect_arrested" : "suspect_charged", Map.of("suspect_ref",
                "s" + random.nextInt(2), random.nextBoolean() ? "detail" : "explanation", Map.of(random.nextBoolean() ? "en" : "cy",
                    random.nextInt(3) == 0 ? "Mr Khan will call you." : "We will tell you more.")));
        };
        String type = (String) change.get("type");
        @SuppressWarnings("unchecked")
        var data = (Map<String, Object>) change.get("data");
        // a person without a case of their own would lose the link: the first case keeps both
        String status = api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(event(prefix + number, reference,
            at(-500 + random.nextInt(400)), type, data))).expect(200).at("/results/0/status");
        if ("accepted".equals(status)) {
            assertEquals(0, documents(caseId), "dropped with " + change);
        }
        return change + " " + status;
    }

    private static Map<String, Object> change(String type, Map<String, Object> data) {
        return Map.of("type", type, "data", data);
    }

    private String decide(Random random, UUID caseId) {
        for (JsonNode item : api().as(staff).get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if ("text_held".equals(item.path("kind").asText()) && caseId.toString().equals(item.path("case_id").asText())) {
                String path = "/v1/staff/queue/" + item.path("id").asText();
                api().as(staff).post(path + "/claim", null).expect(200);
                String outcome = random.nextBoolean() ? "show_text" : "keep_hidden";
                int status = api().as(staff).post(path + "/completion", Map.of("outcome", outcome)).status();
                return outcome + ' ' + status;
            }
        }
        return "no text was held";
    }

    private String choose(String language) {
        Answer now = api().as(ann).get("/v1/me/contact-preferences").expect(200);
        var wanted = new HashMap<String, Object>();
        now.body().properties().forEach(p -> wanted.put(p.getKey(), p.getValue()));
        wanted.keySet().retainAll(List.of("language", "discreet_mode"));
        wanted.put("language", language);
        int status = api().as(ann).with("If-Match", now.header("etag").orElseThrow())
            .put("/v1/me/contact-preferences", wanted).status();
        return language + " chosen: " + status;
    }

    @Test
    void itGoesWithThePersonsChoice() {
        UUID caseId = caseId("NM/DOC/0");
        choose("en");
        api().as(ann).get(path(caseId)).expect(200);
        choose("cy");
        assertEquals(0, count("select count(*) from waymark.timeline_document d join waymark.person p on p.id = d.person_id "
            + "where p.source_person_id = 'doc-ann'"));
        assertEquals("cy", api().as(ann).get(path(caseId)).expect(200).header("content-language").orElseThrow());
        choose("en");
    }

    @Test
    void nobodySeesItWhoDoesNotSeeTheCase() throws Exception {
        send(recorded("doc-v0", "NM/DOC/V", at(-90), victim("doc-ann", ANN), victim("doc-vic", "07700 900403")));
        UUID caseId = caseId("NM/DOC/V");
        String vic = SignUp.person(this, "doc-vic");
        api().as(ann).get(path(caseId)).expect(200);
        api().as(vic).get(path(caseId)).expect(200);
        assertEquals(2, documents(caseId));
        // past the triggers, so that what is left is the policies' to hide
        Caller.Person annCalls = caller(ann);
        assertEquals(1, seen(annCalls, caseId));
        quietly("update waymark.case_file set on_phones = false where id = '" + caseId + "'");
        assertEquals(0, seen(annCalls, caseId));
        api().as(ann).get(path(caseId)).expect(404);
        quietly("update waymark.case_file set on_phones = true where id = '" + caseId + "'");
        quietly("update waymark.participant set removed = true where case_id = '" + caseId
            + "' and person_id = (select id from waymark.person where source_person_id = 'doc-ann')");
        assertEquals(0, seen(annCalls, caseId));
        api().as(ann).get(path(caseId)).expect(404);
        quietly("update waymark.participant set removed = false where case_id = '" + caseId + "'");
        quietly("update waymark.case_file set version = version + 1 where id = '" + caseId + "'");
        assertEquals(0, seen(annCalls, caseId));
        api().as(ann).get(path(caseId)).expect(200);
        assertEquals(2, documents(caseId));
        api().as(vic).delete("/v1/sign-in/session").expect(204);
        api().as(vic).get(path(caseId)).expect(401);
        // the force's own word drops them all
        send(event("doc-v1", "NM/DOC/V", at(-10), "person_removed", Map.of("source_person_id", "doc-vic")));
        assertEquals(0, documents(caseId));
    }

    private int seen(Caller.Person caller, UUID caseId) {
        return acting().as(caller, (Connection c) -> Sql.one(c,
            "select count(*) from waymark.timeline_document where case_id = ?", r -> r.getInt(1), caseId).orElseThrow());
    }

    private void quietly(String sql) {
        execute("set session_replication_role = replica; " + sql);
    }

    private static Caller.Person caller(String token) throws Exception {
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        return new Caller.Person(UUID.fromString(claims.getSubject()), UUID.fromString(claims.getStringClaim("sid")), Instant.EPOCH);
    }

    @Test
    void otherWordsRenderItAnew() {
        send(recorded("doc-w0", "NM/DOC/W", at(-90), victim("doc-ann", ANN)));
        UUID caseId = caseId("NM/DOC/W");
        Answer before = api().as(ann).get(path(caseId)).expect(200);
        execute("update waymark.timeline_document set words = '\\x00', body = '\\x00' where case_id = '" + caseId + "'");
        assertEquals(before.text(), api().as(ann).get(path(caseId)).expect(200).text());
        assertEquals(1, documents(caseId));
        assertEquals(0, count("select count(*) from waymark.timeline_document where words = '\\x00'"));
    }

    @Test
    void whatSeveralPersonsOfOneAccountSeeComesFromTheRows() {
        send(recorded("doc-m0", "NM/DOC/M", at(-90), witness("doc-ann", ANN), victim("doc-son", "07700 900404")),
            event("doc-m1", "NM/DOC/M", at(-80), "suspect_arrested", Map.of("suspect_ref", "s")));
        UUID caseId = caseId("NM/DOC/M");
        int asWitness = api().as(ann).get(path(caseId)).expect(200).body().path("items").size();
        assertEquals(1, documents(caseId));
        execute("insert into waymark.account_person (account_id, person_id, force_id, number_held, linked_at) "
            + "select a.account_id, p.id, p.force_id, false, now() from waymark.person p, waymark.account_person a "
            + "join waymark.person o on o.id = a.person_id where p.source_person_id = 'doc-son' and o.source_person_id = 'doc-ann'");
        try {
            Answer both = api().as(ann).get(path(caseId)).expect(200);
            assertTrue(both.body().path("items").size() > asWitness);
            assertEquals(api().as(ann).get(path(caseId) + "?limit=100").expect(200).text(), both.text());
        } finally {
            execute("delete from waymark.account_person where person_id = (select id from waymark.person where source_person_id = 'doc-son')");
        }
    }

    @Test
    void aPersonKeepsNothingInTheNameOfAnother() throws Exception {
        UUID caseId = caseId("NM/DOC/0");
        String insert = "insert into waymark.timeline_document (case_id, person_id, language, force_id, case_version, words, body) "
            + "select c.id, '%s', 'en', c.force_id, c.version, '\\x00', '\\x00' from waymark.case_file c where c.id = '" + caseId + "'";
        UUID wilsId = acting().as(caller(wil), (Connection c) -> Sql.one(c, "select id from waymark.person", r -> Sql.uuid(r, "id"))
            .orElseThrow());
        Caller.Person annCalls = caller(ann);
        org.junit.jupiter.api.Assertions.assertThrows(uk.waymark.platform.DatabaseFailure.class,
            () -> acting().as(annCalls, (Connection c) -> Sql.run(c, insert.formatted(wilsId))));
        assertEquals(0, count("select count(*) from waymark.timeline_document where body = '\\x00'"));
    }
}
