package uk.waymark.hearings.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import uk.waymark.hearings.trial.ReminderReports.Finding;
import uk.waymark.platform.Sealing;

/** Lots, intervals and hidden figures, without a database. */
class TrialFiguresTest {
    private static final LocalDate DAY = LocalDate.parse("2027-03-01");
    private static final YearMonth MONTH = YearMonth.from(DAY);
    private final ReminderReports reports = new ReminderReports(null, new TrialSettings());

    @Test
    void intervalsAreThoseOfThePapers() {
        // Newcombe 1998, part one, table I (a) and (b)
        TrialStatistics.Interval one = TrialStatistics.wilson(81, 263);
        assertEquals(0.2553, one.lower(), 0.00005);
        assertEquals(0.3662, one.upper(), 0.00005);
        TrialStatistics.Interval few = TrialStatistics.wilson(15, 148);
        assertEquals(0.0624, few.lower(), 0.00005);
        assertEquals(0.1605, few.upper(), 0.00005);
        // part two, table II, method 10
        TrialStatistics.Interval a = TrialStatistics.newcombe(56, 70, 48, 80);
        assertEquals(0.0524, a.lower(), 0.00005);
        assertEquals(0.3339, a.upper(), 0.00005);
        TrialStatistics.Interval b = TrialStatistics.newcombe(9, 10, 3, 10);
        assertEquals(0.1705, b.lower(), 0.00005);
        assertEquals(0.8090, b.upper(), 0.00005);
        TrialStatistics.Interval all = TrialStatistics.newcombe(10, 10, 0, 10);
        assertEquals(0.6075, all.lower(), 0.00005);
        assertEquals(1, all.upper(), 0.00005);
        assertEquals(1, TrialStatistics.probability(0, 20, 0, 30), "nothing differs");
    }

    /** 811 people, 405 of them with a text; 24 and 22 of a hundred: the paper's p is 0.444, and its counts are not printed. */
    @Test
    void theForcesOwnTrialShowsNothing() {
        assertEquals(0.444, TrialStatistics.probability(99, 405, 90, 406), 0.002);
        ReminderReports.Report report = report(new int[][] {{306, 99}, {316, 90}});
        assertEquals(Finding.SHOWS_NOTHING, report.finding());
        assertEquals(-8.1, report.difference().lower(), 0.05);
        assertEquals(3.5, report.difference().upper(), 0.05);
        assertEquals("This shows nothing. 22.2 % did not attend without the extra reminders and 24.4 % with them; a difference as large as "
            + "this may well be chance. Anything from -8.1 to 3.5 percentage points fits these figures, and so does no difference at all.",
            report.english());
        assertTrue(report.welsh().startsWith("Nid yw hyn yn dangos dim. Ni ddaeth 22.2 % heb"), report.welsh());
    }

    @Test
    void whatIsShownIsSaidEitherWay() {
        assertEquals(Finding.REMINDERS_HELP, report(new int[][] {{270, 30}, {240, 60}}).finding());
        ReminderReports.Report harm = report(new int[][] {{240, 60}, {270, 30}});
        assertEquals(Finding.REMINDERS_HARM, harm.finding());
        assertTrue(harm.english().endsWith("between 4.3 and 15.7 percentage points."), harm.english());
        assertEquals(Finding.NONE, reports.of(new TreeMap<>(), DAY, MONTH.atEndOfMonth()).finding());
        ReminderReports.Report few = report(new int[][] {{40, 20}, {50, 9}});
        assertEquals(Finding.TOO_FEW, few.finding());
        assertNull(few.difference());
        assertFalse(few.english().contains("{"));
    }

    /** Of whatever periods two reports are asked for: neither shows a small figure, and nor does what is in one and not in the other. */
    @Property(tries = 500)
    void noTwoReportsGiveASmallFigureAway(@ForAll @Size(min = 1, max = 14) List<@Size(4) List<@IntRange(max = 14) Integer>> counted) {
        var months = new TreeMap<YearMonth, int[][]>();
        for (int m = 0; m < counted.size(); m++) {
            List<Integer> n = counted.get(m);
            if (n.stream().anyMatch(x -> x > 0)) {
                months.put(MONTH.plusMonths(m), new int[][] {{n.get(0), n.get(1)}, {n.get(2), n.get(3)}});
            }
        }
        var answers = new ArrayList<ReminderReports.Report>();
        for (int from = 0; from < counted.size(); from++) {
            for (int to = from; to < counted.size(); to++) {
                answers.add(reports.of(months, MONTH.plusMonths(from).atDay(1), MONTH.plusMonths(to).atEndOfMonth()));
            }
        }
        for (ReminderReports.Report one : answers) {
            for (ReminderReports.Report other : answers) {
                if (one.countedFrom() != null && other.countedFrom() != null && !one.countedFrom().isBefore(other.countedFrom())
                        && !one.countedTo().isAfter(other.countedTo())) {
                    assertNothingSmallBetween(one, other);
                }
            }
        }
    }

    private static void assertNothingSmallBetween(ReminderReports.Report inner, ReminderReports.Report outer) {
        boolean same = inner.countedFrom().equals(outer.countedFrom()) && inner.countedTo().equals(outer.countedTo());
        for (int i = 0; i < 9; i++) {
            int more = outer.figures()[i / 3][i % 3] - inner.figures()[i / 3][i % 3];
            assertTrue(inner.figures()[i / 3][i % 3] >= 10, "figure " + i);
            assertTrue(same ? more == 0 : more >= 10, "figure " + i + " differs by " + more);
        }
    }

    @Test
    void monthsOfFewPeopleAreCountedTogetherAndAlwaysTheSameOnes() {
        var months = new TreeMap<YearMonth, int[][]>();
        for (int m = 0; m < 5; m++) {
            months.put(MONTH.plusMonths(m), new int[][] {{30, 5}, {25, 6}});
        }
        ReminderReports.Report all = reports.of(months, LocalDate.parse("2027-01-01"), LocalDate.parse("2027-12-31"));
        assertEquals(LocalDate.parse("2027-03-01"), all.countedFrom());
        assertEquals(LocalDate.parse("2027-06-30"), all.countedTo(), "July waits for August");
        assertEquals(120, all.figures()[0][0]);
        ReminderReports.Report less = reports.of(months, LocalDate.parse("2027-04-01"), LocalDate.parse("2027-07-31"));
        assertEquals(LocalDate.parse("2027-05-01"), less.countedFrom(), "April goes with March");
        assertEquals(60, less.figures()[0][0]);
        ReminderReports.Report one = reports.of(months, LocalDate.parse("2027-03-01"), LocalDate.parse("2027-03-31"));
        assertEquals(Finding.TOO_FEW, one.finding());
        assertNull(one.figures()[0][0]);
        assertNull(one.countedFrom());
        assertEquals(Finding.NONE, reports.of(months, LocalDate.parse("2027-01-01"), LocalDate.parse("2027-02-28")).finding());
    }

    private ReminderReports.Report report(int[][] cells) {
        return reports.of(new TreeMap<>(Map.of(MONTH, cells)), DAY, MONTH.atEndOfMonth());
    }

    @Property(tries = 50)
    void ofEachTenOfAStratumTheShareIsDrawn(@ForAll @IntRange(min = 1, max = 5) int tens, @ForAll @IntRange(max = 20) int block) {
        var lots = new TrialLots(new Sealing(Sealing.newSealingKeyset(), Sealing.newLookupKeyset()));
        UUID trial = UUID.randomUUID();
        List<Boolean> drawn = drawn(lots, trial, "trial/wcu", block, tens);
        assertEquals(tens, drawn.stream().filter(x -> x).count());
        assertEquals(drawn, drawn(lots, trial, "trial/wcu", block, tens), "the same lots again");
    }

    @Test
    void whoIsDrawnDiffersByBlockAndStratum() {
        var lots = new TrialLots(new Sealing(Sealing.newSealingKeyset(), Sealing.newLookupKeyset()));
        UUID trial = UUID.randomUUID();
        var seen = new HashSet<List<Boolean>>();
        IntStream.range(0, 20).forEach(block -> List.of("trial/wcu", "sentence/wcu", "trial/")
            .forEach(stratum -> seen.add(drawn(lots, trial, stratum, block, 5))));
        assertTrue(seen.size() > 30, "of 252 ways: " + seen.size());
    }

    private static List<Boolean> drawn(TrialLots lots, UUID trial, String stratum, int block, int tens) {
        return IntStream.range(0, TrialLots.BLOCK).mapToObj(i -> lots.heldOut(trial, stratum, block * TrialLots.BLOCK + i, tens * 10)).toList();
    }
}
