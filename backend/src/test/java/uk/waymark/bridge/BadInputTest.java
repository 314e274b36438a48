package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.platform.MachineClock;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Bad input of court dates, by every way in: taken as far as it is right, and what was not is named by where it stands. */
class BadInputTest extends CourtListTest {
    private static final int HUGE = 800_000;
    /** What one request of that size may allocate: some copies of it, and nothing that grows faster than it does. */
    private static final long BOUND = 400_000_000;
    /** What makes a careless pattern try everything again from each letter on. */
    private static final String TRIALS = "trial ".repeat(HUGE / 6);
    private static final String LETTERS = "T".repeat(HUGE);

    @BeforeAll
    void courts() {
        var done = new ForceSetUp(waymark.settings(), new MachineClock(clocks.machineTime())).add("""
            code: northmoor
            name: {en: Northmoor Police, cy: Heddlu Northmoor}
            courts:
              - ou_code: C99NM00
                name: {en: Northmoor Crown Court, cy: Llys y Goron Northmoor}
            """);
        assertTrue(done instanceof ForceSetUp.Done, done.toString());
    }

    private Api system() {
        return api().as(systemToken("northmoor"));
    }

    /** Of what nothing grows with but the size of the body. */
    private static Answer bounded(Supplier<Answer> request) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        Answer answer = request.get();
        long allocated = threads.getTotalThreadAllocatedBytes() - before;
        assertTrue(allocated < BOUND, () -> allocated + " bytes");
        assertTrue(answer.text().length() < 100_000, "nothing of it is sent back");
        return answer;
    }

    @Test
    void aHugeHearingOfACrownCourtsListIsTakenAsFarAsItIsRight() {
        Crime crime = crime("HUGE1");
        String list = Lists.of("crown_daily", crime.urn, day(9), now()).with("ID", "huge").text()
            .replace("Trial (Part Heard)", TRIALS).replace("Zyxwvut note", LETTERS);
        Answer answer = bounded(() -> post(list).expect(200));
        assertEquals("1 0 0 0", counts(answer.body()), answer.text());
        assertEquals("hearing_listed " + day(9) + " 10:00 Northmoor Crown Court trial", crime.newest());
        assertEquals(1, answer.body().path("not_placed").asInt());
        assertEquals("/DailyList/CourtLists/0/Sittings/0/Hearings/2", answer.at("/not_taken/0/pointer"));
        assertEquals("names no URN that can be read", answer.at("/not_taken/0/reason"));
    }

    @Test
    void aHugeHearingOfAMagistratesListIsNamedByWhereItStands() {
        Crime crime = crime("HUGE2");
        Lists list = Lists.of("magistrates_standard", crime.urn, day(9), now());
        String text = list.text().replace(list.values().get("LATER_UTC"), LETTERS).replace("Courtroom 3", TRIALS);
        Answer answer = bounded(() -> post(text).expect(200));
        assertEquals("1 0 0 0", counts(answer.body()), answer.text());
        String sitting = "/courtLists/0/courtHouse/courtRoom/0/session/0/sittings/1/hearing/";
        assertEquals(List.of(sitting + "0/case/0", sitting + "1/case/0", sitting + "1/case/1"), answer.body().path("not_taken")
            .findValuesAsText("pointer"));
        assertEquals("has no day that can be read", answer.at("/not_taken/0/reason"));
        assertEquals(60, crime.entries().getFirst().at("/hearing/court/room").asText().length());
    }

    @Test
    void aHugeListingEventIsTakenAsFarAsItIsRight() {
        Crime crime = crime("HUGE3");
        LocalDate day = day(9);
        String long49 = "k".repeat(49_000);
        String deep = ("{\"" + long49 + "\": ").repeat(6) + "[" + "0,".repeat(100_000) + "{\"category\": \"Guilty\", \"categoryType\": "
            + "\"NOT_GUILTY\"}]" + "}".repeat(6);
        for (String more : List.of("\"remarks\": \"" + LETTERS + "\"", "\"remarks\": " + deep)) {
            String text = """
                {"confirmedHearing": {"id": "huge-%d", "type": {"description": "%s"}, "courtCentre": {"code": "C99NM00", "name": "%s",
                  "roomName": "%s"}, "hearingDays": [{"sittingDay": "%sT09:00:00Z"}, {"sittingDay": "%s"}],
                  "prosecutionCases": [{"caseUrn": "%s"}, {"caseURN": "%s"}]}, %s}"""
                .formatted(more.length(), TRIALS.substring(0, 200_000), LETTERS.substring(0, 100_000), LETTERS.substring(0, 100_000), day,
                    LETTERS.substring(0, 300_000), crime.urn, LETTERS.substring(0, 100_000), more);
            Answer answer = bounded(() -> system().post("/v1/bridge/listing-events", text).expect(200));
            assertEquals("accepted", answer.at("/results/0/status"), answer.text());
            List<String> missed = answer.body().findValuesAsText("pointer");
            assertTrue(missed.containsAll(List.of("/confirmedHearing/courtCentre/name", "/confirmedHearing/courtCentre/roomName",
                "/confirmedHearing/hearingDays/1/sittingDay", "/confirmedHearing/prosecutionCases/1")), missed.toString());
            assertEquals(more.contains("category"), answer.text().contains("contradict"), "named by the beginning of where it stands");
        }
        assertTrue(crime.newest().contains(day + " 10:00") || crime.newest().contains(day + " 09:00"), crime.newest());
    }

    @Test
    void aHearingOfThousandsOfDaysIsReadAsFarAsOneCanHaveThem() {
        Crime crime = crime("HUGE4");
        LocalDate day = day(9);
        String one = "{\"sittingDay\": \"" + day + "T09:00:00Z\"},";
        String cancelled = "{\"sittingDay\": \"" + day.plusDays(1) + "T09:00:00Z\", \"isCancelled\": true},";
        String text = "{\"hearing\": {\"hearingId\": \"days\", \"caseUrns\": [{\"caseUrn\": \"" + crime.urn + "\"}], \"hearingDays\": ["
            + one.repeat(9_000) + cancelled.repeat(9_000) + one.substring(0, one.length() - 1) + "]}}";
        Answer answer = bounded(() -> system().post("/v1/bridge/listing-events", text).expect(200));
        assertEquals("accepted", answer.at("/results/0/status"), answer.text());
        assertEquals("/hearing/hearingDays/500", answer.at("/results/0/not_taken/0/pointer"));
    }

    @Test
    void aHugeEventOfTheForceIsRefusedAndTheOthersCount() {
        report("northmoor", recorded("huge-5", "CL/HUGE5", at(-90), victim("huge-5", "+447700900290")));
        Map<String, Object> huge = event("huge-5h", "CL/HUGE5", at(-80), "hearing_listed", Map.of("hearing_id", "h5", "kind", "trial",
            "starts_at", at(60_000), "court", Map.of("name", LETTERS), "required", List.of()));
        Map<String, Object> good = event("huge-5g", "CL/HUGE5", at(-79), "hearing_listed", Map.of("hearing_id", "h6", "kind", "trial",
            "starts_at", at(60_000), "court", Map.of("name", "Northmoor\r\nCrown Court"), "required", List.of()));
        Answer answer = bounded(() -> system().post("/v1/bridge/events", batch(huge, good)).expect(200));
        assertEquals("refused", answer.at("/results/0/status"), answer.text());
        assertTrue(answer.at("/results/0/detail").contains("court/name"), answer.text());
        assertEquals("accepted", answer.at("/results/1/status"), answer.text());
    }

    @Test
    void aHugeFieldOfASpreadsheetIsNamedByItsLine() {
        crime("HUGE6");
        String text = "urn,hearing_id,kind,date,time,court,room,,\r\n"
            + "HUGE6,A,Trial," + day(9) + ",10:00," + LETTERS + ",1,,\r\n"
            + "HUGE6,B,Trial," + day(9) + ",10:00,\"Greenhill\r\nHouse \u2013 Annexe\",1,,\r\n"
            + "HUGE6,C,Trial," + day(9).plusDays(1) + ",10:00," + "x".repeat(200) + ",1,,\r\n,,,,,,,,\r\n";
        Answer answer = bounded(() -> system().send("POST", "/v1/bridge/hearings?source=sheet", "text/csv",
            text.getBytes(Charset.forName("windows-1252"))).expect(200));
        JsonNode results = answer.body().path("results");
        assertEquals(3, results.size(), answer.text());
        assertEquals("bad_row", results.get(0).path("reason").asText());
        assertTrue(results.get(0).path("detail").asText().contains("longer than 10000 characters"), answer.text());
        assertEquals("accepted", results.get(1).path("status").asText());
        assertEquals(3, results.get(1).path("line").asInt());
        assertEquals("in_part", results.get(2).path("reason").asText());
        assertEquals(5, results.get(2).path("line").asInt(), "a line break inside a field is none of a row");
        String staffs = api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/hearings?limit=100").expect(200).text();
        assertTrue(staffs.contains("Greenhill House \u2013 Annexe"), staffs);
    }

    @Test
    void whatIsLargerThanIsTakenSaysHowLargeItMayBe() {
        byte[] nine = new byte[9_000_000];
        for (String[] way : new String[][] {{"/v1/bridge/court-lists", "application/json"}, {"/v1/bridge/listing-events", "application/json"},
            {"/v1/bridge/events", "application/json"}, {"/v1/bridge/hearings?source=sheet", "text/csv"}}) {
            Answer refused = system().send("POST", way[0], way[1], nine).expect(413);
            assertEquals("urn:waymark:problem:too-large", refused.at("/type"));
            assertTrue(refused.at("/detail").contains("8 MB"), refused.text());
        }
        assertTrue(api().as(staffToken("supervisor", "northmoor")).send("POST", "/v1/staff/reminder-runs", "text/csv", nine).expect(413)
            .at("/detail").contains("8 MB"));
    }

    @Test
    void aListOfACourtThatNobodyHasDescribedIsAPersonsTask() {
        Crime crime = crime("NOCOURT1");
        take(Lists.of("crown_firm", crime.urn, day(10), now()).with("ID", "nocourt").with("COURT", "GREYWATER\\nBRIDGE"));
        assertEquals("hearing_listed " + day(10) + " 10:00 Greywater Bridge Crown Court trial_without_witnesses", crime.newest());
        var unknown = new ArrayList<String>();
        api().as(staffToken("supervisor", "northmoor")).get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(i -> {
            if ("court_unknown".equals(i.path("kind").asText())) {
                unknown.add(i.path("detail").asText());
            }
        });
        assertEquals(1, unknown.stream().filter(d -> d.contains("Greywater Bridge Crown Court")).count(), unknown.toString());
        JsonNode dates = api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/hearings?limit=100").expect(200).body().path("items");
        for (JsonNode date : dates) {
            if ("Greywater Bridge Crown Court".equals(date.at("/court/name").asText())) {
                assertTrue(date.path("list_only").asBoolean() && !date.path("court_known").asBoolean() && !date.path("quiet").asBoolean(),
                    date.toString());
            }
        }
    }

    @Test
    void aUrnIsReadHoweverItsFieldIsSpeltAndContradictionsAreNamed() {
        Crime one = crime("62GD9999991");
        Crime other = crime("62GD9999992");
        String verdict = "\"defendants\": [{\"offences\": [{\"verdict\": {\"verdictType\": {\"category\": \"Guilty\", \"categoryType\": "
            + "\"NOT_GUILTY\"}}}]}]";
        String text = ("{\"hearing\": {\"id\": \"both\", \"type\": {\"description\": \"Sentence\"}, \"courtCentre\": {\"name\": "
            + "\"Northmoor\\r\\nCrown Court\"}, \"hearingDays\": [{\"sittingDay\": \"" + day(11) + "T10:00:00\"}], \"prosecutionCases\": ["
            + "{\"caseUrn\": \"62gd 9999991\", " + verdict + "}, {\"prosecutionCaseIdentifier\": {\"caseURN\": \"62GD/9999992\"}}, {}]}}");
        JsonNode result = system().post("/v1/bridge/listing-events", text).expect(200).body().at("/results/0");
        assertEquals("accepted", result.path("status").asText(), result.toString());
        assertEquals(2, result.path("cases").asInt());
        assertEquals(List.of("/hearing/prosecutionCases/2",
            "/hearing/prosecutionCases/0/defendants/0/offences/0/verdict/verdictType"), result.findValuesAsText("pointer"));
        for (Crime crime : List.of(one, other)) {
            assertEquals("hearing_listed " + day(11) + " 10:00 Northmoor Crown Court sentence", crime.newest());
        }
        assertFalse(result.toString().contains("Guilty"), "rules are named, never values");
    }
}
