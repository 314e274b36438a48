package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Two hundred witnesses of one week, as a witness care officer sees to them: told, silent, cannot, moved, de-warned. Nobody is lost. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WeekTest extends WaymarkTest {
    private static final int CASES = 20;
    private static final int EACH = 10;
    private static final String SUPERVISOR = "northmoor-supervisor";
    private static final String WEEK = "/v1/staff/week?from=2027-06-09&unit=wcu";

    private static Instant london(String local) {
        return LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant();
    }

    private static String reference(int n) {
        return "NM/WEEK/" + n;
    }

    private static String id(int n, int i) {
        return "w-" + n + "-" + i;
    }

    private static String mobile(int n, int i) {
        return "+447700900" + (700 + n * EACH + i);
    }

    private static List<String> ids(int n, int... without) {
        return IntStream.range(0, EACH).filter(i -> IntStream.of(without).noneMatch(w -> w == i)).mapToObj(i -> id(n, i)).toList();
    }

    private String now() {
        return clocks.caseTime().instant().toString();
    }

    private void report(Map<String, Object> event) {
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "rms", "events", List.of(event)))
            .expect(200).body().path("results").get(0);
        assertEquals("accepted", result.path("status").asText(), result::toString);
    }

    private void moveTo(String local) {
        api().post("/sandbox/clock", Map.of("at", london(local).toString())).expect(200);
    }

    private Api staff() {
        return api().as(staffToken("witness_care", "northmoor"));
    }

    /** By what the force calls the person: every page of the list. */
    private Map<String, JsonNode> list() {
        var lines = new LinkedHashMap<String, JsonNode>();
        Api staff = staff();
        String cursor = "";
        do {
            JsonNode page = staff.get(WEEK + "&limit=75" + cursor).expect(200).body();
            for (JsonNode line : page.path("items")) {
                assertTrue(lines.put(line.path("name").asText().replace(" X", ""), line) == null, "nobody stands on it twice");
                assertFalse(line.at("/next/words").asText().isEmpty(), line::toString);
                boolean over = line.at("/next/step").asText().equals("nothing");
                assertFalse(over && line.path("required").asBoolean() && line.path("hearing_state").asText().equals("listed"), line::toString);
            }
            cursor = page.path("next_cursor").isNull() ? null : "&cursor=" + page.path("next_cursor").asText();
        } while (cursor != null);
        assertEquals(CASES * EACH, lines.size(), "nobody is lost");
        return lines;
    }

    private static Map<String, Integer> states(Map<String, JsonNode> list) {
        var counted = new TreeMap<String, Integer>();
        list.values().forEach(l -> counted.merge(l.path("state").asText() + ' ' + l.at("/next/step").asText()
            + (l.at("/next/item_kind").isMissingNode() ? "" : ' ' + l.at("/next/item_kind").asText()), 1, Integer::sum));
        return counted;
    }

    private static String people(JsonNode line) {
        return "/v1/staff/hearings/" + line.path("hearing_id").asText() + "/people";
    }

    @Test
    @Order(1)
    void everybodyIsToldOrSomebodysTask() {
        clocks.caseTime().moveTo(london("2027-05-10T09:00"));
        for (int n = 0; n < CASES; n++) {
            var people = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < EACH; i++) {
                people.add(Map.of("source_person_id", id(n, i), "role", "witness", "given_name", id(n, i), "family_name", "X", "mobile",
                    mobile(n, i), "mobile_safe", i == 5 ? "unsafe" : "safe", "language", i % 2 == 0 ? "en" : "cy", "entitlement", "standard"));
            }
            report(recorded("w" + n, reference(n), now(), people.toArray(Map[]::new)));
            report(event("wh" + n, reference(n), now(), "hearing_listed", new HashMap<>(Map.of("hearing_id", "H", "kind", "trial", "starts_at",
                "2027-06-" + "%02d".formatted(7 + n % 5) + "T10:00:00+01:00", "court", Map.of("name", "Leeds Crown Court"), "required", ids(n)))));
        }
        SignUp.drain(this);
        moveTo("2027-05-10T12:00");
        Map<String, JsonNode> list = list();
        assertEquals("no_safe_channel", list.get(id(3, 5)).path("state").asText(), list.get(id(3, 5))::toString);
        assertEquals("item", list.get(id(3, 5)).at("/next/step").asText());
        assertEquals("told", list.get(id(3, 6)).path("state").asText(), list.get(id(3, 6))::toString);
        assertEquals("sms", list.get(id(3, 6)).at("/told/how").asText());
        assertEquals("reminder", list.get(id(3, 6)).at("/next/step").asText());
        assertEquals(CASES * (EACH - 1), states(list).get("told reminder"), states(list)::toString);
    }

    @Test
    @Order(2)
    void answersMovesAndDewarningsStandOnIt() {
        for (int n = 0; n < CASES - 2; n++) {
            api().post("/sandbox/replies", Map.of("from", mobile(n, 3), "body", n % 2 == 0 ? "YES" : "GALLAF")).expect(204);
            api().post("/sandbox/replies", Map.of("from", mobile(n, 4), "body", "CANNOT")).expect(204);
            report(event("wd" + n, reference(n), now(), "hearing_changed", Map.of("hearing_id", "H", "required", ids(n, 9))));
        }
        report(event("wm", reference(18), now(), "hearing_changed", Map.of("hearing_id", "H", "starts_at", "2027-06-11T14:00:00+01:00")));
        report(event("wv", reference(19), now(), "hearing_vacated", Map.of("hearing_id", "H")));
        SignUp.drain(this);
        moveTo("2027-05-10T15:00");
        Map<String, JsonNode> list = list();
        assertEquals("confirmed", list.get(id(4, 3)).path("state").asText(), list.get(id(4, 3))::toString);
        assertEquals("cannot", list.get(id(4, 4)).path("state").asText(), list.get(id(4, 4))::toString);
        assertEquals("attendance_cannot", list.get(id(4, 4)).at("/next/item_kind").asText());
        assertEquals("de_warned", list.get(id(4, 9)).path("state").asText());
        assertEquals("nothing", list.get(id(4, 9)).at("/next/step").asText(), list.get(id(4, 9))::toString);
        assertEquals("told", list.get(id(18, 1)).path("state").asText(), list.get(id(18, 1))::toString);
        assertEquals("2027-06-11", list.get(id(18, 1)).path("local_date").asText());
        assertEquals("de_warned", list.get(id(19, 1)).path("state").asText());
        assertEquals("no_safe_channel", list.get(id(18, 5)).path("state").asText());
        System.out.println("a week of two hundred: " + states(list));
    }

    @Test
    @Order(3)
    void silenceIsACallAndACallStandsOnTheLine() {
        moveTo("2027-06-02T12:00");
        Map<String, JsonNode> list = list();
        JsonNode silent = list.get(id(5, 1));
        assertEquals("no_answer", silent.path("state").asText(), silent::toString);
        assertEquals("no_answer_call", silent.at("/next/item_kind").asText());
        assertEquals("answer_due", list.get(id(6, 1)).at("/next/step").asText(), "the day after is asked a day later");
        String contacts = people(silent) + "/" + silent.path("person_id").asText() + "/contacts";
        Api once = staff().with("Idempotency-Key", "call-1");
        JsonNode vain = once.post(contacts, Map.of("how", "call", "outcome", "no_answer")).expect(201).body();
        assertEquals(vain.at("/told/at"), once.post(contacts, Map.of("how", "call", "outcome", "no_answer")).expect(201).body().at("/told/at"));
        moveTo("2027-06-02T12:10");
        JsonNode again = list().get(id(5, 1));
        assertEquals("no_answer_call", again.at("/next/item_kind").asText(), again::toString);
        JsonNode told = staff().post(contacts, Map.of("how", "call", "outcome", "told", "note", "She comes.")).expect(201).body();
        assertEquals("told", told.path("state").asText(), told::toString);
        assertEquals("call", told.at("/told/how").asText());
        staff().post(contacts, Map.of("how", "letter", "outcome", "wrong_number")).expect(422);
        JsonNode other = list.get(id(0, 2));
        api().post("/sandbox/replies", Map.of("from", mobile(0, 2), "body", "YES")).expect(204);
        SignUp.drain(this);
        moveTo("2027-06-02T12:20");
        JsonNode answered = list().get(id(0, 2));
        assertEquals("confirmed", answered.path("state").asText(), answered::toString);
        assertFalse(answered.at("/next/item_id").asText().equals(other.at("/next/item_id").asText()), "nobody rings who has answered");
        staff().post(people(silent) + "/" + list.get(id(1, 1)).path("person_id").asText() + "/contacts",
            Map.of("how", "call", "outcome", "told")).expect(404);
        api().as(staffToken("witness_care", "glanafon")).get(people(silent)).expect(404);
    }

    @Test
    @Order(4)
    void itIsATableAndAPageToPrint() {
        String csv = staff().with("Accept", "text/csv").get(WEEK).expect(200).text();
        assertEquals(CASES * EACH + 1, csv.lines().count());
        var page = staff().with("Accept", "text/html").get(WEEK).expect(200);
        assertEquals(CASES * EACH + 1, page.text().split("<tr>", -1).length - 1);
        assertFalse(page.text().contains("<script"));
        assertEquals(EACH, staff().get(people(list().get(id(7, 1))) + "?limit=100").expect(200).body().path("items").size());
        api().as(staffToken("analyst", "northmoor")).get(WEEK).expect(403);
    }

    @Test
    @Order(5)
    void aClaimLapsesAndIsGivenToSomebodyElse() {
        Api staff = staff();
        JsonNode item = list().get(id(10, 1)).path("next");
        String path = "/v1/staff/queue/" + item.path("item_id").asText();
        String me = staff.post(path + "/claim", null).expect(200).at("/claimed_by");
        assertEquals(me, list().get(id(10, 1)).at("/next/claimed_by").asText());
        moveTo("2027-06-02T14:30");
        assertTrue(list().get(id(10, 1)).at("/next/claimed_by").isMissingNode(), "nobody has it any more");
        staff.post(path + "/assignment", Map.of("to", "somebody")).expect(422);
        Api supervisor = api().as(staffToken("supervisor", "northmoor"));
        supervisor.get("/v1/staff/queue").expect(200);
        staff.post(path + "/assignment", Map.of("to", SUPERVISOR)).expect(204);
        assertEquals(SUPERVISOR, list().get(id(10, 1)).at("/next/claimed_by").asText());
        staff.post("/v1/staff/queue/assignments", Map.of("from", SUPERVISOR, "to", me)).expect(403);
        JsonNode moved = supervisor.post("/v1/staff/queue/assignments", Map.of("from", SUPERVISOR, "to", me)).expect(200).body();
        assertEquals(1, moved.path("assigned").asInt());
        String person = list().get(id(10, 1)).path("person_id").asText();
        assertEquals(List.of("queue_item_claimed", "queue_claim_lapsed", "queue_item_assigned", "queue_item_assigned"),
            acting().as(worker("northmoor"), c -> Sql.list(c, """
                select action from waymark.audit_log where person_id = ?::uuid and action in ('queue_item_claimed', 'queue_claim_lapsed',
                  'queue_item_assigned') order by id""", r -> r.getString("action"), person)), "every step is written down");
        var seen = new HashSet<String>();
        staff.get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(i -> assertTrue(seen.add(i.path("id").asText())));
    }
}
