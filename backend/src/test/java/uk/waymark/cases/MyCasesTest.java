package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What a victim or witness reads, over HTTP, as themselves. */
class MyCasesTest extends WaymarkTest {

    private void send(Map<String, Object>... events) {
        for (JsonNode result : api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200)
                .body().path("results")) {
            assertEquals("accepted", result.path("status").asText(), result::toString);
        }
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private Map<String, Object> witness(String id, String mobile) {
        var witness = new HashMap<>(victim(id, mobile));
        witness.put("role", "witness");
        return witness;
    }

    private String caseId(String token) {
        return api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
    }

    private List<String> kinds(String token, String caseId) {
        var kinds = new ArrayList<String>();
        api().as(token).get("/v1/me/cases/" + caseId + "/timeline").expect(200).body().path("items")
            .forEach(e -> kinds.add(e.path("kind").asText()));
        return kinds;
    }

    @Test
    void aVictimReadsTheCaseAndAWitnessReadsTheirPartOfIt() {
        send(recorded("a-0", "NM/A/1", at(-90), victim("a-v", "07700 900201"), witness("a-w", "07700 900202")),
            event("a-1", "NM/A/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "s")),
            event("a-2", "NM/A/1", at(-70), "hearing_listed", Map.of("hearing_id", "h", "starts_at", "2027-02-01T10:00:00Z",
                "court", Map.of("ou_code", "B01", "name", "Northmoor Crown Court"), "required", List.of("a-w"))));
        String victim = SignUp.person(this, "a-v");
        String witness = SignUp.person(this, "a-w");
        assertEquals(List.of("hearing_listed", "suspect_arrested", "crime_recorded"), kinds(victim, caseId(victim)));
        assertEquals(List.of("hearing_listed"), kinds(witness, caseId(witness)));
        JsonNode seen = api().as(witness).get("/v1/me/cases/" + caseId(witness)).expect(200).body();
        assertFalse(seen.has("offence") || seen.has("officer") || seen.has("urns"), seen::toString);
        assertTrue(api().as(victim).get("/v1/me/cases/" + caseId(victim)).expect(200).body().has("offence"));
    }

    @Test
    void theTimelineComesInWelshWithANoteWhereATextIsMissing() {
        send(recorded("w-0", "NM/W/1", at(-90), victim("w-v", "07700 900203")),
            event("w-1", "NM/W/1", at(-80), "suspect_charged", Map.of("suspect_ref", "s", "detail", Map.of("en", "We will write to you."))));
        String token = SignUp.person(this, "w-v");
        JsonNode entry = api().as(token).with("Accept-Language", "cy").get("/v1/me/cases/" + caseId(token) + "/timeline").expect(200)
            .body().path("items").get(0);
        assertEquals("Y person a arestiwyd: cafodd ei gyhuddo", entry.path("headline").asText());
        assertEquals("en", entry.path("detail_language").asText());
        assertTrue(entry.path("language_note").asText().startsWith("Yn Saesneg yn unig"));
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        send(recorded("e-0", "NM/E/1", at(-90), victim("e-v", "07700 900204")));
        String token = SignUp.person(this, "e-v");
        String path = "/v1/me/cases/" + caseId(token) + "/timeline";
        String tag = api().as(token).get(path).expect(200).header("ETag").orElseThrow();
        api().as(token).with("If-None-Match", tag).get(path).expect(304);
        send(event("e-1", "NM/E/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "s")));
        api().as(token).with("If-None-Match", tag).get(path).expect(200);
    }

    @Test
    void pagesGoThroughAllAndNothingTwice() {
        send(recorded("p-0", "NM/P/1", at(-90), victim("p-v", "07700 900205")));
        for (int i = 1; i < 8; i++) {
            send(event("p-" + i, "NM/P/1", at(-90 + i), "suspect_interviewed", Map.of("suspect_ref", "s" + i)));
        }
        String token = SignUp.person(this, "p-v");
        String path = "/v1/me/cases/" + caseId(token) + "/timeline?limit=3";
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            Answer page = api().as(token).get(path + cursor).expect(200);
            page.body().path("items").forEach(e -> ids.add(e.path("id").asText()));
            cursor = page.body().path("next_cursor").isNull() ? null : "&cursor=" + page.at("/next_cursor");
        } while (cursor != null);
        assertEquals(8, ids.size());
        assertEquals(8, ids.stream().distinct().count());
    }

    @Test
    void wherePagesGoOnSaysNothingOfTheForcesOwnEvents() {
        send(recorded("cur-0", "NM/CU/1", at(-90), victim("cur-v", "07700 900211")));
        send(event("cur-secret-id", "NM/CU/1", at(-80), "suspect_interviewed", Map.of("suspect_ref", "s")));
        String token = SignUp.person(this, "cur-v");
        String path = "/v1/me/cases/" + caseId(token) + "/timeline?limit=1";
        String cursor = api().as(token).get(path).expect(200).at("/next_cursor");
        String inside = new String(java.util.Base64.getUrlDecoder().decode(cursor), java.nio.charset.StandardCharsets.UTF_8);
        assertFalse(inside.contains("cur-secret-id") || inside.contains("rms"), inside);
        // the entry it names is taken back meanwhile: the older one is still found
        send(event("cur-2", "NM/CU/1", at(-1), "event_retracted", Map.of("source_event_id", "cur-secret-id")));
        assertEquals(1, api().as(token).get(path + "&cursor=" + cursor).expect(200).body().path("items").size());
    }

    @Test
    void aCaseKeptOffPhonesIsNotThere() {
        send(recorded("o-0", "NM/O/1", at(-90), victim("o-v", "07700 900206")));
        String token = SignUp.person(this, "o-v");
        String id = caseId(token);
        send(event("o-1", "NM/O/1", at(-10), "case_changed", Map.of("self_service", false)));
        api().as(token).get("/v1/me/cases/" + id).expect(404);
        api().as(token).get("/v1/me/cases/" + id + "/timeline").expect(404);
        assertEquals(0, api().as(token).get("/v1/me/cases").expect(200).body().path("items").size());
        send(event("o-2", "NM/O/1", at(-5), "case_changed", Map.of("self_service", true)));
        api().as(token).get("/v1/me/cases/" + id).expect(200);
    }

    @Test
    void whoIsRemovedHasNoAccessAndNothingWaitsForThem() {
        send(recorded("r-0", "NM/R/1", at(-90), victim("r-v", "07700 900207"), victim("r-w", "07700 900208")));
        String token = SignUp.person(this, "r-v");
        String id = caseId(token);
        send(event("r-1", "NM/R/1", at(-10), "person_removed", Map.of("source_person_id", "r-v")));
        assertEquals(401, api().as(token).get("/v1/me/cases/" + id).status());
    }

    @Test
    void theDeadAreNotInvitedAndTheirQueueIsCancelledInTheTransactionThatSaysSo() {
        var dead = new HashMap<>(victim("d-x", "07700 900209"));
        dead.put("deceased", true);
        send(recorded("d-0", "NM/D/1", at(-90), victim("d-v", "07700 900210"), dead),
            event("d-1", "NM/D/1", at(-20), "suspect_arrested", Map.of("suspect_ref", "s")),
            event("d-2", "NM/D/1", at(-10), "person_changed", Map.of("source_person_id", "d-v", "deceased", true)));
        assertEquals(0, count("select count(*) from waymark.invitation i join waymark.person p on p.id = i.person_id "
            + "where p.source_person_id in ('d-x', 'd-v') and i.withdrawn_at is null"));
        assertEquals(0, count("select count(*) from waymark.person where source_person_id in ('d-x', 'd-v') and mobile is not null"));
        assertEquals(0, count("select count(*) from notifications.message m join waymark.person p on p.id = m.recipient_ref "
            + "where p.source_person_id in ('d-x', 'd-v') and m.state in ('queued', 'held')"));
    }

    @Test
    void staffDecideOnTextThatWasHeldBack() {
        send(recorded("t-0", "NM/T/1", at(-90), victim("t-v", "07700 900211")),
            event("t-1", "NM/T/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "s", "detail", Map.of("en", "Mr Khan will call you."))));
        String token = SignUp.person(this, "t-v");
        String path = "/v1/me/cases/" + caseId(token) + "/timeline";
        JsonNode held = api().as(token).get(path).expect(200).body().path("items").get(0);
        assertTrue(held.path("held_back").asBoolean());
        assertFalse(held.toString().contains("Khan"));
        String staff = staffToken("witness_care", "northmoor");
        String item = null;
        for (JsonNode i : api().as(staff).get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if ("text_held".equals(i.path("kind").asText()) && held.path("id").asText().equals(i.path("subject_id").asText())) {
                item = i.path("id").asText();
            }
        }
        api().as(staff).post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        api().as(staff).post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "show_text")).expect(204);
        assertEquals("Mr Khan will call you.", api().as(token).get(path).expect(200).at("/items/0/detail"));
    }

    @Test
    void whatWasToldAndTakenBackIsToldAgainWithAnApology() {
        send(recorded("c-0", "NM/C/1", at(-90), victim("c-v", "07700 900212")));
        String token = SignUp.person(this, "c-v");
        send(event("c-1", "NM/C/1", at(-80), "suspect_arrested", Map.of("suspect_ref", "s")));
        SignUp.drain(this);
        assertTrue(messages("07700 900212").at("/items/0/body").startsWith("There is news about your case"));
        send(event("c-2", "NM/C/1", at(-70), "event_retracted", Map.of("source_event_id", "c-1")));
        SignUp.drain(this);
        assertFalse(messages("07700 900212").at("/items/0/body").startsWith("There is news about your case"));
        assertEquals(List.of("correction", "crime_recorded"), kinds(token, caseId(token)));
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1)).orElseThrow());
    }
}
