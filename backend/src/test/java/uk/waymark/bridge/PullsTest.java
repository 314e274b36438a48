package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.waymark.cases.CaseOfUrn;
import uk.waymark.cases.NewEvent;
import uk.waymark.testing.SignUp;

/** From a URN that a force assigns to a hearing on a phone: the court's schedule is asked for, and nothing is said twice. */
class PullsTest extends Pulling {

    @Test
    void aUrnIsAskedForAtOnceAndItsHearingIsToldOnce() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        double before = pulls("news");
        assign();
        pull();
        assertEquals(1, hmcts.schedulesAsked());
        assertEquals(1, news().size());
        assertEquals(before + 1, pulls("news"));
        String token = SignUp.person(this, "pull-v" + cases);
        String caseId = api().as(token).get("/v1/me/cases").expect(200).at("/items/0/id");
        JsonNode entry = api().as(token).get("/v1/me/cases/" + caseId + "/timeline").expect(200).body().at("/items/0");
        assertEquals("hearing_listed", entry.path("kind").asText());
        assertTrue(entry.toString().contains("Southampton Crown Court"), entry::toString);
        assertFalse(entry.toString().contains("Bloggs") || entry.toString().contains("mornings"), entry::toString);

        later(Duration.ofMinutes(50));
        assertEquals(1, hmcts.schedulesAsked(), "not due yet");
        double same = pulls("same");
        later(Duration.ofMinutes(20));
        assertEquals(2, hmcts.schedulesAsked());
        assertEquals(same + 1, pulls("same"));
        assertEquals(1, news().size());

        hmcts.schedule(urn, hearing("HRG-1", hearingDay.plus(Duration.ofDays(7))));
        later(Duration.ofMinutes(70));
        assertEquals(2, news().size());
        assertEquals(1, events("hearing_listed"));
        assertEquals(1, events("hearing_changed"));
        later(Duration.ofMinutes(70));
        assertEquals(2, news().size());
        assertEquals(0, gauge("waymark.pulls.overdue"));
    }

    @Test
    void aUrnFromBeforeTheAdapterIsAskedForToo() {
        superuser("delete from waymark.pull");
        superuser("update waymark.adapter set enabled = false");
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        superuser("delete from waymark.pull");
        pull();
        assertEquals(0, hmcts.schedulesAsked());
        superuser("update waymark.adapter set enabled = true, planned_at = null");
        pull();
        assertEquals(1, hmcts.asked().stream().filter(a -> a.path().equals("/case/" + urn + "/courtschedule")).count());
        assertEquals(1, news().size());
    }

    @Test
    void aUrnOfTwoCasesIsAskedForOnceAndToldToBoth() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        String other = reference + "B";
        String otherMobile = mobile.replace("07700 9005", "07700 9006");
        send(recorded("two-" + cases, other, at(-60), victim("two-v" + cases, otherMobile)));
        assign();
        assign(other);
        pull();
        assertEquals(1, hmcts.schedulesAsked());
        assertEquals(1, news().size());
        assertEquals(1, newsOn(otherMobile).size());
        String third = reference + "C";
        String thirdMobile = mobile.replace("07700 9005", "07700 9007");
        send(recorded("three-" + cases, third, at(-60), victim("three-v" + cases, thirdMobile)));
        assign(third);
        pull();
        assertEquals(1, newsOn(thirdMobile).size(), "one that joins is told what the others know");
        assertEquals(1, news().size());
    }

    @Test
    void theForcesOwnHearingOfThatDayIsToldOnce() {
        var data = new HashMap<String, Object>(Map.of("hearing_id", "rms-1", "kind", "trial", "starts_at", hearingDay.toString(),
            "court", Map.of("name", "Southampton Crown Court")));
        send(event("own-" + cases, reference, at(-10), "hearing_listed", data));
        settle();
        assertEquals(1, news().size());
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        pull();
        assertEquals(1, events("hearing_listed"));
        assertEquals(1, news().size());
    }

    @Test
    void aHearingThatHasGoneIsForStaffUntilItIsBack() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        pull();
        hmcts.schedule(urn);
        int before = queue("hearing_unconfirmed").size();
        later(Duration.ofMinutes(70));
        assertEquals(1, news().size());
        assertEquals(0, events("hearing_vacated"));
        List<JsonNode> items = queue("hearing_unconfirmed");
        assertEquals(before + 1, items.size());
        assertEquals("gone_from_court_schedule", items.getLast().path("reason").asText());
        assertFalse(items.toString().contains("HRG-1"));
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        later(Duration.ofMinutes(70));
        assertEquals(before, queue("hearing_unconfirmed").size());
        assertEquals(1, news().size());
        hmcts.body("/case/" + urn + "/courtschedule", null);
        later(Duration.ofMinutes(70));
        assertEquals(before, queue("hearing_unconfirmed").size(), "to be unknown there says nothing of a hearing");
    }

    @Test
    void aCaseThatHasEndedThereIsAskedForSeldomAndOneThatIsTakenBackNever() {
        hmcts.details(urn, false, false).schedule(urn);
        assign();
        pull();
        later(Duration.ofHours(20));
        assertEquals(1, hmcts.schedulesAsked());
        later(Duration.ofHours(8));
        assertEquals(2, hmcts.schedulesAsked());
        send(event("back-" + cases, reference, at(0), "event_retracted", Map.of("source_event_id", "urn-" + reference)));
        double nobodys = pulls("nobodys");
        later(Duration.ofHours(30));
        assertEquals(2, hmcts.schedulesAsked());
        assertEquals(nobodys + 1, pulls("nobodys"));
    }

    @Test
    void aPastHearingIsShownAndNotSent() {
        hmcts.schedule(urn, hearing("HRG-1", clocks.caseNow().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS)));
        assign();
        pull();
        assertEquals(1, events("hearing_listed"));
        assertEquals(List.of(), news());
    }

    @Test
    void theClockOfTheSandboxGoesFromOneTimeOfAskingToTheNext() {
        hmcts.schedule(urn, hearing("HRG-1", hearingDay));
        assign();
        api().post("/sandbox/clock", Map.of("advance", "PT3H")).expect(200);
        assertTrue(hmcts.schedulesAsked() >= 3 && hmcts.schedulesAsked() <= 4, () -> "asked " + hmcts.schedulesAsked());
        assertEquals(1, news().size());
    }

    @Test
    void whatIsSaidIsWhatAForceCouldHaveSaid() {
        var court = new CourtSchedule.Court("Southampton Crown Court", "C44SA00", "The Law Courts, SO15 2XQ", "Court 3");
        var day = new CourtSchedule.Hearing("d", "trial", List.of(new CourtSchedule.Sitting(hearingDay, null, court)), null);
        var week = new CourtSchedule.Hearing("w", null, List.of(),
            new CourtSchedule.Week(LocalDate.parse("2027-03-01"), LocalDate.parse("2027-03-05"), court));
        var of = new CaseOfUrn(UUID.randomUUID(), reference, urn, urn);
        Instant now = clocks.caseNow();
        ScheduleNews.News listed = ScheduleNews.of(of, Map.of(), new CourtSchedule(true, List.of(day, week)), now);
        var moved = new CourtSchedule.Hearing("d", null,
            List.of(new CourtSchedule.Sitting(hearingDay.plusSeconds(3600), null, court)), null);
        ScheduleNews.News changed = ScheduleNews.of(of, listed.said(), new CourtSchedule(true, List.of(moved, week)), now);
        for (NewEvent e : Stream.concat(listed.events().stream(), changed.events().stream()).toList()) {
            var event = Map.<String, Object>of("source_event_id", e.sourceEventId(), "occurred_at", e.occurredAt().toString(), "crime_reference",
                e.crimeReference(), "type", e.type().wireName(), "data", e.data());
            JsonNode result = api().as(systemToken("northmoor")).post("/v1/bridge/events?dry_run=true", batch(event)).expect(200)
                .body().at("/results/0");
            assertEquals("accepted", result.path("status").asText(), result::toString);
            assertTrue(result.path("ignored").isMissingNode(), result::toString);
        }
        assertEquals(3, listed.events().size() + changed.events().size());
    }
}
