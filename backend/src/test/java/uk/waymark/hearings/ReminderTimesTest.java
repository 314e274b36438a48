package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.CourtHearing.State;
import uk.waymark.hearings.ReminderPlan.Step;
import uk.waymark.hearings.ReminderPlan.Words;
import uk.waymark.hearings.ReminderTimes.Planned;
import uk.waymark.platform.WorkingDays;

/** When plans remind, over weekends, bank holidays, clock changes and moves. */
class ReminderTimesTest {
    private static final ReminderRules RULES = new ReminderRules();
    private static final ReminderTimes TIMES = new ReminderTimes(RULES, new WorkingDays());
    private static final List<Step> TRIAL = RULES.shared(HearingKind.TRIAL).steps();

    private static Instant london(String local) {
        return LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant();
    }

    static CourtHearing at(LocalDateTime start) {
        return hearing(start.atZone(WorkingDays.LONDON).toInstant(), start.toLocalDate(), null, 1);
    }

    private static CourtHearing hearing(Instant start, LocalDate on, LocalDate week, int version) {
        return new CourtHearing(new UUID(0, 1), new UUID(0, 2), null, start, on, week, "Leeds Crown Court", null, null, null,
            HearingKind.TRIAL, State.LISTED, false, false, true, new UUID(0, 3), Instant.EPOCH, Instant.EPOCH, version);
    }

    private static List<Instant> dues(CourtHearing h, String now) {
        return TIMES.of(h, TRIAL, true, london(now)).stream().map(Planned::due).toList();
    }

    @Test
    void whatSomebodyWasToldOfEndsAsAReminderOfAPlanDoes() {
        LocalDate july = LocalDate.of(2026, 7, 8);
        assertEquals(Instant.parse("2026-07-08T08:05:00Z"), TIMES.leaves(july, LocalTime.of(12, 5)));
        assertEquals(Instant.parse("2026-07-08T11:05:00Z"), TIMES.starts(july, LocalTime.of(12, 5)));
        assertEquals(TIMES.leaves(hearing(null, july, null, 1)), TIMES.leaves(july, null), "where no hour is known");
    }

    @Test
    void aWeekBeforeAndOnTheLastWorkingDayByTheClockOnTheWall() {
        // Easter 2027, and the clocks go forward on Easter Sunday
        CourtHearing h = at(LocalDateTime.parse("2027-03-30T10:00"));
        assertEquals(List.of(london("2027-03-23T10:00"), london("2027-03-25T10:00")), dues(h, "2027-03-01T09:00"));
        CourtHearing later = at(LocalDateTime.parse("2027-04-01T14:00"));
        assertEquals(List.of(Instant.parse("2027-03-25T10:00:00Z"), Instant.parse("2027-03-31T09:00:00Z")),
            dues(later, "2027-03-01T09:00"));
        CourtHearing autumn = at(LocalDateTime.parse("2027-11-01T10:00"));
        assertEquals(List.of(Instant.parse("2027-10-25T09:00:00Z"), Instant.parse("2027-10-29T09:00:00Z")),
            dues(autumn, "2027-10-01T09:00"));
    }

    @Test
    void whatIsPastIsNotMadeUpFor() {
        CourtHearing h = at(LocalDateTime.parse("2027-02-12T10:00"));
        assertEquals(List.of(london("2027-02-11T10:00")), dues(h, "2027-02-08T09:00"));
        assertEquals(List.of(london("2027-02-05T10:00"), london("2027-02-11T10:00")), dues(h, "2027-02-05T08:00"));
        assertEquals(List.of(), dues(h, "2027-02-11T10:00"));
    }

    @Test
    void ofAWeekTheQuestionIsAskedAWeekBeforeItsMonday() {
        CourtHearing h = hearing(null, null, LocalDate.parse("2027-02-15"), 1);
        assertEquals(List.of(london("2027-02-08T10:00")), dues(h, "2027-01-01T10:00"));
        assertEquals(List.of(), TIMES.of(h, List.of(new Step(7, false, LocalTime.NOON, Words.QUESTION, false)), false,
            london("2027-01-01T10:00")));
        assertEquals(List.of(), dues(hearing(null, null, null, 1), "2027-01-01T10:00"));
    }

    @Test
    void whoNeedNotComeIsRemindedOnlyWhereThePlanSaysSo() {
        CourtHearing h = at(LocalDateTime.parse("2027-02-12T10:00"));
        assertEquals(List.of(), TIMES.of(h, TRIAL, false, london("2027-01-01T10:00")));
        assertEquals(1, TIMES.of(h, List.of(new Step(2, false, LocalTime.NOON, Words.DETAILS, false)), false,
            london("2027-01-01T10:00")).size());
    }

    @Test
    void aReminderLeavesByDay() {
        assertEquals(london("2027-02-12T08:00"), TIMES.within(london("2027-02-12T03:00")));
        assertEquals(london("2027-02-12T08:00"), TIMES.within(london("2027-02-12T08:00")));
        assertEquals(london("2027-02-13T08:00"), TIMES.within(london("2027-02-12T20:00")));
        assertEquals(london("2027-03-28T08:00"), TIMES.within(london("2027-03-27T23:30")));
    }

    @Test
    void everyKindHasAPlanOfAllForces() {
        for (HearingKind kind : HearingKind.values()) {
            assertEquals(kind == HearingKind.TRIAL_WITHOUT_WITNESSES, RULES.shared(kind).steps().isEmpty(), kind.toString());
        }
    }

    /** Whatever the plan and however often the date moves: nothing late, nothing twice, nothing of another date. */
    @Property(tries = 2000)
    void overAnyMovesNothingIsLateOrDouble(@ForAll long seed) {
        var random = new Random(seed);
        List<Step> steps = steps(random);
        Instant now = london("2027-01-01T00:00").plus(Duration.ofMinutes(random.nextInt(400 * 24 * 60)));
        var said = new HashSet<List<Object>>();
        for (int move = 1; move <= 1 + random.nextInt(6); move++) {
            CourtHearing h = random(random, now, move);
            Instant until = now.plus(Duration.ofMinutes(random.nextInt(40 * 24 * 60)));
            Instant moved = now;
            List<Planned> planned = TIMES.of(h, steps, true, now);
            Instant before = moved;
            for (Planned p : planned) {
                assertTrue(p.due().isAfter(moved), "in the past");
                assertFalse(p.due().isBefore(before), "in order");
                assertTrue(p.due().isBefore(p.uselessFrom()), "useless when it is due");
                assertFalse(p.uselessFrom().isAfter(TIMES.leaves(h)), "after they have left");
                assertEquals(p.step().at(), p.due().atZone(WorkingDays.LONDON).toLocalTime(), "by the clock on the wall");
                assertTrue(h.on() != null || p.step().words() == Words.QUESTION, "details of a week");
                if (!p.due().isAfter(until)) {
                    assertTrue(said.add(List.of(h.version(), p.due(), p.step())), "twice");
                }
                before = p.due();
            }
            for (int i = 1; i < planned.size(); i++) {
                assertFalse(planned.get(i - 1).uselessFrom().isAfter(planned.get(i).due()), "two at once");
            }
            now = until;
        }
    }

    private static List<Step> steps(Random random) {
        return random.ints(random.nextInt(5), 1, 61).mapToObj(days -> new Step(days, random.nextBoolean(),
            LocalTime.of(8 + random.nextInt(12), random.nextInt(60)), Words.values()[random.nextInt(2)], true)).distinct().toList();
    }

    private static CourtHearing random(Random random, Instant now, int version) {
        LocalDate day = ReminderTimes.day(now).plusDays(random.nextInt(60));
        return switch (random.nextInt(4)) {
            case 0 -> hearing(null, null, day.with(java.time.DayOfWeek.MONDAY), version);
            case 1 -> hearing(null, day, null, version);
            default -> hearing(day.atTime(9 + random.nextInt(8), 0).atZone(WorkingDays.LONDON).toInstant(), day, null, version);
        };
    }
}
