package uk.waymark.hearings.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.hearings.CourtDay;
import uk.waymark.hearings.HeldOut;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;

/** An experiment from its start to its report, as a supervisor, a witness care officer and an analyst see it. In order of case time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReminderTrialsTest extends CourtDay {
    private static final String TRIALS = "/v1/staff/reminder-trials";
    private static final int PEOPLE = 40;
    /** Who are never left without, of the same court date. */
    private static final int OWED = 6;
    private static String trial;
    private static UUID hearing;

    @BeforeEach
    void clockStarts() {
        if (trial == null) {
            clocks.caseTime().moveTo(LocalDateTime.parse("2027-05-20T09:00").atZone(WorkingDays.LONDON).toInstant());
        }
    }

    private Api supervisor() {
        return api().as(staffToken("supervisor", "northmoor"));
    }

    private static Map<String, Object> asked(String from, String to, int share, String approvedBy) {
        return Map.of("from", from, "to", to, "share_percent", share, "approved_by", approvedBy);
    }

    @Test
    @Order(1)
    void nothingIsHeldOutUnlessASupervisorHasStartedIt() {
        assertEquals(0, supervisor().get(TRIALS).expect(200).body().path("items").size(), "off by default");
        Map<String, Object> june = asked("2027-06-01", "2027-06-30", 50, "Head of the unit, 1 May");
        staff().post(TRIALS, june).expect(403);
        supervisor().post(TRIALS, asked("2027-06-01", "2027-06-30", 55, "Head of the unit")).expect(400);
        supervisor().post(TRIALS, asked("2027-06-01", "2027-05-30", 50, "Head of the unit")).expect(422);
        supervisor().post(TRIALS, asked("2027-05-01", "2027-06-30", 50, "Head of the unit")).expect(422);
        Answer started = supervisor().with("Idempotency-Key", "june").post(TRIALS, june).expect(201);
        trial = started.at("/id");
        assertEquals("planned", started.at("/state"));
        assertEquals(trial, supervisor().with("Idempotency-Key", "june").post(TRIALS, june).expect(201).at("/id"));
        assertEquals("trial-running", supervisor().post(TRIALS, june).expect(409).at("/type").replaceAll(".*[/:]", ""));
        Api elsewhere = api().as(staffToken("supervisor", "glanafon"));
        assertEquals(0, elsewhere.get(TRIALS).expect(200).body().path("items").size());
        elsewhere.post(TRIALS + '/' + trial + "/end", null).expect(404);
        elsewhere.get(TRIALS + '/' + trial + "/people").expect(404);
    }

    @Test
    @Order(2)
    void halfHaveNoExtraRemindersAndNobodyWhoIsOwedMore() {
        var people = new ArrayList<Map<String, Object>>();
        var ids = new ArrayList<String>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(person("lot-" + i, 300 + i, "standard"));
        }
        people.add(person("owed", 398, "enhanced"));
        var child = person("child", 399, "standard");
        child.put("date_of_birth", "2012-01-01");
        people.add(child);
        var bereaved = person("bereaved", 397, "standard");
        bereaved.put("role", "bereaved_relative");
        people.add(bereaved);
        var other = person("other-language", 396, "standard");
        other.put("language", "other");
        people.add(other);
        people.add(person("interpreted", 395, "standard"));
        people.add(person("interpreted-that-day", 394, "standard"));
        people.forEach(p -> ids.add((String) p.get("source_person_id")));
        report(event("NM/LOT", "NM/LOT", at(-60), "crime_recorded", new HashMap<>(Map.of("offence", Map.of("code", "1", "plain_words",
            "Theft"), "recorded_at", at(-60), "officer", Map.of("name", "DC Example", "collar_number", "1234", "team", "Central"),
            "flags", List.of(), "unit", Map.of("code", "wcu", "name", "Witness Care"), "urns", List.of(), "people", people))));
        report(event("NM/LOT-h", "NM/LOT", at(-50), "hearing_listed", Map.of("hearing_id", "NM/LOTh", "kind", "trial", "starts_at",
            "2027-06-08T10:00:00+01:00", "court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court"), "required", ids)));
        put("/v1/staff/people/" + id("interpreted") + "/contact-preferences", Map.of("language", "en", "discreet_mode", false, "channels",
            List.of(Map.of("channel", "sms")), "accessibility_needs", List.of("interpreter"), "interpreter_language", "pl", "reason",
            "They said so."));
        String caseId = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.case_file where crime_reference = 'NM/LOT'",
            r -> r.getString("id"))).orElseThrow();
        put("/v1/staff/people/" + id("interpreted-that-day") + "/needs", Map.of("case_id", caseId, "needs",
            Map.of("interpreter", Map.of("language", "pl")), "reason", "They said so."));
        Needed flagged = needed("domestic_abuse");
        hearing = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select h.id from waymark.hearing h join waymark.case_file f on f.id = h.case_id where f.crime_reference = 'NM/LOT'""",
            r -> Sql.uuid(r, "id"))).orElseThrow();
        to("2027-06-02T12:00");
        Answer page = staff().get(TRIALS + '/' + trial + "/people?limit=15").expect(200);
        Set<String> held = heldOut();
        assertEquals(PEOPLE / 2, held.size());
        assertTrue(page.body().path("next_cursor").isTextual());
        assertEquals("wcu", page.at("/items/0/unit"));
        assertEquals("trial", page.at("/items/0/kind"));
        assertEquals(held, told("skipped", "held_out"));
        assertEquals(PEOPLE, count("select count(*) from waymark.reminder_trial_arm"), "nobody else was drawn");
        assertEquals(0, count("select count(*) from waymark.reminder where reason = 'held_out' and person_id = '" + flagged.person() + "'"));
        // told of the date like anybody else
        assertEquals(PEOPLE + OWED, count("select count(distinct person_id) from waymark.hearing_message where hearing_id = '" + hearing
            + "' and what = 'notice'"));
        assertEquals(OWED, count("select count(distinct r.person_id) from waymark.reminder r where r.hearing_id = '" + hearing
            + "' and r.state <> 'planned' and r.reason is distinct from 'held_out' and not exists (select 1 from waymark.reminder_trial_arm a "
            + "where a.person_id = r.person_id)"), "and reminded");
        staffSeeWhoHasNoneAndWaitForNone(held);
    }

    private void staffSeeWhoHasNoneAndWaitForNone(Set<String> held) {
        String without = held.stream().sorted().toList().getFirst();
        String reminded = drawnReminded().stream().sorted().toList().getFirst();
        String list = "/v1/staff/hearings/" + hearing + "/people";
        for (String person : List.of(without, reminded)) {
            staff().put(list + '/' + person + "/attendance", Map.of("answer", "yes")).expect(200);
        }
        assertEquals(held, marked(staff().get(list + "?limit=100").expect(200).body().path("items")));
        assertEquals("hearing", line(without).at("/next/step").asText(), () -> line(without).toString());
        assertEquals("reminder", line(reminded).at("/next/step").asText(), () -> line(reminded).toString());
        List<String> csv = staff().with("Accept", "text/csv").get("/v1/staff/week?from=2027-06-08").expect(200).text().lines().toList();
        assertTrue(csv.getFirst().endsWith(",held_out,acts_for"), csv.getFirst());
        assertEquals(held.size(), csv.stream().filter(l -> l.endsWith(",true,")).count());
        assertTrue(staff().with("Accept", "text/html").get(list).expect(200).text().contains("(no extra reminders, by an experiment)"));
        assertEquals(held, marked(staff().post("/v1/staff/hearings/" + hearing + "/reminders?dry_run=true", Map.of("words", "details")).expect(200)
            .body().path("items")));
        JsonNode run = staff().post("/v1/staff/reminder-runs?dry_run=true", Map.of("hearing_ids", List.of(hearing))).expect(200).body();
        assertEquals(held.size(), run.findValues("held_out").size(), run::toString);
        assertEquals(0, count("select count(*) from waymark.reminder_run"), "nothing was sent");
    }

    private JsonNode line(String person) {
        for (JsonNode line : staff().get("/v1/staff/hearings/" + hearing + "/people?limit=100").expect(200).body().path("items")) {
            if (line.path("person_id").asText().equals(person)) {
                return line;
            }
        }
        throw new AssertionError("is not on the list");
    }

    private static Set<String> marked(JsonNode items) {
        var people = new HashSet<String>();
        items.forEach(i -> {
            if (i.path("held_out").asBoolean()) {
                people.add(i.path("person_id").asText());
            }
        });
        return people;
    }

    private String id(String source) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> r.getString("id"), source)).orElseThrow();
    }

    private void put(String path, Map<String, Object> body) {
        staff().with("If-Match", staff().get(path).expect(200).header("etag").orElseThrow()).put(path, body).expect(200);
    }

    @Test
    @Order(3)
    void staffEndItForOnePersonAndTheLotStays() {
        String one = heldOut().iterator().next();
        String end = TRIALS + '/' + trial + "/people/" + one + "/end";
        api().as(staffToken("analyst", "northmoor")).post(end, null).expect(403);
        api().as(staffToken("witness_care", "glanafon")).post(end, null).expect(404);
        staff().post(TRIALS + '/' + trial + "/people/" + UUID.randomUUID() + "/end", null).expect(404);
        staff().post(end, null).expect(204);
        staff().post(end, null).expect(204);
        to("2027-06-07T15:00");
        Set<String> twice = acting().as(worker("northmoor"), c -> new HashSet<>(Sql.list(c, """
            select person_id from waymark.reminder where reason = 'held_out' and hearing_id = ? group by 1 having count(*) = 2""",
            r -> r.getString("person_id"), hearing)));
        var rest = new HashSet<>(heldOut());
        rest.remove(one);
        assertEquals(rest, twice, "the same people again, but for the one");
        assertEquals(rest, marked(staff().get("/v1/staff/hearings/" + hearing + "/people?limit=100").expect(200).body().path("items")));
        assertEquals(2, count("select count(*) from waymark.audit_log where action = 'held_out_ended' and person_id = '" + one + "'"));
    }

    @Test
    @Order(4)
    void afterTheDayTheUnitPutsDownWhatCameOfItByListOrFile() {
        String path = "/v1/staff/hearings/" + hearing + "/outcomes";
        var held = new ArrayList<>(heldOut());
        staff().put(path, Map.of("outcomes", List.of(Map.of("person_id", held.getFirst(), "outcome", "attended_heard")))).expect(409);
        to("2027-06-09T12:00");
        assertEquals(1, items(), "asked the day after");
        assertEquals("2027-06-11", dueDay());
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            list.add(Map.of("person_id", held.get(i), "outcome", i < 10 ? "did_not_attend" : i < 15 ? "attended_heard" : "attended_not_needed"));
        }
        list.add(Map.of("person_id", UUID.randomUUID(), "outcome", "not_known"));
        Answer taken = staff().put(path, Map.of("outcomes", list)).expect(200);
        assertEquals("21", taken.at("/not_taken/0/line"));
        assertEquals(1, taken.body().path("not_taken").size());
        assertEquals(1, items(), "others are missing");
        var others = new ArrayList<String>();
        staff().get(path).expect(200).body().path("items").forEach(line -> {
            if (!line.has("outcome")) {
                others.add(line.path("person_id").asText());
            }
        });
        assertEquals(PEOPLE + OWED - held.size(), others.size());
        var csv = new StringBuilder("Person-ID,Name,Outcome,,\r\n");
        Set<String> lot = drawnReminded();
        int n = 0;
        for (String person : others) {
            boolean away = lot.contains(person) && n++ < 10;
            csv.append(person).append(",Cai Owen\u00eb,").append(away ? "did_not_attend" : "ATTENDED_HEARD").append(",,\r\n");
        }
        csv.append("x,Somebody,attended_heard,,\r\n").append(others.getFirst()).append(",Twice,attended_heard,,\r\n");
        Answer file = staff().send("PUT", path, "text/csv", csv.toString().getBytes(StandardCharsets.ISO_8859_1)).expect(200);
        assertEquals(List.of("28", "29"), lines(file));
        assertEquals(0, items(), "nobody is missing");
        staff().send("PUT", path, "text/csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)).expect(400);
        api().as(staffToken("witness_care", "glanafon")).get(path).expect(404);
        api().as(staffToken("analyst", "northmoor")).get(path).expect(403);
    }

    @Test
    @Order(5)
    void theReportSaysPlainlyThatItShowsNothing() {
        String path = "/v1/staff/reports/reminders?from=2027-06-05&to=2027-06-20";
        Api analyst = api().as(staffToken("analyst", "northmoor"));
        Answer report = analyst.get(path).expect(200);
        assertEquals("2027-06-01", report.at("/from"));
        assertEquals("2027-06-30", report.at("/to"));
        assertEquals("2027-06-01", report.at("/counted_from"));
        assertEquals("2027-06-30", report.at("/counted_to"));
        JsonNode items = report.body().path("items");
        assertEquals("{\"arm\":\"reminded\",\"people\":20,\"attended\":10,\"did_not_attend\":10,\"did_not_attend_percent\":50.0}",
            items.get(0).toString());
        assertEquals(20, items.get(1).path("people").asInt(), "the one for whom it ended still counts where the lot fell");
        assertEquals(40, items.get(2).path("people").asInt());
        assertEquals("shows_nothing", report.at("/finding"));
        assertTrue(report.at("/words/en").startsWith("This shows nothing."));
        assertTrue(report.at("/words/cy").startsWith("Nid yw hyn yn dangos dim."));
        assertEquals(0, report.body().at("/difference/percentage_points").asDouble());
        Answer csv = analyst.with("Accept", "text/csv").get(path).expect(200);
        assertTrue(csv.text().contains("both,40,20,20,50.0,0.0,-"), csv.text());
        // one less of one side, and the figure is not shown, nor what would give it away
        acting().as(worker("northmoor"), c -> Sql.run(c, """
            update waymark.hearing_outcome set outcome = 'not_known' where outcome = 'did_not_attend' and person_id in (
              select a.person_id from waymark.reminder_trial_arm a join waymark.hearing_outcome o on o.person_id = a.person_id
               where a.held_out and o.outcome = 'did_not_attend' limit 1)"""));
        Answer few = analyst.get(path).expect(200);
        assertEquals("too_few", few.at("/finding"));
        assertFalse(few.body().has("difference"));
        JsonNode heldOut = few.body().path("items").get(1);
        assertEquals("{\"arm\":\"held_out\"}", heldOut.toString());
        assertFalse(few.body().path("items").get(2).has("did_not_attend"), "it would give the other one away");
        staff().get(path).expect(403);
        assertEquals("none", api().as(staffToken("analyst", "glanafon")).get(path).expect(200).at("/finding"));
        analyst.get("/v1/staff/reports/reminders?from=2027-06-05&to=2027-05-20").expect(400);
        analyst.get(TRIALS).expect(403);
    }

    @Test
    @Order(6)
    void fromItsEndOnNobodyIsHeldOut() {
        assertEquals("running", supervisor().get(TRIALS).expect(200).at("/items/0/state"));
        assertEquals("ended", supervisor().post(TRIALS + '/' + trial + "/end", null).expect(200).at("/state"));
        UUID person = UUID.fromString(heldOut().stream().sorted().toList().getLast());
        boolean held = acting().as(worker("northmoor"), c -> bean(HeldOut.class).extra(c, hearing, person));
        assertFalse(held);
        supervisor().post(TRIALS, asked("2027-07-01", "2027-07-31", 10, "Head of the unit")).expect(201);
    }

    @Test
    @Order(7)
    void whatWasNotedIsThePersonsToTakeAlong() throws ParseException {
        Needed witness = needed();
        String token = SignUp.person(this, witness.id());
        staff().put("/v1/staff/hearings/" + witness.hearing() + "/outcomes", Map.of("outcomes",
            List.of(Map.of("person_id", witness.person(), "outcome", "attended_not_needed")))).expect(200);
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        var taken = new ArrayList<Map<String, Object>>();
        bean(ExportedOutcomes.class).to(new Caller.Person(UUID.fromString(claims.getSubject()), UUID.fromString(claims.getStringClaim("sid")),
            Instant.EPOCH), "cy", taken::add);
        assertEquals(1, taken.size(), "their own, and nobody else's");
        assertEquals("attended_not_needed", taken.getFirst().get("outcome"));
        assertEquals("2027-06-08", taken.getFirst().get("day"));
        api().as(token).get("/v1/me/export").expect(200);
    }

    /** A trial that did not go ahead has a new day: what came of the old one stays, and what comes of the new one is asked. */
    @Test
    @Order(8)
    void eachDayOfADateThatMovesHasWhatCameOfIt() {
        Needed witness = needed();
        String path = "/v1/staff/hearings/" + witness.hearing() + "/outcomes";
        staff().put(path, Map.of("outcomes", List.of(Map.of("person_id", witness.person(), "outcome", "did_not_go_ahead")))).expect(200);
        move(witness, "2027-07-20T10:00:00+01:00");
        assertTrue(staff().get(path).expect(200).body().at("/items/0/outcome").isMissingNode(), "of the new day nothing is known");
        String open = "select count(*) from waymark.work_item where kind = 'outcome_to_record' and completed_at is null and subject_id = '"
            + witness.hearing() + "'";
        to("2027-07-19T12:00");
        assertEquals(0, count(open));
        to("2027-07-21T12:00");
        assertEquals(1, count(open), "asked the day after the new one");
        staff().put(path, Map.of("outcomes", List.of(Map.of("person_id", witness.person(), "outcome", "attended_heard")))).expect(200);
        assertEquals(0, count(open));
        assertEquals(List.of("2027-06-08 did_not_go_ahead", "2027-07-20 attended_heard"), acting().as(worker("northmoor"), c -> Sql.list(c,
            "select day, outcome from waymark.hearing_outcome where hearing_id = ? order by day",
            r -> r.getString("day") + ' ' + r.getString("outcome"), witness.hearing())));
        Needed moved = needed();
        String asked = open.replace(witness.hearing().toString(), moved.hearing().toString());
        move(moved, "2027-07-20T14:00:00+01:00");
        to("2027-07-21T12:30");
        assertEquals(1, count(asked));
        move(moved, "2027-08-20T14:00:00+01:00");
        assertEquals(0, count(asked), "of a day that is to come nobody can say anything");
    }

    private static Map<String, Object> person(String id, int number, String entitlement) {
        return new HashMap<>(Map.of("source_person_id", id, "role", "witness", "given_name", "Alys", "family_name", "Penrose", "mobile",
            "+447700900" + number, "mobile_safe", "safe", "language", "en", "entitlement", entitlement));
    }

    private Set<String> heldOut() {
        var people = new HashSet<String>();
        staff().get(TRIALS + '/' + trial + "/people?limit=100").expect(200).body().path("items")
            .forEach(p -> people.add(p.path("person_id").asText()));
        return people;
    }

    private Set<String> drawnReminded() {
        return acting().as(worker("northmoor"), c -> Set.copyOf(Sql.list(c,
            "select person_id from waymark.reminder_trial_arm where not held_out", r -> r.getString("person_id"))));
    }

    private Set<String> told(String state, String reason) {
        return acting().as(worker("northmoor"), c -> Set.copyOf(Sql.list(c, """
            select person_id from waymark.reminder where hearing_id = ? and state = ? and reason = ?""", r -> r.getString("person_id"),
            hearing, state, reason)));
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, sql, r -> r.getInt(1))).orElseThrow();
    }

    private int items() {
        return count("select count(*) from waymark.work_item where kind = 'outcome_to_record' and completed_at is null and subject_id = '"
            + hearing + "'");
    }

    private String dueDay() {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select (due_at at time zone 'Europe/London')::date as day from waymark.work_item where kind = 'outcome_to_record'
               and subject_id = ?""", r -> r.getString("day"), hearing)).orElseThrow();
    }

    private static List<String> lines(Answer answer) {
        var lines = new ArrayList<String>();
        answer.body().path("not_taken").forEach(n -> lines.add(n.path("line").asText()));
        return lines;
    }

    private void to(String local) {
        var by = java.time.Duration.between(clocks.caseNow(), LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant());
        api().post("/sandbox/clock", Map.of("advance", by.toString())).expect(200);
    }
}
