package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.CourtSchedule.Court;
import uk.waymark.bridge.CourtSchedule.Hearing;
import uk.waymark.bridge.CourtSchedule.Sitting;
import uk.waymark.bridge.CourtSchedule.Week;
import uk.waymark.cases.CaseOfUrn;
import uk.waymark.cases.EventType;
import uk.waymark.cases.NewEvent;

/** What a case is told of a court schedule, and what it is not told again. */
class ScheduleNewsTest {
    private static final Court COURT = new Court("Southampton Crown Court", "C44SA00", "The Law Courts", "Court 3");
    private static final CaseOfUrn CASE = new CaseOfUrn(UUID.randomUUID(), "NM/1/27", "62GD9461322", "62GD9461322");
    private Instant now = Instant.parse("2027-02-01T09:00:00Z");
    private Map<String, ScheduleNews.Said> said = new HashMap<>();

    private static Sitting sitting(String start) {
        return new Sitting(Instant.parse(start), null, COURT);
    }

    private static Hearing trial(String... starts) {
        return new Hearing("h", "trial", Arrays.stream(starts).map(ScheduleNewsTest::sitting).toList(), null);
    }

    private ScheduleNews.News shown(Hearing... hearings) {
        ScheduleNews.News news = ScheduleNews.of(CASE, said, new CourtSchedule(true, List.of(hearings)), now);
        said = news.said();
        return news;
    }

    private NewEvent only(ScheduleNews.News news) {
        assertEquals(1, news.events().size(), () -> news.events().toString());
        return news.events().getFirst();
    }

    private void quiet(ScheduleNews.News news) {
        assertEquals(List.of(), news.events());
        assertEquals(List.of(), news.gone());
        assertEquals(List.of(), news.back());
    }

    @Test
    void aHearingIsListedOnceAndAChangeIsAChange() {
        NewEvent listed = only(shown(trial("2027-03-01T10:00:00Z")));
        assertEquals(EventType.HEARING_LISTED, listed.type());
        assertEquals("court-schedule", listed.source());
        assertEquals("""
            {"hearing_id":"h","kind":"trial","starts_at":"2027-03-01T10:00:00Z","court":{"name":"Southampton Crown Court",\
            "ou_code":"C44SA00","address":"The Law Courts","room":"Court 3"},"received_at":"2027-02-01T09:00:00Z"}""",
            listed.data().toString());
        assertFalse(listed.backfill());
        quiet(shown(trial("2027-03-01T10:00:00Z")));
        NewEvent changed = only(shown(trial("2027-03-02T10:00:00Z")));
        assertEquals(EventType.HEARING_CHANGED, changed.type());
        assertTrue(changed.data().path("notify").asBoolean(true));
        assertTrue(changed.occurredAt().isAfter(listed.occurredAt()), "later, though the clock stands");
    }

    @Test
    void theSameNewsIsTheSameEventAndOldValuesAfterOthersAreNews() {
        NewEvent first = only(shown(trial("2027-03-01T10:00:00Z")));
        said = new HashMap<>();
        assertEquals(first.sourceEventId(), only(shown(trial("2027-03-01T10:00:00Z"))).sourceEventId());
        only(shown(trial("2027-03-02T10:00:00Z")));
        assertNotEquals(first.sourceEventId(), only(shown(trial("2027-03-01T10:00:00Z"))).sourceEventId());
        var other = new CaseOfUrn(UUID.randomUUID(), "NM/2/27", CASE.urn(), CASE.urnKey());
        assertNotEquals(first.sourceEventId(), ScheduleNews.of(other, Map.of(), new CourtSchedule(true,
            List.of(trial("2027-03-01T10:00:00Z"))), now).events().getFirst().sourceEventId(), "each case has events of its own");
    }

    @Test
    void aTrialThatGoesOnFromDayToDayIsOnePieceOfNews() {
        var days = new String[] {"2027-02-01T10:00:00Z", "2027-02-02T10:00:00Z", "2027-02-03T10:00:00Z"};
        assertEquals("2027-02-01T10:00:00Z", only(shown(trial(days))).data().path("starts_at").asText());
        now = now.plusSeconds(86_400);
        quiet(shown(trial(days)));
        quiet(shown(trial(days[0], days[1], days[2], "2027-02-04T10:00:00Z")));
        now = now.plusSeconds(2 * 86_400);
        quiet(shown(trial(days[0], days[1], days[2], "2027-02-04T10:00:00Z")));
        // it was to end today, and goes on in three weeks
        NewEvent goesOn = only(shown(trial(days[0], days[1], days[2], "2027-02-25T10:00:00Z")));
        assertEquals("2027-02-25T10:00:00Z", goesOn.data().path("starts_at").asText());
    }

    @Test
    void theFirstSittingThatIsNotOverCountsAndOneStretchOfDaysIsNotOverBeforeItsEnd() {
        assertEquals("2027-02-03T10:00:00Z",
            only(shown(trial("2027-01-20T10:00:00Z", "2027-02-03T10:00:00Z"))).data().path("starts_at").asText());
        var stretch = new Hearing("s", null, List.of(new Sitting(Instant.parse("2027-01-28T09:00:00Z"),
            Instant.parse("2027-02-04T12:00:00Z"), COURT)), null);
        said = new HashMap<>();
        assertFalse(only(shown(stretch)).backfill());
    }

    @Test
    void whatIsPastByTheUkCalendarIsShownAndNotSent() {
        now = Instant.parse("2027-07-01T23:30:00Z");
        assertTrue(only(shown(trial("2027-07-01T09:00:00Z"))).backfill(), "it is the 2nd in the UK");
        said = new HashMap<>();
        assertFalse(only(shown(trial("2027-07-02T09:00:00Z"))).backfill());
        var week = new Hearing("w", "trial", List.of(), new Week(LocalDate.parse("2027-06-21"), LocalDate.parse("2027-06-27"), COURT));
        said = new HashMap<>();
        assertTrue(only(shown(week)).backfill());
    }

    @Test
    void aWeekBecomesADay() {
        var week = new Hearing("h", "trial", List.of(), new Week(LocalDate.parse("2027-03-01"), LocalDate.parse("2027-03-07"), null));
        NewEvent listed = only(shown(week));
        assertEquals("2027-03-01", listed.data().path("week_commencing").asText());
        assertTrue(listed.data().path("court").isMissingNode());
        assertEquals("2027-03-03T10:00:00Z", only(shown(trial("2027-03-03T10:00:00Z"))).data().path("starts_at").asText());
    }

    @Test
    void kindAndRoomAloneAreShownAndToldToNobody() {
        only(shown(trial("2027-03-01T10:00:00Z")));
        var restricted = new Hearing("h", null, List.of(new Sitting(Instant.parse("2027-03-01T10:00:00Z"), null,
            new Court(COURT.name(), COURT.ouCode(), COURT.address(), null))), null);
        NewEvent changed = only(shown(restricted));
        assertFalse(changed.data().path("notify").asBoolean(true));
        assertEquals("other", changed.data().path("kind").asText(), "what was said of it before is said no longer");
        quiet(shown(restricted));
        var nowhere = new Hearing("h", null, List.of(new Sitting(Instant.parse("2027-03-01T10:00:00Z"), null, null)), null);
        quiet(shown(nowhere));
    }

    @Test
    void whatHasGoneIsForStaffAndNeverCalledOff() {
        only(shown(trial("2027-03-01T10:00:00Z")));
        ScheduleNews.News gone = shown();
        assertEquals(List.of(), gone.events());
        assertEquals(List.of(new ScheduleNews.Missing("h", 1, LocalDate.parse("2027-03-01"))), gone.gone());
        quiet(shown());
        ScheduleNews.News back = shown(trial("2027-03-01T10:00:00Z"));
        assertEquals(1, back.back().size());
        assertEquals(List.of(), back.events());
        assertEquals(2, shown().gone().getFirst().time(), "another time is another item");
        now = Instant.parse("2027-03-02T09:00:00Z");
        quiet(shown());
    }

    @Test
    void aPastHearingGoesFromAScheduleByItself() {
        only(shown(trial("2027-01-20T10:00:00Z")));
        quiet(shown());
    }
}
