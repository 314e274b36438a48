package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.forces.ForceSetUp;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Court dates from wherever they come: read in the app and by staff, quiet where that is right, and a person asked where it is not. */
class CourtDatesTest extends WaymarkTest {
    private static final Charset SPREADSHEET = Charset.forName("windows-1252");
    private LocalDate day;
    private int cases;

    @BeforeAll
    void courts() {
        day = LocalDate.ofInstant(bean(CaseClock.class).instant(), WorkingDays.LONDON).plusDays(40);
        var done = new ForceSetUp(waymark.settings(), new MachineClock(clocks.machineTime())).add("""
            code: northmoor
            name: {en: Northmoor Police, cy: Heddlu Northmoor}
            courts:
              - ou_code: C99NM00
                name: {en: Northmoor Crown Court, cy: Llys y Goron Northmoor}
                also: [NORTHMOOR CC]
                address: 1 Assize Street
                entrance: {en: The door in Mill Lane., cy: Y drws yn Mill Lane.}
                map: https://maps.example/nm
                travel: {en: Bus 4 stops outside., cy: Mae bws 4 yn stopio y tu allan.}
            """);
        assertTrue(done instanceof ForceSetUp.Done, done.toString());
    }

    @Test
    void aPersonReadsTheirDatesWithWhatIsKnownOfTheCourt() {
        String reference = crime();
        listed(reference, "h", "trial", day, "C99NM00", "Northmoor Crown Court", List.of("v" + cases), null);
        listed(reference, "x", "trial_without_witnesses", day.plusDays(7), null, "Northmoor CC", List.of(), null);
        String token = SignUp.person(this, "v" + cases);
        String path = "/v1/me/cases/" + caseId(reference) + "/hearings";
        JsonNode items = api().as(token).get(path).expect(200).body().path("items");
        assertEquals(2, items.size());
        JsonNode trial = items.get(0);
        assertTrue(trial.path("required").asBoolean());
        assertEquals("You need to be there. If you cannot come, tell us as soon as you can.", trial.path("required_words").asText());
        assertEquals("1 Assize Street", trial.at("/court/address").asText());
        assertEquals("The door in Mill Lane.", trial.at("/court/entrance").asText());
        assertEquals("https://maps.example/nm", trial.at("/court/map").asText());
        assertEquals("Bus 4 stops outside.", trial.at("/court/travel").asText());
        assertEquals("10:00", trial.path("local_time").asText());
        JsonNode without = items.get(1);
        assertFalse(without.path("required").asBoolean());
        assertEquals("Northmoor Crown Court", without.at("/court/name").asText());
        assertEquals("You do not need to be there.", without.path("required_words").asText());
        assertFalse(without.toString().contains("may be asked"));
        JsonNode welsh = api().as(token).with("Accept-Language", "cy").get(path).expect(200).body().path("items").get(0);
        assertEquals("Llys y Goron Northmoor", welsh.at("/court/name").asText());
        assertEquals("Y drws yn Mill Lane.", welsh.at("/court/entrance").asText());
        assertEquals("Mae bws 4 yn stopio y tu allan.", welsh.at("/court/travel").asText());
        assertEquals(404, api().as(token).get("/v1/me/cases/" + UUID.randomUUID() + "/hearings").status());
    }

    @Test
    void welshTextsNameTheCourtInWelshWhereTheNameStandsBehindYn() {
        acting().as(worker("northmoor"), c -> {
            var welsh = bean(WelshCourts.class);
            assertEquals("Llys y Goron Northmoor", welsh.name(c, force("northmoor"), null, "NORTHMOOR CC"));
            assertEquals("York Crown Court", welsh.name(c, force("northmoor"), null, "York Crown Court"), "as its source wrote it");
            return null;
        });
        assertFalse(WelshCourts.standsBehindYn("Canolfan Gyfiawnder"), "it would be 'yng Nghanolfan'");
        String reference = crime();
        listed(reference, "h", "trial", day, "C99NM00", "Northmoor Crown Court", List.of(), null);
        CourtHearing hearing = acting().as(worker("northmoor"), c -> bean(HearingStore.class).one(c, UUID.fromString(
            staffDates(reference).getFirst().path("id").asText()))).orElseThrow();
        var said = ReminderWords.of(List.of(hearing), ReminderPlan.Words.DETAILS, true, "Llys y Goron Northmoor",
            bean(CaseClock.class).instant());
        assertEquals("Llys y Goron Northmoor", said.fields().get("court_cy"));
        assertEquals("Northmoor Crown Court", said.fields().get("court_en"));
        Map<String, String> elsewhere = acting().as(worker("northmoor"), c -> bean(OtherCourt.class).fields(c, force("northmoor"), OtherCourt.THERE,
            hearing, bean(CaseClock.class).instant()));
        assertEquals("Llys y Goron Northmoor", elsewhere.get("court_cy"), "where it has moved to another court as well");
        assertEquals("Northmoor Crown Court", elsewhere.get("court_en"));
    }

    @Test
    void anUnknownCourtIsAPersonsTaskOnceAndNothingIsGuessed() {
        String reference = crime();
        listed(reference, "h", "trial", day, "B05KP00", "Liverpool Crown Court", List.of(), null);
        listed(reference, "i", "trial", day.plusDays(1), "B05KP00", "Liverpool Crown Court", List.of(), null);
        assertEquals(1, items("court_unknown").stream().filter(i -> i.path("detail").asText().contains("B05KP00")).count());
        JsonNode shown = staffDates(reference).getFirst();
        assertFalse(shown.path("court_known").asBoolean());
        assertEquals("Liverpool Crown Court", shown.at("/court/name").asText());
        assertTrue(shown.at("/court/entrance").isMissingNode());
        // the code of one court beside the name of another is neither's
        listed(reference, "j", "trial", day.plusDays(2), "C98XX00", "Northmoor Crown Court", List.of(), null);
        assertFalse(staffDates(reference).getLast().path("court_known").asBoolean());
    }

    @Test
    void listingEventsBecomeDatesAndSayWhatWasNotTaken() {
        String reference = crime("62GD946132" + cases);
        String urn = "62GD946132" + (cases - 1);
        String hearing = UUID.randomUUID().toString();
        Api system = api().as(systemToken("northmoor"));
        String confirmed = """
            {"confirmedHearing": {"id": "%s", "type": {"description": "Trial"}, "courtCentre": {"code": "C99NM00",
              "name": "Northmoor\\nCrown Court", "roomName": "Courtroom 2"},
              "hearingDays": [{"sittingDay": "%sT09:00:00.000Z"}, {"sittingDay": "soon"}],
              "prosecutionCases": [{"prosecutionCaseIdentifier": {"caseURN": "%s"}, "defendants": [{"firstName": "Somebody",
                "offences": [{"verdict": {"verdictType": {"category": "Guilty", "categoryType": "NOT_GUILTY"}}}]}]}, {"caseUrn": "99ZZ0000000"}]}}"""
            .formatted(hearing, day, urn);
        JsonNode result = system.post("/v1/bridge/listing-events", confirmed).expect(200).body().path("results").get(0);
        assertEquals("accepted", result.path("status").asText(), result.toString());
        assertEquals(1, result.path("cases").asInt());
        List<String> missed = result.findValuesAsText("pointer");
        assertTrue(missed.contains("/confirmedHearing/hearingDays/1/sittingDay"), missed.toString());
        assertTrue(missed.stream().anyMatch(p -> p.endsWith("/verdict/verdictType")), missed.toString());
        assertEquals("duplicate", system.post("/v1/bridge/listing-events", confirmed).expect(200).at("/results/0/status"));
        JsonNode shown = staffDates(reference).getFirst();
        assertEquals("trial", shown.path("kind").asText());
        assertEquals(day.toString(), shown.path("local_date").asText());
        assertEquals("Northmoor Crown Court", shown.at("/court/name").asText());

        system.post("/v1/bridge/listing-events", "{\"hearingId\": \"" + hearing + "\", \"hearingDays\": [{\"sittingDay\": \"" + day
            + "T09:00:00Z\", \"isCancelled\": true}, {\"sittingDay\": \"" + day.plusDays(1) + "T09:00:00Z\", \"isCancelled\": false}]}")
            .expect(200);
        assertEquals(day.plusDays(1).toString(), staffDates(reference).getFirst().path("local_date").asText());
        String vacated = "{\"hearingId\": \"" + hearing + "\", \"vacatedTrialReasonId\": \"x\", \"caseDetails\": [{\"caseUrn\": \"" + urn + "\"}]}";
        assertEquals("accepted", system.post("/v1/bridge/listing-events", vacated).expect(200).at("/results/0/status"));
        JsonNode off = staffDates(reference).getFirst();
        assertEquals("vacated", off.path("state").asText());

        // an event of before comes once more, and one that names a room alone: nobody is called to what is off
        String old = "{\"hearingId\": \"" + hearing + "\", \"hearingType\": \"Trial\", \"caseUrns\": [{\"caseURN\": \"" + urn + "\"}]}";
        assertEquals("duplicate", system.post("/v1/bridge/listing-events", old).expect(200).at("/results/0/status"));
        String room = "{\"updatedHearing\": {\"id\": \"" + hearing + "\", \"courtCentre\": {\"code\": \"C99NM00\", "
            + "\"name\": \"Northmoor Crown Court\", \"roomName\": \"Courtroom 5\"}}}";
        system.post("/v1/bridge/listing-events", room).expect(200);
        assertEquals("duplicate", system.post("/v1/bridge/listing-events", room).expect(200).at("/results/0/status"));
        assertEquals(off, staffDates(reference).getFirst(), "as it was");
        system.post("/v1/bridge/listing-events", "{\"updatedHearing\": {\"id\": \"" + hearing + "\", \"hearingDays\": [{\"sittingDay\": \""
            + day.plusDays(3) + "T09:00:00Z\"}]}}").expect(200);
        JsonNode again = staffDates(reference).getFirst();
        assertEquals("listed " + day.plusDays(3), again.path("state").asText() + ' ' + again.path("local_date").asText());
        assertEquals("Courtroom 5", again.at("/court/room").asText(), "what was said meanwhile is not lost");

        // two days, all of it called off: neither that one of them is off nor the week that it was in brings the other back
        String days = "{\"updatedHearing\": {\"id\": \"" + hearing + "\", \"hearingDays\": [%s]}}";
        String third = "{\"sittingDay\": \"" + day.plusDays(3) + "T09:00:00Z\"%s}";
        system.post("/v1/bridge/listing-events", days.formatted(third.formatted("") + ", {\"sittingDay\": \"" + day.plusDays(4)
            + "T09:00:00Z\"}")).expect(200);
        system.post("/v1/bridge/listing-events", vacated).expect(200);
        assertEquals("vacated", staffDates(reference).getFirst().path("state").asText());
        system.post("/v1/bridge/listing-events", days.formatted(third.formatted(", \"isCancelled\": true"))).expect(200);
        assertEquals("vacated", staffDates(reference).getFirst().path("state").asText(), "one of its days is off as well");
        String other = UUID.randomUUID().toString();
        system.post("/v1/bridge/listing-events", "{\"hearingId\": \"" + other + "\", \"vacatedTrialReasonId\": \"x\", "
            + "\"hearingDateTime\": \"" + day.plusDays(30) + "T09:00:00Z\", \"caseDetails\": [{\"caseUrn\": \"" + urn + "\"}]}").expect(200);
        system.post("/v1/bridge/listing-events", "{\"hearingId\": \"" + other + "\", \"hearingType\": \"Trial\", \"weekCommencingStartDate\": \""
            + day.plusDays(30).with(java.time.DayOfWeek.MONDAY) + "\", \"caseUrns\": [{\"caseURN\": \"" + urn + "\"}]}").expect(200);
        assertTrue(staffDates(reference).stream().noneMatch(d -> d.path("state").asText().equals("listed")), "the week of a day that is off");
    }

    @Test
    void aDayThatIsCalledOffWhereOnlyTheWeekWasKnownEndsNoWeek() {
        String urn = "62GD95%05d".formatted(cases);
        String reference = crime(urn);
        String hearing = UUID.randomUUID().toString();
        Api system = api().as(systemToken("northmoor"));
        LocalDate monday = day.plusWeeks(2).with(java.time.DayOfWeek.MONDAY);
        String listed = """
            {"hearingId": "%s", "type": {"description": "Trial"}, "weekCommencingStartDate": "%s",
             "courtCentre": {"code": "C99NM00", "name": "Northmoor Crown Court"}, "caseUrns": [{"caseURN": "%s"}]}""";
        JsonNode week = system.post("/v1/bridge/listing-events", listed.formatted(hearing, monday, urn)).expect(200).body();
        assertEquals("accepted", week.at("/results/0/status").asText(), week::toString);
        assertEquals("listed", staffDates(reference).getFirst().path("state").asText());
        system.post("/v1/bridge/listing-events", """
            {"hearingId": "%s", "hearingDays": [{"sittingDay": "%sT09:00:00Z", "isCancelled": true}], "caseUrns": [{"caseURN": "%s"}]}"""
            .formatted(hearing, monday.plusDays(2), urn)).expect(200);
        JsonNode stands = staffDates(reference).getFirst();
        assertEquals("listed " + monday, stands.path("state").asText() + ' ' + stands.path("week_commencing").asText());
        system.post("/v1/bridge/listing-events", "{\"hearingId\": \"" + hearing + "\", \"vacatedTrialReasonId\": \"x\", "
            + "\"caseDetails\": [{\"caseUrn\": \"" + urn + "\"}]}").expect(200);
        assertEquals("duplicate", system.post("/v1/bridge/listing-events", listed.formatted(hearing, monday, urn)).expect(200)
            .at("/results/0/status"), "the week that it was in");
        assertEquals("vacated", staffDates(reference).getFirst().path("state").asText());
        system.post("/v1/bridge/listing-events", listed.formatted(hearing, monday.plusWeeks(1), urn)).expect(200);
        JsonNode later = staffDates(reference).getFirst();
        assertEquals("listed " + monday.plusWeeks(1), later.path("state").asText() + ' ' + later.path("week_commencing").asText());
    }

    @Test
    void aListingEventOfNoKnownUrnIsKeptForStaffWithoutItsDefendants() {
        String body = "{\"events\": [{\"hearingId\": \"nobody-1\", \"hearingType\": \"Trial\", \"caseUrns\": [{\"caseURN\": \"77XX1234567\"}],"
            + "\"defendants\": [{\"name\": \"Somebody Else\"}]}, {\"what\": 1}]}";
        JsonNode results = api().as(systemToken("northmoor")).post("/v1/bridge/listing-events", body).expect(200).body().path("results");
        assertEquals("unknown_urn", results.get(0).path("reason").asText());
        assertEquals("unknown_event", results.get(1).path("reason").asText());
        String kept = api().as(staffToken("supervisor", "northmoor")).get("/v1/staff/quarantine").expect(200).text();
        assertTrue(kept.contains("nobody-1"));
        JsonNode item = api().as(staffToken("supervisor", "northmoor")).get("/v1/staff/quarantine").expect(200).body().path("items").get(0);
        assertEquals("unknown_urn", api().as(staffToken("supervisor", "northmoor"))
            .post("/v1/staff/quarantine/" + item.path("id").asText() + "/replay", "").expect(200).at("/reason"));
        assertEquals(400, api().as(systemToken("northmoor")).post("/v1/bridge/listing-events", "{\"a\": 1 \"b\": 2}").status());
    }

    @Test
    void aSpreadsheetBecomesDatesRowByRow() {
        String reference = crime();
        String text = "crime_reference,hearing_id,kind,date,time,court,room,required,remarks,,\r\n"
            + reference + ",C1,Trial,%s,10.30,Northmoor Crown Court,2,v%d;nobody,\u2013 note,,\r\n".formatted(uk(day), cases)
            + reference + ",C2,Trial,31/02/2027,10:00,Northmoor Crown Court,2,,,,\r\n"
            + "NM/NOT/ONE,C3,Trial,%s,10:00,Northmoor Crown Court,2,,,,\r\n".formatted(uk(day));
        JsonNode answer = csv(text).expect(200).body();
        assertEquals(1, answer.path("accepted").asInt(), answer.toString());
        assertEquals(2, answer.path("refused").asInt());
        assertEquals("remarks", answer.at("/ignored_columns/0").asText());
        assertEquals("in_part", answer.at("/results/0/reason").asText());
        assertEquals("bad_date", answer.at("/results/1/reason").asText());
        assertEquals(4, answer.at("/results/2/line").asInt());
        JsonNode shown = staffDates(reference).getFirst();
        assertEquals("10:30", shown.path("local_time").asText());
        assertEquals(0, shown.path("required").asInt(), "one of them is not known: all of it is left out");
        assertEquals(1, csv(text).expect(200).body().path("duplicate").asInt());
        JsonNode one = api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/hearings/" + shown.path("id").asText()).expect(200)
            .body();
        assertFalse(one.path("people").isMissingNode());
        assertTrue(one.path("said_at").asText().endsWith("Z"));
    }

    @Test
    void aRowThatIsPartlyWrongTakesNothingBack() {
        String reference = crime();
        String head = "crime_reference,hearing_id,kind,date,time,court,required\n" + reference + ",T1,trial," + uk(day);
        csv(head + ",2.15 p.m.,Northmoor Crown Court,v" + cases + "\n").expect(200);
        assertEquals("14:15", staffDates(reference).getFirst().path("local_time").asText());
        assertEquals("in_part", csv(head + ",after lunch,Northmoor Crown Court,v" + cases + ";nobody\n").expect(200).at("/results/0/reason"));
        JsonNode shown = staffDates(reference).getFirst();
        assertEquals("14:15", shown.path("local_time").asText());
        assertEquals(1, shown.path("required").asInt());
    }

    @Test
    void aRowThatNamesNobodyTakesTheLastOneOff() {
        String reference = crime();
        String row = "crime_reference,hearing_id,kind,date,time,court,required\n" + reference + ",N1,trial," + uk(day)
            + ",10:00,Northmoor Crown Court,";
        csv(row + "v" + cases + "\n").expect(200);
        csv(row + "\n").expect(200);
        assertEquals(1, staffDates(reference).getFirst().path("required").asInt(), "an empty field says nothing of it");
        assertEquals("accepted", csv(row + " Nobody\n").expect(200).at("/results/0/status"));
        assertEquals(0, staffDates(reference).getFirst().path("required").asInt());
        assertEquals("duplicate", csv(row + "nobody\n").expect(200).at("/results/0/status"));
        csv(row + "v" + cases + "\n").expect(200);
        assertEquals(1, staffDates(reference).getFirst().path("required").asInt());
    }

    @Test
    void aRowWithoutAnIdMovesNoDateAndSaysSo() {
        String reference = crime();
        String head = "crime_reference,kind,date,time,court,state\n" + reference + ",trial,";
        csv(head + uk(day) + ",10:00,Northmoor Crown Court,\n").expect(200);
        Answer moved = csv(head + uk(day.plusDays(7)) + ",10:00,Northmoor Crown Court,\n").expect(200);
        assertEquals("other_date_stands", moved.at("/results/0/reason"));
        assertEquals("accepted", moved.at("/results/0/status"));
        assertEquals(1, ofCase("hearing_unconfirmed", reference).size());
        csv(head + uk(day) + ",,,vacated\n").expect(200);
        assertEquals("vacated", staffDates(reference).getFirst().path("state").asText());
        assertEquals(0, ofCase("hearing_unconfirmed", reference).size());
        Answer both = csv(head + uk(day.plusDays(7)) + ",10:00,Northmoor Crown Court,\n" + reference + ",trial," + uk(day.plusDays(9))
            + ",10:00,Northmoor Crown Court,\n").expect(200);
        assertFalse(both.text().contains("other_date_stands"), both.text());
        assertEquals("unknown_hearing", csv(head + uk(day.plusDays(20)) + ",,,vacated\n").expect(200).at("/results/0/reason"));
    }

    @Test
    void whatASourceWantsKeptQuietIsForTheUnitToDecideWhereItMatters() {
        String reference = crime();
        listed(reference, "h", "trial", day, "C99NM00", "Northmoor Crown Court", List.of("v" + cases), null);
        SignUp.person(this, "v" + cases);
        clocks.advanceCase(Duration.ofHours(15));
        SignUp.drain(this);
        int before = phone().size();
        changed(reference, "b", Map.of("hearing_id", reference + "h", "starts_at", ten(day), "notify", false));
        assertEquals(0, ofCase("quiet_change", reference).size(), "nothing that matters changed");
        changed(reference, "c", Map.of("hearing_id", reference + "h", "starts_at", ten(day.plusDays(3)), "notify", false));
        SignUp.drain(this);
        assertEquals(before, phone().size(), "nobody is told by itself");
        assertEquals("quiet_change", api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/hearings/"
            + staffDates(reference).getFirst().path("id").asText() + "/people").expect(200).at("/items/0/next/item_kind"));
        List<JsonNode> items = ofCase("quiet_change", reference);
        assertEquals(1, items.size());
        assertTrue(Instant.parse(items.getFirst().path("due_at").asText()).isAfter(bean(CaseClock.class).instant()));
        JsonNode quiet = dates(reference, "&quiet=true").getFirst();
        assertTrue(quiet.path("quiet").asBoolean() && quiet.path("court_known").asBoolean() && !quiet.path("list_only").asBoolean(),
            quiet.toString());
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        String item = "/v1/staff/queue/" + items.getFirst().path("id").asText() + "/completion";
        assertEquals(422, staff.post(item, Map.of("outcome", "done")).status());
        staff.post(item, Map.of("outcome", "tell")).expect(204);
        clocks.advanceCase(Duration.ofHours(15));
        SignUp.drain(this);
        assertEquals(before + 1, phone().size(), "told once");
        assertTrue(dates(reference, "&quiet=true").isEmpty());
    }

    @Test
    void pagesAreInOrderAndOtherForcesSeeNothing() {
        String reference = crime();
        for (int i = 0; i < 3; i++) {
            listed(reference, "p" + i, "sentence", day.plusDays(100 - i), "C99NM00", "Northmoor Crown Court", List.of(), null);
        }
        Api staff = api().as(staffToken("witness_care", "northmoor"));
        String path = "/v1/staff/hearings?limit=2&unit=wcu&from=" + day.plusDays(98);
        JsonNode first = staff.get(path).expect(200).body();
        assertEquals(day.plusDays(98).toString(), first.at("/items/0/local_date").asText());
        JsonNode second = staff.get(path + "&cursor=" + first.path("next_cursor").asText()).expect(200).body();
        assertEquals(day.plusDays(100).toString(), second.at("/items/0/local_date").asText());
        assertTrue(second.path("next_cursor").isNull());
        String id = first.at("/items/0/id").asText();
        Api other = api().as(staffToken("witness_care", "glanafon"));
        assertEquals(404, other.get("/v1/staff/hearings/" + id).status());
        assertTrue(other.get(path).expect(200).body().path("items").isEmpty());
    }

    private Answer csv(String text) {
        return api().as(systemToken("northmoor")).send("POST", "/v1/bridge/hearings?source=rms", "text/csv", text.getBytes(SPREADSHEET));
    }

    private static String ten(LocalDate on) {
        return on.atTime(10, 0).atZone(WorkingDays.LONDON).toInstant().toString();
    }

    private static String uk(LocalDate day) {
        return "%02d/%02d/%d".formatted(day.getDayOfMonth(), day.getMonthValue(), day.getYear());
    }

    private List<JsonNode> phone() {
        return list(messages("+4477009004" + (10 + cases)).body().path("items"));
    }

    private List<JsonNode> items(String kind) {
        return list(api().as(staffToken("supervisor", "northmoor")).get("/v1/staff/queue?limit=100").expect(200).body().path("items")).stream()
            .filter(i -> kind.equals(i.path("kind").asText())).toList();
    }

    private List<JsonNode> ofCase(String kind, String reference) {
        return items(kind).stream().filter(i -> i.path("case_id").asText().equals(caseId(reference))).toList();
    }

    private List<JsonNode> staffDates(String reference) {
        return dates(reference, "");
    }

    private List<JsonNode> dates(String reference, String filter) {
        return list(api().as(staffToken("witness_care", "northmoor")).get("/v1/staff/hearings?limit=100" + filter).expect(200).body()
            .path("items")).stream().filter(i -> i.path("crime_reference").asText().equals(reference)).toList();
    }

    private static List<JsonNode> list(JsonNode items) {
        var list = new java.util.ArrayList<JsonNode>();
        items.forEach(list::add);
        return list;
    }

    private String caseId(String reference) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.case_file where crime_reference = ?",
            r -> r.getString("id"), reference)).orElseThrow();
    }

    private String crime(String... urns) {
        String reference = "NM/DATES/" + ++cases;
        report(recorded(reference, reference, at(-600), victim("v" + cases, "+4477009004" + (10 + cases))));
        if (urns.length > 0) {
            report(event(reference + "urn", reference, at(-590), "urn_assigned", Map.of("urns", List.of(urns))));
        }
        return reference;
    }

    private void listed(String reference, String hearing, String kind, LocalDate on, String code, String court, List<String> required,
                        Boolean notify) {
        var at = new java.util.HashMap<String, Object>(Map.of("name", court));
        if (code != null) {
            at.put("ou_code", code);
        }
        report(event(reference + hearing, reference, at(-500), "hearing_listed", Map.of("hearing_id", reference + hearing, "kind", kind,
            "starts_at", ten(on), "court", at, "required", required,
            "notify", notify == null || notify)));
    }

    private void changed(String reference, String id, Map<String, Object> data) {
        report(event(reference + id, reference, at(-100 + id.charAt(0) - 'a'), "hearing_changed", data));
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plus(Duration.ofMinutes(minutes)).toString();
    }

    private void report(Map<String, Object> event) {
        JsonNode answer = api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(event)).expect(200).body();
        assertEquals("accepted", answer.at("/results/0/status").asText(), answer.toString());
    }
}
