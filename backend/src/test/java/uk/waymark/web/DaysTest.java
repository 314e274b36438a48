package uk.waymark.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class DaysTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @Test
    void daysAreSaidAsPeopleSayThem() {
        assertEquals("Tuesday 8 December", Days.day(LocalDate.of(2026, 12, 8), TODAY, Lang.EN));
        assertEquals("Friday 1 January 2027", Days.day(LocalDate.of(2027, 1, 1), TODAY, Lang.EN));
        assertEquals("Dydd Mawrth 8 Rhagfyr", Days.day(LocalDate.of(2026, 12, 8), TODAY, Lang.CY));
    }

    @Test
    void timesAreInTheUkSummerAndWinter() {
        assertEquals("Tuesday 8 December, 10am", Days.moment(OffsetDateTime.parse("2026-12-08T10:00:00Z"), TODAY, Lang.EN));
        assertEquals("Wednesday 8 July, 2.30pm", Days.moment(OffsetDateTime.parse("2026-07-08T13:30:00Z"), TODAY, Lang.EN));
        assertEquals("midday", Days.time(LocalTime.NOON, Lang.EN));
        assertEquals("midnight", Days.time(LocalTime.MIDNIGHT, Lang.EN));
        assertEquals("12.05am", Days.time(LocalTime.of(0, 5), Lang.EN));
        assertEquals("10yb", Days.time(LocalTime.of(10, 0), Lang.CY));
    }
}
