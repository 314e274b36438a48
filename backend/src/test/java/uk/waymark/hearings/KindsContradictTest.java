package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;

/** Two sources make two things of one court date: a person asks which is right, and nobody is called or called off by whoever spoke last. */
class KindsContradictTest extends CourtDay {
    private static final String DAY = "2027-06-08T10:00:00+01:00";
    private int said;

    @Test
    void aTrialThatIsWithoutWitnessesForAnotherSourceIsAskedAboutAndStands() {
        Needed n = needed();
        assertEquals(List.of(), open(n));
        Instant before = eightWorkingHoursFromNow().truncatedTo(ChronoUnit.MICROS);
        another(n, "hearing_listed", Map.of("kind", "trial_without_witnesses", "starts_at", DAY, "court", Map.of("name", "Leeds Crown Court")));
        JsonNode item = items(n).getFirst();
        assertEquals(n.hearing().toString(), item.path("subject_id").asText());
        assertEquals("trial_or_not", item.path("reason").asText());
        assertTrue(item.path("detail").asText().contains("trial, trial without witnesses"), item.path("detail").asText());
        Instant due = Instant.parse(item.path("due_at").asText());
        assertTrue(due.isAfter(clocks.caseNow()));
        assertTrue(!due.isBefore(before) && !due.isAfter(eightWorkingHoursFromNow()), due + ", and not from " + before);
        assertEquals(List.of("trial true"), dates(n), "one date, and they are still called to it");
        another(n, "hearing_changed", Map.of("kind", "trial"));
        assertEquals(List.of(), open(n), "they agree");
        another(n, "hearing_changed", Map.of("kind", "trial_without_witnesses"));
        assertEquals(1, open(n).size(), "asked anew");
        move(n, "2027-06-15T10:00:00+01:00");
        assertEquals(List.of(), open(n), "what it said was of another day");
        another(n, "hearing_changed", Map.of("starts_at", "2027-06-15T10:00:00+01:00"));
        assertEquals(1, open(n).size(), "they do not agree on the new day either");
    }

    @Test
    void aSentenceOnTheDayOfAnothersTrialIsAskedAboutUntilItIsOff() {
        Needed n = needed();
        another(n, "hearing_listed", Map.of("kind", "sentence", "starts_at", DAY, "court", Map.of("name", "Leeds Crown Court")));
        assertEquals(List.of("sentence false", "trial true"), dates(n), "nobody is called off by it");
        assertEquals(1, open(n).size());
        another(n, "hearing_vacated", Map.of());
        assertEquals(List.of(), open(n));
        Needed application = needed();
        another(application, "hearing_listed", Map.of("kind", "application", "starts_at", DAY, "court", Map.of("name", "Leeds Crown Court")));
        assertEquals(List.of(), open(application), "one may well be heard on the day of a trial");
    }

    @Test
    void whatSomebodyHasAskedIsNotAskedAgainUntilASourceSaysSomethingElse() {
        Needed n = needed();
        var sentence = Map.of("kind", "sentence", "starts_at", DAY, "court", Map.of("name", "Leeds Crown Court"));
        another(n, "hearing_listed", sentence);
        String path = "/v1/staff/queue/" + items(n).getFirst().path("id").asText();
        staff().post(path + "/claim", Map.of()).expect(200);
        staff().post(path + "/completion", Map.of("outcome", "done")).expect(422);
        staff().post(path + "/completion", Map.of("outcome", "both_right")).expect(204);
        another(n, "hearing_changed", sentence);
        report(event(n.reference() + "-more", n.reference(), at(-1), "suspect_arrested", Map.of("suspect_ref", "s")));
        assertEquals(List.of(), open(n));
        another(n, "hearing_changed", Map.of("kind", "plea"));
        assertEquals(1, open(n).size());
        vacate(n);
        assertEquals(List.of(), open(n), "of what is off nobody has to know what it would have been");
    }

    @Test
    void whoeverWasToPutItRightIsAskedAgainWhenTheSourcesStillSayIt() {
        Needed n = needed();
        var sentence = Map.of("kind", "sentence", "starts_at", DAY, "court", Map.of("name", "Leeds Crown Court"));
        another(n, "hearing_listed", sentence);
        String path = "/v1/staff/queue/" + items(n).getFirst().path("id").asText();
        staff().post(path + "/claim", Map.of()).expect(200);
        staff().post(path + "/completion", Map.of("outcome", "put_right")).expect(204);
        report(event(n.reference() + "-more", n.reference(), at(-1), "suspect_arrested", Map.of("suspect_ref", "s")));
        assertEquals(List.of(), open(n), "nothing new of the date");
        clocks.advanceCase(java.time.Duration.ofMinutes(10));
        another(n, "hearing_changed", sentence);
        assertEquals(1, open(n).size(), "it was not put right");
        another(n, "hearing_changed", sentence);
        assertEquals(1, open(n).size(), "asked once");
    }

    @Test
    void theNewDayThatTwoSourcesNameUnderIdsOfTheirOwnIsOneDateAndOneMessage() {
        String next = "2027-06-15T10:00:00+01:00";
        var theirs = Map.<String, Object>of("kind", "trial", "starts_at", next, "court", Map.of("name", "Leeds Crown Court"));
        Needed alone = needed();
        phone(alone);
        move(alone, next);
        List<String> once = told(alone);
        assertEquals(1, once.stream().filter(m -> !m.endsWith("cancelled")).count(), once::toString);
        for (boolean theyFirst : List.of(true, false)) {
            Needed n = needed();
            phone(n);
            if (theyFirst) {
                another(n, "hearing_listed", theirs);
            }
            move(n, next);
            if (!theyFirst) {
                another(n, "hearing_listed", theirs);
            }
            assertEquals(List.of("trial true"), dates(n));
            assertEquals(once, told(n), "as where one source alone says so");
            assertEquals(List.of(), open(n));
        }
    }

    /** What somebody is told of court dates: template and state, the oldest first. */
    private List<String> told(Needed n) {
        phone(n);
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select template || ' ' || state as it from notifications.message where recipient_ref = ? and template like 'hearing%' order by id""",
            r -> r.getString("it"), n.person()));
    }

    @Test
    void whatMayBeEitherOfTwoDatesIsAskedAbout() {
        Needed n = needed();
        report(event(n.reference() + "-two", n.reference(), at(-45), "hearing_listed", Map.of("hearing_id", n.reference() + "two", "kind", "trial",
            "starts_at", "2027-06-08T14:00:00+01:00", "court", Map.of("name", "Leeds Crown Court"))));
        another(n, "hearing_listed", Map.of("kind", "trial", "starts_at", "2027-06-08T12:00:00+01:00", "court", Map.of("name", "Leeds Crown Court")));
        JsonNode item = items(n).getFirst();
        assertEquals("one_or_two", item.path("reason").asText());
        assertEquals(1, items(n).size(), "asked of the one that came last");
        another(n, "hearing_changed", Map.of("starts_at", "2027-06-08T14:00:00+01:00"));
        assertEquals(List.of(), open(n), "it is the one at that very time");
        assertEquals(2, dates(n).size());
    }

    @Test
    void whatMayBeEitherIsAskedAgainWhenTheOtherDateIsSaidOnceMore() {
        Needed n = needed();
        var theirs = Map.<String, Object>of("kind", "trial", "starts_at", "2027-06-08T12:00:00+01:00", "court", Map.of("name", "Leeds Crown Court"));
        report(event(n.reference() + "-two", n.reference(), at(-45), "hearing_listed", two(n)));
        another(n, "hearing_listed", theirs);
        String path = "/v1/staff/queue/" + items(n).getFirst().path("id").asText();
        staff().post(path + "/claim", Map.of()).expect(200);
        staff().post(path + "/completion", Map.of("outcome", "put_right")).expect(204);
        clocks.advanceCase(java.time.Duration.ofMinutes(10));
        assertEquals(List.of(), open(n));
        report(event(n.reference() + "-two-again", n.reference(), at(-11), "hearing_changed", two(n)));
        assertEquals(1, open(n).size(), "it was not put right");
    }

    private Map<String, Object> two(Needed n) {
        return Map.of("hearing_id", n.reference() + "two", "kind", "trial", "starts_at", "2027-06-08T14:00:00+01:00", "court",
            Map.of("name", "Leeds Crown Court"));
    }

    @Test
    void aCancellationThatMayBeOfEitherCallsNobodyOffAndIsAskedAbout() {
        Needed n = needed();
        phone(n);
        List<String> before = told(n);
        report(event(n.reference() + "-two", n.reference(), at(-45), "hearing_listed", two(n)));
        another(n, "hearing_vacated", Map.of("starts_on", "2027-06-08"));
        assertEquals(List.of("trial false", "trial true"), dates(n));
        assertEquals(before, told(n));
        JsonNode item = items(n).getFirst();
        assertEquals("which_is_off", item.path("reason").asText());
        assertTrue(item.path("detail").asText().contains("nothing tells which: trial."), item.path("detail").asText());
        report(event(n.reference() + "-two-off", n.reference(), at(-2), "hearing_vacated", Map.of("hearing_id", n.reference() + "two")));
        assertEquals(List.of("trial true"), dates(n));
        assertEquals(List.of(), open(n));
    }

    @Test
    void aListThatHasSomethingElseIsAskedAboutAndChangesNothing() {
        Needed n = needed();
        report(event(n.reference() + "-urn", n.reference(), at(-40), "urn_assigned", Map.of("urns", List.of("44KC000" + n.id()))));
        list(n, "For sentence", "2027-05-20T09:00:00");
        assertEquals(1, open(n).size());
        assertEquals(List.of("trial true"), dates(n));
        list(n, "For trial", "2027-05-21T09:00:00");
        assertEquals(List.of(), open(n), "the next edition has it right");
    }

    private void list(Needed n, String kind, String published) {
        String list = """
            {"FirmList": {"DocumentID": {"UniqueID": "%1$s"}, "ListHeader": {"StartDate": "2027-06-07", "EndDate": "2027-06-11",
              "PublishedTime": "%4$s"}, "CrownCourt": {"CourtHouseType": "Crown Court", "CourtHouseName": "LEEDS"}, "CourtLists": [
              {"SittingDate": "2027-06-08", "CourtHouse": {"CourtHouseType": "Crown Court", "CourtHouseName": "LEEDS"}, "Sittings": [
                {"SittingAt": "10:00:00", "Hearings": [{"HearingDetails": {"HearingDescription": "%2$s"}, "Defendants": [{"URN": "%3$s"}]}]}]}]}}"""
            .formatted(n.id(), kind, "44KC000" + n.id(), published);
        api().as(systemToken("northmoor")).send("POST", "/v1/bridge/court-lists", "application/json",
            list.getBytes(java.nio.charset.StandardCharsets.UTF_8)).expect(200);
    }

    private void another(Needed n, String type, Map<String, Object> what) {
        var data = new HashMap<>(what);
        data.put("hearing_id", n.reference() + "other");
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", "courts", "events",
            List.of(event(n.reference() + "-other-" + ++said, n.reference(), at(-30 + said), type, data)))).expect(200).body().at("/results/0");
        assertEquals("accepted", result.path("status").asText(), result::toString);
    }

    private Instant eightWorkingHoursFromNow() {
        return bean(QuietChanges.class).afterWorkingTime(clocks.caseNow(), java.time.Duration.ofHours(8));
    }

    private List<JsonNode> items(Needed n) {
        var found = new ArrayList<JsonNode>();
        for (JsonNode item : staff().get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if (KindsContradict.KIND.equals(item.path("kind").asText()) && n.caseId().toString().equals(item.path("case_id").asText())) {
                found.add(item);
            }
        }
        return found;
    }

    private List<UUID> open(Needed n) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select subject_id from waymark.work_item where case_id = ? and kind = 'hearing_kinds_differ' and completed_at is null""",
            r -> Sql.uuid(r, "subject_id"), n.caseId()));
    }

    /** What stands: the kind, and whether the witness has to be there. */
    private List<String> dates(Needed n) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select h.kind || ' ' || exists (select 1 from waymark.hearing_person p where p.hearing_id = h.id and p.required) as it
              from waymark.hearing h where h.case_id = ? and h.state = 'listed' order by 1""", r -> r.getString("it"), n.caseId()));
    }
}
