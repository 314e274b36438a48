package uk.waymark.bridge;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/**
 * When a hearing is, as precisely as a list says: a day in the UK, with or without a time, or a week.
 *
 * @param on the day in the UK; null where only the week is known
 * @param weekOf the Monday of the week; null where the day is known
 * @param startsAt to the minute; null where the time is not known
 */
public record When(LocalDate on, LocalDate weekOf, Instant startsAt) {
    public static final ZoneId UK = ZoneId.of("Europe/London");

    /** An instant, whose day is the day in the UK. */
    public static When at(Instant instant) {
        if (noTime(instant)) {
            return on(instant.atZone(instant.atZone(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT) ? ZoneOffset.UTC : UK)
                .toLocalDate(), null);
        }
        var local = instant.atZone(UK);
        return on(local.toLocalDate(), local.toLocalTime());
    }

    /** Midnight, in the UK or in UTC, stands for a day without a time: no court sits then. */
    static boolean noTime(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT)
            || instant.atZone(UK).toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    /**
     * A time as clocks in the UK show it. One that is skipped when they go forward counts as an hour later, one that comes
     * twice as the first. @param time null or midnight where it is not known: no court sits then
     */
    public static When on(LocalDate date, LocalTime time) {
        LocalTime minute = time == null ? null : time.truncatedTo(ChronoUnit.MINUTES);
        boolean known = minute != null && !minute.equals(LocalTime.MIDNIGHT);
        return new When(date, null, known ? date.atTime(minute).atZone(UK).toInstant() : null);
    }

    /** Some working day of the week in which this date lies, or of the one that follows where it is a Saturday or Sunday. */
    public static When inWeekOf(LocalDate date) {
        boolean weekend = date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
        return new When(null, date.with(weekend ? TemporalAdjusters.next(DayOfWeek.MONDAY)
            : TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), null);
    }

    LocalDate firstDay() {
        return on != null ? on : weekOf;
    }

    boolean past(LocalDate today) {
        return (on != null ? on : weekOf.plusDays(6)).isBefore(today);
    }

    boolean sameDays(When other) {
        return on != null ? on.equals(other.on) : weekOf.equals(other.weekOf);
    }

    /** Whether one names a day of the week that the other names. */
    boolean narrows(When week) {
        return on != null && week.weekOf != null && !on.isBefore(week.weekOf) && on.isBefore(week.weekOf.plusDays(7));
    }
}
