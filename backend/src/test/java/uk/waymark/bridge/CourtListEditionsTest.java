package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sql;

/** What a new edition, another list, a late one or two at once do to what people are shown and told. */
class CourtListEditionsTest extends CourtListTest {
    private int documents;

    private Lists firm(String urn, LocalDate day) {
        return list("crown_firm", urn, day).published(now().minusSeconds(7200));
    }

    /** At a court of its own: other tests' lists are no editions of it. */
    private Lists list(String format, String urn, LocalDate day) {
        return Lists.of(format, urn, day, now()).with("ID", "doc-" + ++documents).with("COURT", "TOWN " + urn);
    }

    private Lists later(Lists list) {
        return list.published(now().minusSeconds(3600)).with("ID", "doc-" + ++documents);
    }

    @Test
    void anEditionMovesAHearingWithOneText() {
        Crime crime = crime("MOVE1");
        LocalDate day = day(2);
        Lists first = firm("MOVE1", day);
        take(first);
        crime.texts();
        assertEquals("0 1 0 0", counts(take(later(first).on(day.plusDays(1), LocalTime.of(14, 15)))));
        assertEquals("hearing_changed " + day.plusDays(1) + " 14:15 Town Move1 Crown Court trial_without_witnesses", crime.newest());
        assertEquals(2, crime.entries().size());
        assertEquals(1, crime.texts());
        assertEquals("0 0 0 0", counts(take(first)));
        assertTrue(take(first).path("superseded").asBoolean());
        assertEquals(2, crime.entries().size());
        assertEquals(0, crime.texts());
    }

    @Test
    void theSameDocumentWithOtherDatesMovesToo() {
        Crime crime = crime("MOVE2");
        LocalDate day = day(2);
        Lists first = firm("MOVE2", day);
        take(first);
        assertEquals("0 1 0 0", counts(take(first.week(day.plusDays(14)).on(day.plusDays(14), LocalTime.of(10, 0)))));
        Lists standard = list("magistrates_standard", "MOVE2", day(4)).published(now().minusSeconds(7000));
        take(standard);
        crime.texts();
        assertEquals("0 1 0 0", counts(take(standard.on(day(4).plusDays(1), LocalTime.of(10, 0)))));
        assertEquals(1, crime.texts());
        assertEquals(4, crime.entries().size());
    }

    @Test
    void anEditionThatLeavesAHearingOutTakesItOff() {
        Crime crime = crime("DROP1");
        Lists first = firm("DROP1", day(2));
        take(first);
        crime.texts();
        assertEquals("0 0 1 0", counts(take(later(first).with("URN", "NOBODYS7"))));
        assertTrue(crime.newest().startsWith("hearing_vacated"), crime.newest());
        assertEquals(1, crime.texts());
        assertEquals("1 0 0 0", counts(take(later(later(first)))));
        assertEquals(1, crime.texts());
    }

    @Test
    void silenceElsewhereTakesNothingOff() {
        Crime crime = crime("QUIET1");
        LocalDate day = day(9);
        Lists firm = firm("QUIET1", day);
        take(firm);
        crime.texts();
        Lists silent = firm.with("URN", "NOBODYS8").published(now());
        for (Lists other : List.of(silent.week(day.plusDays(7)), silent.week(day.plusDays(7)).with("ID", "another"), silent.with("COURT", "ELSEWHERE"),
                list("crown_daily", "NOBODYS8", day).with("COURT", "TOWN QUIET1"), list("crown_warned", "NOBODYS8", day).with("COURT", "TOWN QUIET1"))) {
            assertEquals("0 0 0 0", counts(take(other)));
        }
        // two lists say it: it is off when the last one has left it out
        Lists daily = list("crown_daily", "QUIET1", day).published(now().plusSeconds(60));
        take(daily);
        take(silent);
        assertEquals(0, crime.texts());
        assertEquals("0 0 1 0", counts(take(daily.with("URN", "NOBODYS8"))));
        assertEquals(1, crime.texts());
    }

    @Test
    void aWeekBecomesADayOfTheSameHearing() {
        Crime crime = crime("WEEK1");
        LocalDate day = day(9);
        take(list("crown_warned", "WEEK1", day).published(now().minusSeconds(7200)));
        crime.texts();
        assertEquals("0 1 0 0", counts(take(firm("WEEK1", day))));
        assertEquals("hearing_changed " + day + " 10:00 Town Week1 Crown Court trial_without_witnesses", crime.newest());
        assertEquals(1, crime.texts());
        assertEquals("0 0 0 1", counts(take(list("crown_warned", "WEEK1", day))));
    }

    @Test
    void severalOnOneDayAreOneAndSeveralDaysAreOneText() {
        Crime crime = crime("MANY1");
        LocalDate day = day(3);
        // two sittings in the sample, a trial among them; and both lists of a day
        assertEquals("1 0 0 0", counts(take(list("magistrates_standard", "MANY1", day).published(now().minusSeconds(300)))));
        assertEquals("hearing_listed " + day + " 10:00 Town Many1 Magistrates' Court trial", crime.newest());
        // it says another kind of hearing: shown, and no reason for a text
        assertEquals("0 1 0 0", counts(take(list("magistrates_public", "MANY1", day).published(now().minusSeconds(200)))));
        assertEquals(1, crime.texts());
        Crime other = crime("MANY2");
        Lists twoDays = list("magistrates_standard", "MANY2", day);
        assertEquals("2 0 0 0", counts(take(twoDays.with("LATER_UTC", day.plusDays(1) + "T09:00:00Z"))));
        assertEquals(2, other.entries().size());
        assertEquals(1, other.texts());
    }

    @Test
    void twoCourtsOnOneDayAreTwoHearingsAndOneText() {
        Crime crime = crime("TWO1");
        LocalDate day = day(3).plusDays(7);
        take(list("magistrates_standard", "TWO1", day).published(now()));
        assertEquals("1 0 0 0", counts(take(list("crown_daily", "TWO1", day))));
        assertEquals(2, crime.entries().size());
        assertEquals(1, crime.texts());
    }

    @Test
    void oneUrnOfTwoCasesAndTwoUrnsOfOne() {
        Crime one = crime("SHARED1");
        Crime two = crime("SHARED1");
        report("northmoor", Batches.event("more-urn", "CL/" + caseNumber(two), at(-10), "urn_assigned", Map.of("urns", List.of("sha / red 2"))));
        assertEquals("2 0 0 0", counts(take(list("crown_warned", "SHARED1", day(4)).with("RESERVE", "SHARED1"))));
        assertEquals(1, one.entries().size());
        assertEquals(1, one.texts());
        assertEquals(1, two.texts());
        assertEquals("1 0 0 0", counts(take(list("crown_daily", "SHARED2", day(5)))));
        assertEquals(0, one.texts());
        assertEquals(1, two.texts());
    }

    private static int caseNumber(Crime crime) {
        return Integer.parseInt(crime.mobile.substring(crime.mobile.length() - 3)) - 300;
    }

    @Test
    void twoEditionsAtOnceEndAsTheLaterOne() throws Exception {
        Crime crime = crime("RACE1");
        LocalDate day = day(2);
        Lists base = firm("RACE1", day);
        // of one moment: whoever comes to it a second later than the next would be no edition before it
        Instant first = now().minusSeconds(7000);
        try (var posters = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 6; round++) {
                var posts = new ArrayList<Future<?>>();
                for (int i = 0; i < 4; i++) {
                    int minute = round * 4 + i;
                    posts.add(posters.submit(() -> post(base.published(first.plusSeconds(minute)).on(day, LocalTime.of(10, minute)).text()).expect(200)));
                }
                for (Future<?> post : posts) {
                    post.get();
                }
                assertTrue(crime.newest().contains(LocalTime.of(10, round * 4 + 3).toString()), crime.newest());
            }
        }
        assertEquals(1, count("select count(*) from waymark.listed_hearing h join waymark.case_urn u using (case_id) where u.urn_key = 'RACE1'"));
    }

    /** Whoever stopped after the edition was noted, or after some cases, sends it again. */
    @Test
    void whatWasInterruptedIsFinishedByTheSameListAgain() {
        Crime crime = crime("CRASH1");
        Lists list = firm("CRASH1", day(2));
        take(list);
        crime.texts();
        acting().as(worker("northmoor"), (Connection c) -> {
            // as if only the note of a later edition had been committed
            Sql.run(c, "update waymark.court_list set edition = edition + 1, published_at = published_at + interval '1 minute'");
            return null;
        });
        assertEquals("0 1 0 0", counts(take(later(list).on(day(2), LocalTime.of(11, 0)))));
        assertEquals(1, crime.texts());
    }

    @Test
    void anotherForcesCaseIsNotReached() {
        Crime theirs = new Crime("glanafon", "THEIRS1");
        assertEquals(1, take(firm("THEIRS1", day(2))).path("unknown_urns").asInt() - 1);
        assertEquals("nothing", theirs.newest());
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, sql, r -> r.getInt(1)).orElseThrow());
    }
}
