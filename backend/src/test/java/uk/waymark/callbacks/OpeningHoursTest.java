package uk.waymark.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import uk.waymark.callbacks.Offices.Office;
import uk.waymark.callbacks.OpeningHours.Hours;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.WorkingDays;

/** When somebody can ring: hours, bank holidays, the nights on which the clocks change, and what cannot be booked. */
class OpeningHoursTest {
    private static final WorkingDays DAYS = new WorkingDays();

    private static OpeningHours hours(Hours... week) {
        return new OpeningHours(List.of(week), Duration.ofMinutes(30), DAYS::isBankHoliday);
    }

    private static OpeningHours office() {
        return hours(IntStream.rangeClosed(1, 5).mapToObj(d -> new Hours(d, LocalTime.of(9, 0), LocalTime.of(17, 0))).toArray(Hours[]::new));
    }

    private static OpeningHours always() {
        return hours(IntStream.rangeClosed(1, 7).mapToObj(d -> new Hours(d, LocalTime.MIN, LocalTime.of(23, 59))).toArray(Hours[]::new));
    }

    private static Instant at(String moment) {
        return Instant.parse(moment);
    }

    @Test
    void aDayHasAsManyPlacesAsItsHoursHold() {
        List<Slot> friday = office().slots(at("2027-03-05T00:00:00Z"), at("2027-03-06T00:00:00Z"));
        assertEquals(16, friday.size());
        assertEquals(new Slot(at("2027-03-05T09:00:00Z"), at("2027-03-05T09:30:00Z")), friday.getFirst());
        assertEquals(at("2027-03-05T17:00:00Z"), friday.getLast().to());
        assertEquals(List.of(), office().slots(at("2027-03-06T00:00:00Z"), at("2027-03-07T23:00:00Z")), "a weekend");
        assertEquals(at("2027-06-04T08:00:00Z"), office().slots(at("2027-06-04T00:00:00Z"), at("2027-06-05T00:00:00Z")).getFirst().from(),
            "by the clock on the wall in summer");
        assertEquals(1, office().slots(at("2027-03-05T09:00:00Z"), at("2027-03-05T09:59:00Z")).size(), "whole places only");
    }

    @Test
    void itIsClosedOnBankHolidays() {
        assertEquals(List.of(), always().slots(at("2026-12-25T00:00:00Z"), at("2026-12-26T00:00:00Z")), "Christmas Day");
        assertFalse(office().open(at("2026-12-25T11:00:00Z")));
        assertTrue(office().open(at("2026-12-24T11:00:00Z")));
        assertEquals(List.of(), office().slots(at("2026-12-28T00:00:00Z"), at("2026-12-28T23:59:00Z")), "the day in lieu of Boxing Day");
    }

    @Test
    void theHourThatIsMissingHasNoPlaceAndTheOneThatComesTwiceCountsOnce() {
        List<Slot> march = always().slots(at("2027-03-28T00:00:00Z"), at("2027-03-28T03:00:00Z"));
        assertEquals(List.of(at("2027-03-28T00:00:00Z"), at("2027-03-28T00:30:00Z"), at("2027-03-28T01:00:00Z")),
            march.stream().map(Slot::from).limit(3).toList(), "after 0:30 comes 2:00");
        long october = always().slots(at("2027-10-30T23:00:00Z"), at("2027-10-31T03:00:00Z")).stream()
            .filter(s -> !s.from().isBefore(at("2027-10-31T00:00:00Z")) && s.from().isBefore(at("2027-10-31T02:00:00Z"))).count();
        assertEquals(2, october);
    }

    @Test
    void timeGoesOnOnlyWhileItIsOpen() {
        assertEquals(at("2027-03-05T13:00:00Z"), office().after(at("2027-03-05T09:00:00Z"), Duration.ofHours(4)));
        assertEquals(at("2027-03-08T11:00:00Z"), office().after(at("2027-03-05T15:00:00Z"), Duration.ofHours(4)), "over a weekend");
        assertEquals(at("2027-03-08T13:00:00Z"), office().after(at("2027-03-06T22:00:00Z"), Duration.ofHours(4)));
        assertEquals(at("2027-03-06T02:00:00Z"), hours().after(at("2027-03-05T22:00:00Z"), Duration.ofHours(4)), "where it never opens");
    }

    @Test
    void whatCannotBeIsNamedWithWhatCan() {
        var office = new Office("wcu", office(), 2, null, null);
        Instant now = at("2027-03-04T12:00:00Z");
        List<Slot> next = List.of(new Slot(at("2027-03-04T14:00:00Z"), at("2027-03-04T14:30:00Z")));
        for (Slot wrong : List.of(new Slot(at("2027-03-03T10:00:00Z"), at("2027-03-03T11:00:00Z")),
                new Slot(at("2027-12-27T10:00:00Z"), at("2027-12-27T12:00:00Z")),
                new Slot(at("2027-03-28T01:30:00Z"), at("2027-03-28T02:30:00Z")),
                new Slot(at("2027-03-05T10:00:00Z"), at("2027-03-05T10:10:00Z")),
                new Slot(at("2027-03-05T11:00:00Z"), at("2027-03-05T10:00:00Z")))) {
            assertThrows(ProblemException.class, () -> Preferred.slots(List.of(wrong), office, m -> true, now, Duration.ofDays(365),
                most -> next), wrong::toString);
        }
        assertThrows(ProblemException.class, () -> Preferred.slots(List.of(new Slot(at("2027-03-05T10:00:00Z"),
            at("2027-03-05T12:00:00Z"))), office, m -> false, now, Duration.ofDays(60), most -> next), "never a safe time");
        assertEquals(4, Preferred.slots(List.of(new Slot(at("2027-03-05T10:00:00Z"), at("2027-03-05T12:00:00Z"))), office, m -> true, now,
            Duration.ofDays(60), most -> next).size());
    }

    @Test
    void aLongPlaceIsSafeAllTheTime() {
        var hours = new OpeningHours(List.of(new Hours(5, LocalTime.of(8, 30), LocalTime.of(16, 30))), Duration.ofHours(2),
            DAYS::isBankHoliday);
        var friday = new Slot(at("2027-03-05T08:00:00Z"), at("2027-03-05T18:00:00Z"));
        Instant lunch = at("2027-03-05T13:00:00Z");
        Predicate<Instant> safe = m -> m.isBefore(lunch) || !m.isBefore(lunch.plus(Duration.ofHours(1)));
        assertEquals(List.of(at("2027-03-05T08:30:00Z"), at("2027-03-05T10:30:00Z"), at("2027-03-05T14:30:00Z")),
            Preferred.possible(friday, new Office("wcu", hours, 2, null, null), safe, at("2027-03-04T12:00:00Z"), Duration.ofDays(60))
                .stream().map(Slot::from).toList(), "not 12:30 to 14:30");
    }

    @Test
    void timesAreSpokenInBothLanguages() {
        var slot = new Slot(at("2027-06-04T09:00:00Z"), at("2027-06-04T09:30:00Z"));
        assertEquals("Friday 4 June between 10am and 10:30am", Spoken.of(slot, "en"));
        assertEquals("ddydd Gwener 4 Mehefin rhwng 10am a 10:30am", Spoken.of(slot, "cy"));
        assertEquals("10am on Friday 4 June", Spoken.of(slot.from(), "en"));
        assertEquals("10am ddydd Gwener 4 Mehefin", Spoken.of(slot.from(), "cy"));
        assertEquals("the end of Monday 7 June", Spoken.of(java.time.Instant.parse("2027-06-07T23:00:00Z"), "en"));
        assertEquals("diwedd dydd Llun 7 Mehefin", Spoken.of(java.time.Instant.parse("2027-06-07T23:00:00Z"), "cy"));
    }

    @Test
    void aSmallFigureIsHiddenAndEverySumWithIt() {
        var lines = CallBackReports.shown(List.of(new CallBackReports.Counted("a", 40, 19, 51, 11),
            new CallBackReports.Counted("b", 30, 28, 44, 0)));
        assertEquals(new CallBackReports.Line("a", 40, 19, 51, 11), lines.get(0));
        assertEquals(new CallBackReports.Line("b", 30, null, 44, null), lines.get(1), "28 of 30 would tell that two were late");
        assertEquals(new CallBackReports.Line("all", 70, null, 95, null), lines.get(2));
        assertEquals(new CallBackReports.Line("all", null, null, null, null), CallBackReports.shown(List.of()).getLast());
        assertEquals(new CallBackReports.Line("a", 40, 25, 51, null), CallBackReports.shown(List.of(
            new CallBackReports.Counted("a", 40, 25, 51, 11))).getFirst(), "25 and 11 of 40 would tell that four were rung late");
    }

    /** Of whatever months two reports are asked for: what is in one and not in the other is never few. */
    @Property(tries = 500)
    void noTwoReportsGiveASmallFigureAway(@ForAll @Size(min = 1, max = 8) List<@Size(3) List<@IntRange(max = 40) Integer>> months) {
        for (int from = 0; from < months.size(); from++) {
            for (int to = from; to < months.size(); to++) {
                for (int less = from; less <= to; less++) {
                    assertNothingSmallBetween(reportOf(months, from, to), reportOf(months, from, less));
                    assertNothingSmallBetween(reportOf(months, from, to), reportOf(months, less, to));
                }
            }
        }
    }

    /** Two units, of which the second has a third as many. */
    private static List<CallBackReports.Line> reportOf(List<List<Integer>> months, int from, int to) {
        var counted = new ArrayList<CallBackReports.Counted>();
        for (String unit : List.of("a", "b")) {
            months.subList(from, to + 1).stream().map(m -> m.stream().map(n -> "a".equals(unit) ? n : n / 3).toList())
                .map(m -> new CallBackReports.Counted(unit, m.get(0) + m.get(1) + m.get(2), m.get(0), 2 * m.get(0), m.get(1)))
                .filter(n -> n.asked() > 0).forEach(counted::add);
        }
        return CallBackReports.shown(counted);
    }

    private static void assertNothingSmallBetween(List<CallBackReports.Line> outer, List<CallBackReports.Line> inner) {
        for (CallBackReports.Line line : inner) {
            CallBackReports.Line other = outer.stream().filter(l -> l.unit().equals(line.unit())).findFirst().orElseThrow();
            List<Integer> one = Arrays.asList(other.asked(), other.metInTime(), other.attempts(), other.notReached());
            List<Integer> two = Arrays.asList(line.asked(), line.metInTime(), line.attempts(), line.notReached());
            for (int i = 0; i < one.size(); i++) {
                int more = one.get(i) == null || two.get(i) == null ? 0 : one.get(i) - two.get(i);
                assertTrue(more == 0 || more >= CallBackReports.LEAST, line.unit() + ": figure " + i + " differs by " + more);
            }
        }
    }
}
