package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import uk.waymark.messaging.ContactChoices.Span;

/** The next safe moment, by the clock on the wall: midnight, both clock changes, and never any later than need be. */
class SafeTimesTest {
    private static final Span NIGHT = span("21:00", "08:00");
    /** The clocks go forward on 28 March 2027 at 01:00 and back on 31 October 2027 at 02:00. */
    private static final List<String> DAYS = List.of("2027-01-14T00:00:00Z", "2027-03-27T20:00:00Z", "2027-10-30T20:00:00Z");

    private static Span span(String from, String to) {
        return new Span(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static SafeTimes quiet(Span quiet) {
        return new SafeTimes(Map.of(), quiet);
    }

    private static SafeTimes on(DayOfWeek day, Span... spans) {
        return new SafeTimes(Map.of(day, List.of(spans)), null);
    }

    private static String next(SafeTimes times, String from) {
        return times.next(Instant.parse(from)).map(Instant::toString).orElse("none");
    }

    @Example
    void quietHoursPassMidnight() {
        assertEquals("2027-01-14T20:59:59.999Z", next(quiet(NIGHT), "2027-01-14T20:59:59.999Z"));
        assertEquals("2027-01-15T08:00:00Z", next(quiet(NIGHT), "2027-01-14T21:00:00Z"));
        assertEquals("2027-01-15T08:00:00Z", next(quiet(NIGHT), "2027-01-15T00:00:00Z"));
        assertEquals("2027-01-15T08:00:00Z", next(quiet(NIGHT), "2027-01-15T07:59:59Z"));
        assertEquals("2027-01-15T08:00:00Z", next(quiet(NIGHT), "2027-01-15T08:00:00Z"));
        assertEquals("2027-07-15T07:00:00Z", next(quiet(NIGHT), "2027-07-14T22:00:00Z"), "summer time");
    }

    @Example
    void quietHoursWithinADayAndAllDay() {
        assertEquals("2027-01-14T14:00:00Z", next(quiet(span("12:00", "14:00")), "2027-01-14T12:30:00Z"));
        assertEquals("2027-01-14T02:00:00Z", next(quiet(span("12:00", "14:00")), "2027-01-14T02:00:00Z"));
        assertEquals("2027-01-15T00:00:00Z", next(quiet(span("18:00", "00:00")), "2027-01-14T18:30:00Z"), "until 24:00");
        assertEquals("none", next(quiet(span("00:00", "00:00")), "2027-01-14T18:30:00Z"));
    }

    @Example
    void theClocksGoForward() {
        assertEquals("2027-03-28T07:00:00Z", next(quiet(NIGHT), "2027-03-27T23:00:00Z"), "an hour sooner than the night before");
        // 01:30 is left out: what would end then ends as the clock jumps to 02:00
        assertEquals("2027-03-28T01:00:00Z", next(quiet(span("22:00", "01:30")), "2027-03-28T00:59:00Z"));
        assertEquals("2027-03-28T01:00:00Z", next(on(DayOfWeek.SUNDAY, span("01:30", "02:30")), "2027-03-27T12:00:00Z"));
        assertEquals("2027-04-04T00:15:00Z", next(on(DayOfWeek.SUNDAY, span("01:15", "01:45")), "2027-03-27T12:00:00Z"),
            "a span that is left out wholly comes a week later");
    }

    @Example
    void theClocksGoBack() {
        assertEquals("2027-10-31T08:00:00Z", next(quiet(NIGHT), "2027-10-30T22:00:00Z"), "an hour later than the night before");
        SafeTimes twice = on(DayOfWeek.SUNDAY, span("01:15", "01:45"));
        assertEquals("2027-10-31T00:15:00Z", next(twice, "2027-10-30T12:00:00Z"));
        assertEquals("2027-10-31T01:15:00Z", next(twice, "2027-10-31T00:45:00Z"), "the clock shows it a second time");
        assertEquals("2027-11-07T01:15:00Z", next(twice, "2027-10-31T01:45:00Z"));
        SafeTimes untilHalfPast = quiet(span("22:00", "01:30"));
        assertTrue(untilHalfPast.allows(Instant.parse("2027-10-31T00:45:00Z")));
        assertFalse(untilHalfPast.allows(Instant.parse("2027-10-31T01:15:00Z")), "and so is what is quiet");
    }

    @Example
    void safeTimesOfAWeekday() {
        SafeTimes mornings = new SafeTimes(Map.of(DayOfWeek.WEDNESDAY, List.of(span("10:00", "12:00"), span("14:00", "15:00")),
            DayOfWeek.FRIDAY, List.of(span("22:00", "02:00"))), null);
        assertEquals("2027-01-13T10:00:00Z", next(mornings, "2027-01-11T00:00:00Z"));
        assertEquals("2027-01-13T14:00:00Z", next(mornings, "2027-01-13T12:00:00Z"));
        assertEquals("2027-01-16T01:59:00Z", next(mornings, "2027-01-16T01:59:00Z"), "Friday's goes on into Saturday");
        assertEquals("2027-01-20T10:00:00Z", next(mornings, "2027-01-16T02:00:00Z"));
        SafeTimes never = new SafeTimes(Map.of(DayOfWeek.MONDAY, List.of(span("22:00", "23:00"))), NIGHT);
        assertEquals("none", next(never, "2027-01-11T00:00:00Z"), "what is safe is quiet");
        assertEquals("none", next(new SafeTimes(Map.of(DayOfWeek.MONDAY, List.of()), null), "2027-01-11T00:00:00Z"));
    }

    @Property
    void itIsTheFirstSafeMinute(@ForAll("times") SafeTimes times, @ForAll("moments") Instant from) {
        Optional<Instant> next = times.next(from);
        Instant end = from.plus(SafeTimes.HORIZON);
        Instant minute = from;
        while (!minute.isAfter(end) && !plainly(times, minute)) {
            minute = minute.plus(Duration.ofMinutes(1));
        }
        assertEquals(minute.isAfter(end) ? Optional.empty() : Optional.of(minute), next);
        next.ifPresent(moment -> assertEquals(Optional.of(moment), times.next(moment)));
    }

    /** Said a second time, minute by minute of the wall clock. */
    private static boolean plainly(SafeTimes times, Instant moment) {
        LocalDateTime clock = LocalDateTime.ofInstant(moment, SafeTimes.UK);
        boolean safe = times.safe().isEmpty();
        for (var entry : times.safe().entrySet()) {
            for (Span span : entry.getValue()) {
                safe |= within(span, clock, entry.getKey());
            }
        }
        boolean quiet = false;
        for (DayOfWeek day : DayOfWeek.values()) {
            quiet |= times.quiet() != null && within(times.quiet(), clock, day);
        }
        return safe && !quiet;
    }

    private static boolean within(Span span, LocalDateTime clock, DayOfWeek day) {
        int minutes = 24 * 60;
        int from = span.from().toSecondOfDay() / 60;
        int length = Math.floorMod(span.to().toSecondOfDay() / 60 - from - 1, minutes) + 1;
        int since = Math.floorMod(clock.getDayOfWeek().getValue() - day.getValue(), 7) * minutes
            + clock.toLocalTime().toSecondOfDay() / 60 - from;
        return since >= 0 && since < length;
    }

    @Provide
    Arbitrary<SafeTimes> times() {
        Arbitrary<Map<DayOfWeek, List<Span>>> week = Arbitraries.maps(Arbitraries.of(DayOfWeek.class), spans().list().ofMaxSize(2))
            .ofMaxSize(3).map(m -> m.isEmpty() ? Map.of() : new EnumMap<>(m));
        return Combinators.combine(week, spans().injectNull(0.4)).as(SafeTimes::new);
    }

    private static Arbitrary<Span> spans() {
        Arbitrary<LocalTime> time = Arbitraries.oneOf(Arbitraries.integers().between(0, 24 * 60 - 1),
            Arbitraries.of(0, 30, 60, 75, 90, 105, 120, 150)).map(m -> LocalTime.MIDNIGHT.plusMinutes(m));
        return Combinators.combine(time, time).as(Span::new);
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Combinators.combine(Arbitraries.of(DAYS), Arbitraries.integers().between(0, 24 * 60))
            .as((day, minutes) -> Instant.parse(day).plus(Duration.ofMinutes(minutes)));
    }
}
