package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A case with a family liaison officer shows and sends nothing until the officer has told that person. */
class ToldInPersonTest extends WaymarkTest {
    private static final Map<String, Object> OFFICER = Map.of("name", "DC Mark Ellis", "collar_number", "2744", "team", "Liaison");

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        for (JsonNode result : api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200)
                .body().path("results")) {
            assertTrue(List.of("accepted", "duplicate").contains(result.path("status").asText()), result::toString);
        }
        SignUp.drain(this);
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private Map<String, Object> told(Map<String, Object> event, String person) {
        var with = new HashMap<>(event);
        var informed = new HashMap<String, Object>(Map.of("by", "DC Mark Ellis", "at", at(0)));
        if (person != null) {
            informed.put("source_person_id", person);
        }
        with.put("informed_in_person", informed);
        return with;
    }

    @SafeVarargs
    private Map<String, Object> recorded(String id, String reference, Map<String, Object> more, Map<String, Object>... people) {
        var data = new HashMap<String, Object>(Map.of("offence", Map.of("code", "1", "plain_words", "Theft"),
            "flags", List.of("family_liaison", "bereaved"), "liaison_officer", OFFICER, "people", List.of(people)));
        data.putAll(more);
        return event(id, reference, at(-90), "crime_recorded", data);
    }

    private static Map<String, Object> arrest(String id, String reference, String at) {
        return event(id, reference, at, "suspect_charged", Map.of("suspect_ref", "s"));
    }

    private static Map<String, Object> as(String role, Map<String, Object> person) {
        var with = new HashMap<>(person);
        with.put("role", role);
        return with;
    }

    private String caseId(String token) {
        return api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
    }

    private List<String> kinds(String token) {
        var kinds = new ArrayList<String>();
        api().as(token).get("/v1/me/cases/" + caseId(token) + "/timeline").expect(200).body().path("items")
            .forEach(e -> kinds.add(e.path("kind").asText()));
        return kinds;
    }

    private String stage(String token) {
        return api().as(token).get("/v1/me/cases/" + caseId(token)).expect(200).at("/stage/code");
    }

    private int texts(String mobile) {
        return messages(mobile).body().path("items").size();
    }

    /** Reason and hours until due of what waits for an officer, for the person. */
    private List<String> waits(String person) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select w.reason from waymark.work_item w join waymark.person p on p.id = w.person_id
             where p.source_person_id = ? and w.kind = 'tell_in_person' and w.completed_at is null order by w.id""",
            r -> r.getString("reason"), person));
    }

    private JsonNode item(String person) {
        String id = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c,
            "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id").toString(), person).orElseThrow());
        for (JsonNode i : api().as(staffToken("officer", "northmoor")).get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if ("tell_in_person".equals(i.path("kind").asText()) && id.equals(i.path("person_id").asText())) {
                return i;
            }
        }
        throw new AssertionError("nothing waits for " + person);
    }

    @Test
    void nothingIsShownOrSentBeforeAndEverythingAfter() {
        var crime = recorded("a-0", "NM/TP/A", Map.of(), as("bereaved_relative", victim("a-m", "07700 900501")));
        var charged = arrest("a-1", "NM/TP/A", at(-30));
        send(crime);
        assertEquals(0, texts("07700 900501"), "not even the invitation");
        String mother = SignUp.person(this, "a-m");
        int codes = texts("07700 900501");
        send(charged);
        JsonNode read = api().as(mother).get("/v1/me/cases/" + caseId(mother)).expect(200).body();
        assertEquals("reported", read.at("/stage/code").asText());
        assertFalse(read.has("offence"));
        assertEquals("DC Mark Ellis is there for you and will be in touch. They tell you what happens before it is shown here.",
            read.path("told_in_person").asText());
        assertTrue(api().as(mother).with("Accept-Language", "cy").get("/v1/me/cases/" + caseId(mother)).expect(200)
            .at("/told_in_person").startsWith("Mae DC Mark Ellis yno i chi"));
        assertEquals(List.of(), kinds(mother));
        assertEquals(codes, texts("07700 900501"));
        assertEquals(List.of("news", "news"), waits("a-m"));

        send(told(charged, "a-m"));
        assertEquals(List.of("suspect_charged"), kinds(mother));
        assertEquals("charged", stage(mother));
        assertEquals(List.of("news"), waits("a-m"));
        send(told(crime, null));
        assertEquals(List.of("suspect_charged", "crime_recorded"), kinds(mother));
        assertEquals("Theft", api().as(mother).get("/v1/me/cases/" + caseId(mother)).expect(200).at("/offence"));
        assertEquals(List.of(), waits("a-m"));
        assertEquals(codes, texts("07700 900501"), "they have been told, so no text follows");
    }

    @Test
    void aReleaseIsToldWithinTheHourWhereThereIsASafetyFlag() {
        send(told(recorded("u-0", "NM/TP/U", Map.of("flags", List.of("family_liaison", "stalking")), victim("u-v", "07700 900519")),
            null));
        Instant now = bean(CaseClock.class).instant();
        send(event("u-1", "NM/TP/U", at(-5), "suspect_bailed", Map.of("suspect_ref", "s")));
        assertEquals(List.of("urgent"), waits("u-v"));
        Instant due = Instant.parse(item("u-v").path("due_at").asText());
        assertFalse(due.isAfter(now.plusSeconds(3_660)), due::toString);
    }

    @Test
    void aDryRunSaysThatAnOfficerTellsThem() {
        send(told(recorded("j-0", "NM/TP/J", Map.of(), victim("j-v", "07700 900513")), null));
        JsonNode would = api().as(systemToken("northmoor")).post("/v1/bridge/events?dry_run=true", batch(arrest("j-1", "NM/TP/J",
            at(-30)))).expect(200).body().at("/results/0/would_tell");
        assertEquals("[{\"source_person_id\":\"j-v\",\"template\":\"tell_in_person\",\"decision\":\"withhold\"}]", would.toString());
        assertEquals(List.of(), waits("j-v"));
    }

    @Test
    void eachIsToldForThemselves() {
        send(told(recorded("b-0", "NM/TP/B", Map.of(), as("bereaved_relative", victim("b-m", "07700 900502")),
            as("bereaved_relative", victim("b-f", "07700 900503"))), null));
        String mother = SignUp.person(this, "b-m");
        String father = SignUp.person(this, "b-f");
        send(told(arrest("b-1", "NM/TP/B", at(-30)), "b-m"));
        assertEquals(List.of("suspect_charged", "crime_recorded"), kinds(mother));
        assertEquals(List.of("crime_recorded"), kinds(father));
        assertEquals("charged", stage(mother));
        assertEquals("reported", stage(father));
        // nor does the database give the row to them
        assertEquals(1, kinds(father).size());
        assertEquals(List.of("news"), waits("b-f"));
        String entry = api().as(mother).get("/v1/me/cases/" + caseId(mother) + "/timeline").expect(200).at("/items/0/id");
        api().as(mother).get("/v1/me/cases/" + caseId(mother) + "/timeline/" + entry).expect(200);
        api().as(father).get("/v1/me/cases/" + caseId(father) + "/timeline/" + entry).expect(404);
    }

    @Test
    void whatWaitsIsAQueueWithADueTimeAndTheOfficerHasACourtDateAtOnce() {
        Instant now = bean(CaseClock.class).instant();
        send(told(recorded("c-0", "NM/TP/C", Map.of(), victim("c-v", "07700 900504")), null),
            event("c-1", "NM/TP/C", at(-10), "hearing_listed", Map.of("hearing_id", "h", "starts_at", "2027-02-01T10:00:00Z",
                "court", Map.of("ou_code", "B01", "name", "Northmoor Crown Court"), "required", List.of("c-v"))));
        String person = SignUp.person(this, "c-v");
        assertEquals(List.of("court_date"), waits("c-v"));
        JsonNode item = item("c-v");
        assertTrue(item.path("detail").asText().contains("Monday 1 February 2027 at 10:00, Northmoor Crown Court"), item::toString);
        assertFalse(Instant.parse(item.path("due_at").asText()).isAfter(now.plusSeconds(5 * 3600)), item::toString);
        send(arrest("c-2", "NM/TP/C", at(-5)));
        assertEquals(List.of("court_date", "news"), waits("c-v"));
        assertEquals(List.of("crime_recorded"), kinds(person));

        String staff = staffToken("officer", "northmoor");
        api().as(staff).post("/v1/staff/queue/" + item.path("id").asText() + "/completion", Map.of("outcome", "done")).expect(422);
        api().as(staff).post("/v1/staff/queue/" + item.path("id").asText() + "/completion", Map.of("outcome", "told")).expect(204);
        assertEquals(List.of("hearing_listed", "crime_recorded"), kinds(person));
        assertEquals(List.of("news"), waits("c-v"));
        Instant due = Instant.parse(item("c-v").path("due_at").asText());
        Instant expected = bean(WorkingDays.class).after(now, 1);
        assertTrue(Math.abs(due.getEpochSecond() - expected.getEpochSecond()) < 600, due + " is one working day after " + now);
    }

    @Test
    void staffSayThatSomebodyKnowsAllThereIs() {
        send(recorded("d-0", "NM/TP/D", Map.of(), victim("d-v", "07700 900505"), as("witness", victim("d-w", "07700 900506"))),
            arrest("d-1", "NM/TP/D", at(-30)));
        String person = SignUp.person(this, "d-v");
        String staff = staffToken("officer", "northmoor");
        String caseId = caseId(person);
        JsonNode seen = api().as(staff).get("/v1/staff/cases/" + caseId).expect(200).body();
        assertEquals(1, seen.at("/timeline/0/to_tell").size(), "the witness is told of no suspect at all");
        String id = seen.at("/timeline/0/to_tell/0").asText();
        api().as(staff).post("/v1/staff/cases/" + caseId + "/told-in-person", Map.of("person_id", id, "at", at(60))).expect(422);
        api().as(staff).post("/v1/staff/cases/" + caseId + "/told-in-person", Map.of("person_id", id)).expect(204);
        assertEquals(List.of("suspect_charged", "crime_recorded"), kinds(person));
        assertEquals(List.of(), waits("d-v"));
        assertEquals("charged", stage(person));
        api().as(staffToken("officer", "glanafon")).post("/v1/staff/cases/" + caseId + "/told-in-person", Map.of("person_id", id))
            .expect(404);
        // and it stays so when more happens
        send(event("d-2", "NM/TP/D", at(-1), "plea_entered", Map.of("suspect_ref", "s", "explanation", Map.of("en", "Not guilty."))));
        assertEquals(List.of("suspect_charged", "crime_recorded"), kinds(person));
        assertEquals("charged", stage(person));
    }

    @Test
    void whatWasThereBeforeTheOfficerStaysAndWhatWasOnItsWayIsStopped() {
        send(event("e-0", "NM/TP/E", at(-90), "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Assault"), "flags",
            List.of(), "people", List.of(victim("e-v", "07700 900507")))), arrest("e-1", "NM/TP/E", at(-60)));
        String person = SignUp.person(this, "e-v");
        clocks.advanceCase(java.time.Duration.ofMinutes(10));
        send(event("e-2", "NM/TP/E", at(-5), "case_changed", Map.of("flags", List.of("family_liaison"))));
        assertEquals(List.of("suspect_charged", "crime_recorded"), kinds(person));
        send(event("e-3", "NM/TP/E", at(-4), "plea_entered", Map.of("suspect_ref", "s", "explanation", Map.of("en", "Not guilty."))));
        assertEquals(List.of("suspect_charged", "crime_recorded"), kinds(person));
        send(event("e-4", "NM/TP/E", at(-3), "case_changed", Map.of("flags", List.of())));
        assertEquals(List.of("plea_entered", "suspect_charged", "crime_recorded"), kinds(person));
        assertEquals(List.of(), waits("e-v"));
    }

    @Test
    void whatIsTakenBackBeforeAnybodyWasToldIsNeverMentioned() {
        send(told(recorded("f-0", "NM/TP/F", Map.of(), victim("f-v", "07700 900508")), null), arrest("f-1", "NM/TP/F", at(-30)));
        String person = SignUp.person(this, "f-v");
        assertEquals(List.of("news"), waits("f-v"));
        send(event("f-2", "NM/TP/F", at(-20), "event_retracted", Map.of("source_event_id", "f-1")));
        assertEquals(List.of("crime_recorded"), kinds(person));
        assertEquals(List.of(), waits("f-v"));
    }

    @Test
    void whoeverJoinsLaterWasNotThereWhenEveryoneWasTold() {
        send(told(recorded("g-0", "NM/TP/G", Map.of(), victim("g-v", "07700 900509")), null));
        send(told(arrest("g-1", "NM/TP/G", at(-30)), null));
        clocks.advanceCase(java.time.Duration.ofHours(1));
        send(event("g-2", "NM/TP/G", at(-1), "person_added", as("bereaved_relative", victim("g-b", "07700 900510"))));
        String late = SignUp.person(this, "g-b");
        assertEquals("reported", stage(late));
        assertFalse(kinds(late).contains("suspect_charged"));
        assertTrue(waits("g-b").contains("news"));
    }

    @Test
    void thatThereIsAnotherSuspectIsNewsAsWell() {
        send(told(recorded("h-0", "NM/TP/H", Map.of(), victim("h-v", "07700 900511")), null),
            told(arrest("h-1", "NM/TP/H", at(-30)), null));
        String person = SignUp.person(this, "h-v");
        String path = "/v1/me/cases/" + caseId(person) + "/timeline";
        String before = api().as(person).get(path).expect(200).text();
        String all = api().as(person).get("/v1/me/cases").expect(200).text();
        send(event("h-2", "NM/TP/H", at(-20), "suspect_arrested", Map.of("suspect_ref", "another")));
        assertEquals(before, api().as(person).get(path).expect(200).text());
        assertEquals(all, api().as(person).get("/v1/me/cases").expect(200).text());
    }

    @Test
    void ofAHistoryThatIsLoadedOneThingWaits() {
        var first = new HashMap<>(recorded("i-0", "NM/TP/I", Map.of(), victim("i-v", "07700 900512")));
        var second = new HashMap<>(arrest("i-1", "NM/TP/I", at(-30)));
        first.put("backfill", true);
        second.put("backfill", true);
        send(first, second);
        assertEquals(List.of("history"), waits("i-v"));
        api().as(staffToken("officer", "northmoor")).post("/v1/staff/queue/" + item("i-v").path("id").asText() + "/completion",
            Map.of("outcome", "told")).expect(204);
        assertEquals(List.of(), waits("i-v"));
        assertEquals(2, acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select count(*) as shown from waymark.timeline_entry t join waymark.person p on p.id = any (t.shown_to)
             where p.source_person_id = 'i-v'""", r -> r.getInt("shown"))).orElseThrow());
    }
}
