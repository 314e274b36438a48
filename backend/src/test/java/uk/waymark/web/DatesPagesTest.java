package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.waymark.bridge.Batches;
import uk.waymark.platform.CaseClock;
import uk.waymark.testing.SignUp;

/** Dates on the pages: what is known of one, the answer, what is needed on the day and the days that do not suit. */
class DatesPagesTest extends WebTest {
    private static final Pattern DATE = Pattern.compile("href=\"(/cases/[0-9a-f-]{36}/dates/[0-9a-f-]{36})\"");

    /** @return the page of the case */
    private String withDate(Surf surf, String id, String mobile) {
        person(id, mobile, Map.of());
        date(id);
        return activate(surf, id, mobile).expect(200).path();
    }

    private static String first(Surf surf, String mine) {
        Matcher link = DATE.matcher(surf.get(mine + "/dates").expect(200).text());
        assertTrue(link.find(), "a date in the list");
        return link.group(1);
    }

    @Test
    void aDateIsReadAndAnswered() {
        Surf surf = surf();
        String mine = withDate(surf, "dat", "+447700900601");
        Surf.Seen page = surf.get(mine).expect(200);
        assertTrue(page.text().contains(mine + "/dates") && page.text().contains("Court date: Tuesday 8 June"), page.text());
        assertFalse(page.text().contains("We do not know yet"), "the next thing is known");
        String date = first(surf, mine);
        Surf.Seen seen = surf.get(date).expect(200);
        assertTrue(seen.text().contains("Tuesday 8 June 2027, 10am") || seen.text().contains("Tuesday 8 June, 10am"), seen.text());
        assertTrue(seen.text().contains("Leeds Crown Court") && seen.text().contains("app-as-at"), seen.text());
        assertTrue(surf.fill(seen, date, Map.of()).expect(422).text().contains("id=\"answer-error\""));
        Surf.Seen long1 = surf.fill(seen, date, Map.of("answer", "cannot", "reason", "x".repeat(2_001))).expect(422);
        assertTrue(long1.text().contains("id=\"reason-error\"") && long1.text().contains("x".repeat(2_001)), "nothing typed is lost");
        Surf.Seen taken = surf.fill(seen, date, Map.of("answer", "cannot", "reason", "An operation")).expect(200);
        assertTrue(taken.text().contains("No, something stops me") && taken.text().contains("/calls/new?reason=date"), taken.text());
        surf.get(mine + "/dates/0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10").expect(404);
        assertTrue(surf.get(date + "?lang=cy").expect(200).text().contains("Allwch chi ddod?"));
    }

    @Test
    void anAnswerIsShownAndOneToADateThatMovedIsNotTakenUnseen() {
        Surf surf = surf();
        String mine = withDate(surf, "mov", "+447700900603");
        String date = first(surf, mine);
        Surf.Seen old = surf.get(date).expect(200);
        surf.fill(old, date, Map.of("answer", "yes")).expect(200);
        Surf.Seen said = surf.get(date).expect(200);
        assertTrue(said.text().contains("You answered on") && said.text().contains("Yes, I can come"), said.text());
        var answer = api().as(systemToken("northmoor")).post("/v1/bridge/events", Batches.batch(List.of(Batches.event("m-mov",
            reference("mov"), bean(CaseClock.class).instant().minus(Duration.ofDays(1)).toString(), "hearing_changed",
            Map.of("hearing_id", "h-mov", "starts_at", "2027-06-15T10:00:00+01:00"))))).expect(200);
        assertEquals("accepted", answer.at("/results/0/status"), answer.text());
        SignUp.drain(this);
        Surf.Seen moved = surf.fill(old, date, Map.of("answer", "cannot", "reason", "An operation")).expect(422);
        assertTrue(moved.text().contains("changed since you opened the page") && moved.text().contains("An operation")
            && moved.text().contains("15 June"), moved.text());
        assertTrue(surf.get(date).text().contains("The date has changed since you answered."));
        surf.fill(moved, date, Map.of("answer", "cannot", "reason", "An operation")).expect(200);
        assertFalse(surf.get(date).text().contains("The date has changed since you answered."));
    }

    @Test
    void whatIsNeededAndWhenNotIsSaidAndReadBack() {
        Surf surf = surf();
        String mine = withDate(surf, "nee", "+447700900602");
        Surf.Seen day = surf.get(mine + "/day").expect(200);
        surf.fill(day, mine + "/day", Map.of("need", "screens", "interpreter", "pl", "other", "A chair with arms")).expect(200);
        Surf.Seen again = surf.get(mine + "/day").expect(200);
        assertTrue(again.text().contains("value=\"screens\" checked") && again.text().contains("A chair with arms"), again.text());
        assertTrue(again.text().contains("value=\"pl\" selected") && again.text().contains("As you told us on"), again.text());
        assertTrue(surf.fill(day, mine + "/day", Map.of("need", "expenses")).expect(422).text().contains("changed in another window"));

        Surf.Seen away = surf.get(mine + "/away").expect(200);
        assertTrue(surf.fill(away, mine + "/away", Map.of("from-day", "31", "from-month", "2", "from-year", "2027")).expect(422).text()
            .contains("in the calendar"));
        surf.fill(away, mine + "/away", Map.of("from-day", "14", "from-month", "6", "from-year", "2027", "to-day", "18", "to-month", "6",
            "to-year", "2027", "why", "My exams")).expect(200);
        Surf.Seen said = surf.get(mine + "/away").expect(200);
        assertTrue(said.text().contains("My exams"), said.text());
        surf.fill(said, mine + "/away", Map.of("gone", "0")).expect(200);
        assertFalse(surf.get(mine + "/away").text().contains("My exams"));
        assertEquals(404, surf.get("/cases/0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10/away").status());
    }
}
