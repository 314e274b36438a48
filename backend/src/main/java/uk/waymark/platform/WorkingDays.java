package uk.waymark.platform;

import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Working days of England and Wales: neither a weekend nor a bank holiday. The bank holidays are jollyday's, which follows
 * gov.uk/bank-holidays; one that is proclaimed comes with its next version.
 */
@Singleton
public final class WorkingDays {
    public static final ZoneId LONDON = ZoneId.of("Europe/London");
    private final HolidayManager holidays = HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.UNITED_KINGDOM));

    public boolean isOne(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY
            && !isBankHoliday(day);
    }

    /** Of England and Wales. Christmas Day is one also where it falls on a weekend and another day is given in its place, as in 2027. */
    public boolean isBankHoliday(LocalDate day) {
        return holidays.isHoliday(day, "eng") || day.getMonth() == Month.DECEMBER && day.getDayOfMonth() == 25;
    }

    /** The working day that is so many after this day; 0 is the day itself, or the first working day after it. */
    public LocalDate after(LocalDate day, int days) {
        LocalDate found = day;
        while (!isOne(found)) {
            found = found.plusDays(1);
        }
        for (int left = days; left > 0;) {
            found = found.plusDays(1);
            left -= isOne(found) ? 1 : 0;
        }
        return found;
    }

    /**
     * The same time of day so many working days later. What comes on a day that is none counts from the first moment of the
     * next working day: one working day from Saturday noon is the end of Monday.
     */
    public Instant after(Instant from, int days) {
        ZonedDateTime local = from.atZone(LONDON);
        LocalDate day = after(local.toLocalDate(), days);
        return isOne(local.toLocalDate()) ? day.atTime(local.toLocalTime()).atZone(LONDON).toInstant()
            : day.atStartOfDay(LONDON).toInstant();
    }
}
