package uk.waymark.hearings.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import uk.waymark.hearings.trial.ReminderReports.Finding;
import uk.waymark.platform.Sealing;

/** Lots, intervals and hidden figures, without a database. */
class TrialFiguresTest {
    private static final LocalDate DAY = LocalDate.parse("2027-03-01");
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
        ReminderReports.Report report = reports.of(new int[][] {{306, 99}, {316, 90}}, DAY, DAY);
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
        assertEquals(Finding.REMINDERS_HELP, reports.of(new int[][] {{270, 30}, {240, 60}}, DAY, DAY).finding());
        ReminderReports.Report harm = reports.of(new int[][] {{240, 60}, {270, 30}}, DAY, DAY);
        assertEquals(Finding.REMINDERS_HARM, harm.finding());
        assertTrue(harm.english().endsWith("between 4.3 and 15.7 percentage points."), harm.english());
        assertEquals(Finding.NONE, reports.of(new int[2][2], DAY, DAY).finding());
        ReminderReports.Report few = reports.of(new int[][] {{40, 20}, {50, 9}}, DAY, DAY);
        assertEquals(Finding.TOO_FEW, few.finding());
        assertNull(few.difference());
        assertFalse(few.english().contains("{"));
    }

    @Property(tries = 3000)
    void whatIsHiddenCannotBeReckoned(@ForAll @IntRange(max = 25) int a, @ForAll @IntRange(max = 25) int b,
                                      @ForAll @IntRange(max = 25) int c, @ForAll @IntRange(max = 25) int d) {
        Integer[][] shown = HiddenFigures.of(new int[][] {{a, b}, {c, d}}, 10);
        List<Set<Integer>> could = IntStream.range(0, 9).<Set<Integer>>mapToObj(i -> new HashSet<>()).toList();
        for (int[][] cells : around(a, b, c, d)) {
            int[] all = {cells[0][0], cells[0][1], cells[0][0] + cells[0][1], cells[1][0], cells[1][1], cells[1][0] + cells[1][1],
                cells[0][0] + cells[1][0], cells[0][1] + cells[1][1], cells[0][0] + cells[0][1] + cells[1][0] + cells[1][1]};
            boolean fits = IntStream.range(0, 9).allMatch(i -> shown[i / 3][i % 3] == null || shown[i / 3][i % 3] == all[i]);
            if (fits) {
                IntStream.range(0, 9).forEach(i -> could.get(i).add(all[i]));
            }
        }
        for (int i = 0; i < 9; i++) {
            Integer figure = shown[i / 3][i % 3];
            assertTrue(figure != null ? figure >= 10 : could.get(i).size() > 1, "figure " + i + " of " + List.of(a, b, c, d));
        }
    }

    private static List<int[][]> around(int a, int b, int c, int d) {
        var tables = new ArrayList<int[][]>();
        for (int w = Math.max(0, a - 1); w <= a + 1; w++) {
            for (int x = Math.max(0, b - 1); x <= b + 1; x++) {
                for (int y = Math.max(0, c - 1); y <= c + 1; y++) {
                    for (int z = Math.max(0, d - 1); z <= d + 1; z++) {
                        tables.add(new int[][] {{w, x}, {y, z}});
                    }
                }
            }
        }
        return tables;
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
