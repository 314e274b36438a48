package uk.waymark.hearings;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import uk.waymark.platform.WorkingDays;

/**
 * When a court date is, as far as that is known, and how people say it.
 *
 * @param startsAt null where only the day or the week is known
 * @param on       the day in the UK; null where only the week is known
 * @param weekOf   the Monday of its week, where the day is not known
 */
record HearingDay(Instant startsAt, LocalDate on, LocalDate weekOf) {
    private static final Locale WELSH = Locale.of("cy", "GB");
    /** A day that is as far off is named with its year. */
    private static final int MONTHS_WITHOUT_YEAR = 10;

    static HearingDay of(CourtHearing h) {
        return new HearingDay(h.startsAt(), h.on(), h.weekOf());
    }

    boolean known() {
        return on != null || weekOf != null;
    }

    boolean isWeek() {
        return on == null && weekOf != null;
    }

    boolean same(HearingDay other) {
        return Objects.equals(startsAt, other.startsAt) && Objects.equals(on, other.on) && Objects.equals(weekOf, other.weekOf);
    }

    /** @param usual where only the day or the week is known: the first moment that it may be */
    Instant start(LocalTime usual) {
        return startsAt != null ? startsAt : (on != null ? on : weekOf).atTime(usual).atZone(WorkingDays.LONDON).toInstant();
    }

    /** From then on nobody is called to it any more. */
    Instant over() {
        if (startsAt != null) {
            return startsAt;
        }
        return ends();
    }

    /** When the day, or the week where no day is known, has passed. */
    Instant ends() {
        LocalDate last = on != null ? on : weekOf.with(java.time.temporal.TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
        return last.plusDays(1).atStartOfDay(WorkingDays.LONDON).toInstant();
    }

    /** In every language, as the templates have it: {@code when_en} is 'on Tuesday 8 December, 10am'. */
    Map<String, String> fields(Instant now) {
        return Map.of("when_en", english(now), "when_cy", welsh(now));
    }

    String english(Instant now) {
        return on == null ? "in the week of " + weekOf.format(day(Locale.UK, weekOf, now))
            : "on " + on.format(day(Locale.UK, on, now)) + time();
    }

    String welsh(Instant now) {
        return on == null ? "yn yr wythnos sy'n dechrau " + SpokenDate.softened(weekOf.format(day(WELSH, weekOf, now)))
            : "ar " + SpokenDate.softened(on.format(day(WELSH, on, now))) + time();
    }

    private static DateTimeFormatter day(Locale locale, LocalDate day, Instant now) {
        boolean far = ChronoUnit.MONTHS.between(now.atZone(WorkingDays.LONDON).toLocalDate(), day) >= MONTHS_WITHOUT_YEAR;
        return DateTimeFormatter.ofPattern(far ? "EEEE d MMMM uuuu" : "EEEE d MMMM", locale);
    }

    private String time() {
        if (startsAt == null) {
            return "";
        }
        return ", " + SpokenDate.time(startsAt.atZone(WorkingDays.LONDON).toLocalTime());
    }
}
