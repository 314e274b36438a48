package uk.waymark.bridge;

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
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.WaymarkTest;

class BridgeEventsTest extends WaymarkTest {

    private Answer send(Object batch) {
        return api().as(systemToken("northmoor")).post("/v1/bridge/events", batch);
    }

    private JsonNode first(Answer answer) {
        return answer.expect(200).body().path("results").get(0);
    }

    private String at(int minutes) {
        return bean(uk.waymark.platform.CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private int count(String sql, Object... parameters) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1), parameters).orElseThrow());
    }

    @Test
    void theSameEventTwiceChangesNothing() {
        var batch = batch(recorded("dup-1", "NM/DUP/1", at(-60), victim("dup-v", "07700 900101")));
        assertEquals("accepted", first(send(batch)).path("status").asText());
        assertEquals("duplicate", first(send(batch)).path("status").asText());
        assertEquals(1, count("select count(*) from waymark.case_event where source_event_id = 'dup-1'"));
    }

    @Test
    void theSameIdentityWithOtherContentIsRefusedAndKeptForStaff() {
        send(batch(recorded("chg-1", "NM/CHG/1", at(-60)))).expect(200);
        JsonNode result = first(send(batch(event("chg-1", "NM/CHG/1", at(-59), "suspect_arrested", Map.of("suspect_ref", "s")))));
        assertEquals("refused", result.path("status").asText());
        assertEquals("changed_content", result.path("reason").asText());
        assertEquals(1, count("select count(*) from waymark.quarantined_event where source_event_id = 'chg-1'"));
    }

    @Test
    void oneBadEventNeverStopsTheOthers() {
        var bad = new HashMap<>(event("mix-2", "NM/MIX/1", at(-50), "suspect_arrested", Map.of("suspect_ref", "s")));
        bad.put("surprise", true);
        JsonNode results = send(batch(List.of(recorded("mix-1", "NM/MIX/1", at(-60)), bad,
            event("mix-3", "NM/MIX/1", at(-40), "unheard_of", Map.of()),
            event("mix-4", "NM/MIX/1", at(-40), "investigation_closed", Map.of("outcome_code", "99")),
            event("mix-5", "NM/MIX/1", "1066-10-14T09:00:00Z", "suspect_arrested", Map.of("suspect_ref", "s")),
            event("mix-6", "NM/MIX/1", at(-30), "suspect_arrested", Map.of("suspect_ref", "s"))))).expect(200).body().path("results");
        var statuses = new ArrayList<String>();
        results.forEach(r -> statuses.add(r.path("status").asText() + ":" + r.path("reason").asText("")));
        assertEquals(List.of("accepted:", "refused:invalid_event", "refused:unknown_type", "refused:invalid_data",
            "refused:implausible_time", "accepted:"), statuses);
    }

    @Test
    void unknownFieldsInsideDataAreKeptOutAndNamed() {
        JsonNode result = first(send(batch(event("ign-1", "NM/IGN/1", at(-60), "suspect_arrested",
            Map.of("suspect_ref", "s", "custody_number", "12", "detail", Map.of("en", "Yes.", "fr", "Oui."))))));
        assertEquals("accepted", result.path("status").asText());
        var ignored = new ArrayList<String>();
        result.path("ignored").forEach(n -> ignored.add(n.asText()));
        assertEquals(List.of("/custody_number", "/detail/fr"), ignored.stream().sorted().toList());
    }

    @Test
    void aBatchThatCannotBeReadIsRefusedWholeAndSaysWhatToDo() {
        String system = systemToken("northmoor");
        for (String body : List.of("{\"source\": \"rms\", \"events\": [{", "[]", "null", "\"x\"", "{\"source\":\"rms\",\"events\":[]}",
                "{\"source\":7,\"events\":[{}]}", "{\"source\":\"rms\",\"events\":[{}],\"more\":1}",
                "{\"source\":\"rms\",\"source\":\"rms\",\"events\":[{}]}", "[".repeat(5000) + "]".repeat(5000))) {
            Answer answer = api().as(system).post("/v1/bridge/events", body);
            assertTrue(answer.status() == 400 || answer.status() == 422, () -> "status " + answer.status());
            assertFalse(answer.body().path("detail").asText().isEmpty());
        }
        var tooMany = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 1001; i++) {
            tooMany.add(event("many-" + i, "NM/MANY/1", at(-60), "suspect_arrested", Map.of("suspect_ref", "s")));
        }
        send(batch(tooMany)).expect(422);
        assertEquals(0, count("select count(*) from waymark.case_event where source_event_id like 'many-%'"));
    }

    @Test
    void oddTextsAreRefusedWithoutHarm() {
        assertEquals("refused", first(send(batch(event("nul-1", "NM/\u0000", at(-60), "suspect_arrested", Map.of("suspect_ref", "s")))))
            .path("status").asText());
        assertEquals("refused", first(send(batch(event("rtl-1", "NM\u202E/1", at(-60), "suspect_arrested", Map.of("suspect_ref", "s")))))
            .path("status").asText());
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() {
        var batch = batch(recorded("dry-1", "NM/DRY/1", at(-60), victim("dry-v", "07700 900102")),
            event("dry-2", "NM/DRY/1", at(-30), "suspect_arrested", Map.of("suspect_ref", "s")));
        JsonNode results = api().as(systemToken("northmoor")).post("/v1/bridge/events?dry_run=true", batch).expect(200).body()
            .path("results");
        assertEquals("accepted", results.get(1).path("status").asText());
        assertEquals("[{\"source_person_id\":\"dry-v\",\"template\":\"invitation\",\"decision\":\"send\"}]",
            results.get(0).path("would_tell").toString());
        assertEquals("dry-v", results.get(1).path("would_tell").get(0).path("source_person_id").asText());
        assertEquals(0, count("select count(*) from waymark.case_file where crime_reference_key = 'NM/DRY/1'"));
        assertEquals(0, count("select count(*) from waymark.quarantined_event where source_event_id like 'dry-%'"));
    }

    @Test
    void aDryRunSaysOfEachEventWhatWouldBecomeOfIt() {
        send(batch(recorded("dry-a", "NM/DRY/2", at(-60), victim("dry-w", "07700 900126")))).expect(200);
        var unknown = new HashMap<>(event("dry-b", "NM/DRY/2", at(-30), "suspect_arrested",
            new HashMap<>(Map.of("suspect_ref", "s", "colour", "blue"))));
        var unsafe = new HashMap<>(victim("dry-u", "07700 900127"));
        unsafe.put("mobile_safe", "unknown");
        String before = String.valueOf(count("select count(*) from notifications.message"));
        JsonNode results = api().as(systemToken("northmoor")).post("/v1/bridge/events?dry_run=true", batch(
            recorded("dry-a", "NM/DRY/2", at(-60), victim("dry-w", "07700 900126")), unknown,
            event("dry-a", "NM/DRY/2", at(-30), "suspect_arrested", Map.of("suspect_ref", "s")),
            event("dry-c", "NM/DRY/2", at(-30), "unheard_of", Map.of()),
            event("dry-d", "NM/DRY/2", at(-20), "case_changed", Map.of("flags", List.of("stalking"))),
            event("dry-e", "NM/DRY/2", at(-10), "person_added", unsafe))).expect(200).body().path("results");
        var said = new java.util.ArrayList<String>();
        results.forEach(r -> said.add(r.path("status").asText() + " " + r.path("reason").asText() + r.path("ignored") + r.path("would_tell")));
        assertTrue(said.get(0).startsWith("duplicate") || said.get(0).startsWith("refused changed_content"), said::toString);
        assertTrue(said.get(1).startsWith("accepted [\"/colour\"][{"), said::toString);
        assertTrue(said.get(2).startsWith("refused changed_content"), said::toString);
        assertTrue(said.get(3).startsWith("refused unknown_type"), said::toString);
        assertTrue(said.get(5).contains("\"invitation\",\"decision\":\"withhold\""), said::toString);
        assertEquals(before, String.valueOf(count("select count(*) from notifications.message")));
        assertEquals(0, count("select count(*) from waymark.case_event where source_event_id in ('dry-b', 'dry-d', 'dry-e')"));
        assertEquals(0, count("select count(*) from waymark.person where source_person_id = 'dry-u'"));
        assertEquals(0, count("select count(*) from waymark.quarantined_event where source_event_id in ('dry-a', 'dry-c')"));
    }

    @Test
    void beingToldInPersonMayComeLater() {
        send(batch(recorded("inf-1", "NM/INF/1", at(-60), victim("inf-v", "07700 900103")))).expect(200);
        var arrest = new HashMap<>(event("inf-2", "NM/INF/1", at(-30), "suspect_arrested", Map.of("suspect_ref", "s")));
        arrest.put("informed_in_person", Map.of("by", "DC Example", "at", at(-20)));
        assertEquals("accepted", first(send(batch(arrest))).path("status").asText());
        assertEquals("duplicate", first(send(batch(arrest))).path("status").asText());
        assertEquals(0, count("select count(*) from waymark.announcement a join waymark.case_event e on e.id = a.event_id "
            + "where e.source_event_id = 'inf-2' and a.wanted"));
    }

    @Test
    void staffSeeWhatWasRefusedAndBringItBackWithoutTellingAnyone() {
        // refused because its hearing names no court; the schema is what it is, so bring back one that has become good:
        // an event more than a day ahead is refused today and good tomorrow
        var early = event("rep-1", "NM/REP/1", at(30 * 60), "suspect_arrested", Map.of("suspect_ref", "s"));
        send(batch(recorded("rep-0", "NM/REP/1", at(-60), victim("rep-v", "07700 900104")))).expect(200);
        assertEquals("implausible_time", first(send(batch(early))).path("reason").asText());
        String staff = staffToken("supervisor", "northmoor");
        JsonNode kept = api().as(staff).get("/v1/staff/quarantine").expect(200).body().path("items");
        String id = null;
        for (JsonNode item : kept) {
            if ("rep-1".equals(item.path("source_event_id").asText())) {
                id = item.path("id").asText();
            }
        }
        assertEquals("refused", api().as(staff).post("/v1/staff/quarantine/" + id + "/replay", null).expect(200).at("/status"));
        clocks.advanceCase(java.time.Duration.ofHours(30));
        assertEquals("accepted", api().as(staff).post("/v1/staff/quarantine/" + id + "/replay", null).expect(200).at("/status"));
        api().as(staff).post("/v1/staff/quarantine/" + id + "/replay", null).expect(409);
        assertEquals(0, count("select count(*) from waymark.announcement a join waymark.case_event e on e.id = a.event_id "
            + "where e.source_event_id = 'rep-1'"));
        api().as(staffToken("supervisor", "glanafon")).post("/v1/staff/quarantine/" + id + "/replay", null).expect(404);
    }

    @Test
    void numbersHeldForASuspectAreNotKept() {
        send(batch(recorded("sus-0", "NM/SUS/1", at(-60)), event("sus-1", "NM/SUS/1", at(-50), "suspect_contacts",
            Map.of("suspect_ref", "s", "numbers", List.of("07700 900199"))))).expect(200);
        assertEquals(1, count("select count(*) from waymark.suspect_number n join waymark.case_event e on e.id = n.event_id "
            + "where e.source_event_id = 'sus-1'"));
    }

    @Test
    void slashesTellCrimesApart() {
        JsonNode results = send(batch(recorded("sl-1", "71/1234/26", at(-60)), recorded("sl-2", "711/234/26", at(-60)),
            recorded("sl-3", " 71 / 1234 / 26", at(-50)), event("sl-4", "///", at(-50), "suspect_arrested", Map.of("suspect_ref", "s"))))
            .expect(200).body().path("results");
        assertFalse(results.get(0).path("case_id").equals(results.get(1).path("case_id")));
        assertEquals(results.get(0).path("case_id"), results.get(2).path("case_id"));
        assertEquals("refused", results.get(3).path("status").asText());
    }

    @Test
    void whatIsRefusedLeavesNoEmptyCase() {
        send(batch(recorded("em-1", "NM/EM/1", at(-60)))).expect(200);
        assertEquals("changed_content", first(send(batch(recorded("em-1", "NM/EM/2", at(-60))))).path("reason").asText());
        assertEquals("other_case", first(send(batch(event("em-2", "NM/EM/3", at(-50), "event_retracted",
            Map.of("source_event_id", "em-1"))))).path("reason").asText());
        assertEquals(0, count("select count(*) from waymark.case_file where crime_reference_key in ('NM/EM/2', 'NM/EM/3')"));
    }
}
