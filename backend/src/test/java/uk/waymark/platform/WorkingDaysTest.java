package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
    private final WorkingDays days = new WorkingDays();

    /** gov.uk/bank-holidays, England and Wales. */
    @ParameterizedTest
    @CsvSource({"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
        "2027-12-27", "2027-12-28", "2022-09-19", "2023-05-08"})
    void bankHolidaysAreNone(LocalDate day) {
        assertEquals(false, days.isOne(day));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-17", "2026-01-02", "2026-08-03", "2026-11-30", "2026-12-29"})
    void whatOnlyScotlandOrNorthernIrelandKeepsIsOne(LocalDate day) {
        assertEquals(true, days.isOne(day));
    }

    @Test
    void easterAndTheClockChangeArePassedOver() {
        // Thursday before Easter 2026, 23:30 in summer time
        assertEquals(Instant.parse("2026-04-07T22:30:00Z"), days.after(Instant.parse("2026-04-02T22:30:00Z"), 1));
        // Friday 27 March 2026, 16:00 in winter time: Monday 16:00 in summer time
        assertEquals(Instant.parse("2026-03-30T15:00:00Z"), days.after(Instant.parse("2026-03-27T16:00:00Z"), 1));
    }

    @Test
    void christmasDayIsOneOnASaturdayToo() {
        assertTrue(days.isBankHoliday(LocalDate.parse("2027-12-25")) && days.isBankHoliday(LocalDate.parse("2027-12-27"))
            && days.isBankHoliday(LocalDate.parse("2027-12-28")));
        assertFalse(days.isBankHoliday(LocalDate.parse("2027-12-24")));
    }

    @Test
    void whatComesAtTheWeekendCountsFromMonday() {
        assertEquals(Instant.parse("2026-11-24T00:00:00Z"), days.after(Instant.parse("2026-11-21T12:00:00Z"), 1));
        assertEquals(LocalDate.parse("2026-11-23"), days.after(LocalDate.parse("2026-11-21"), 0));
    }
}
