package uk.waymark.hearings;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import uk.waymark.platform.WorkingDays;

/** A court date as people say it: 'Tuesday 8 December, 10am', 'the week of Monday 7 December'. No place. */
public final class SpokenDate {
    private static final Locale WELSH = Locale.of("cy", "GB");

    private SpokenDate() { }

    /** @param language {@code en} or {@code cy} */
    public static String of(CourtHearing hearing, String language) {
        boolean welsh = "cy".equals(language);
        if (hearing.startsAt() != null) {
            ZonedDateTime at = hearing.startsAt().atZone(WorkingDays.LONDON);
            return day(at.toLocalDate(), welsh) + ", " + time(at.toLocalTime());
        }
        if (hearing.on() != null) {
            return day(hearing.on(), welsh);
        }
        if (hearing.weekOf() != null) {
            return (welsh ? "yr wythnos o " : "the week of ") + (welsh ? softened(day(hearing.weekOf(), true)) : day(hearing.weekOf(), false));
        }
        return welsh ? "dyddiad nad yw'n hysbys eto" : "a date that is not known yet";
    }

    /** 'Tuesday 8 December', 'Dydd Mawrth 8 Rhagfyr'. */
    public static String day(LocalDate day, boolean welsh) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM", welsh ? WELSH : Locale.UK).format(day);
    }

    /** 'On Tuesday' softens the first letter of a Welsh day: dydd Mawrth, ar ddydd Mawrth. */
    public static String softened(String day) {
        return day.startsWith("Dydd ") || day.startsWith("dydd ") ? "ddydd " + day.substring("dydd ".length()) : day;
    }

    /** '10am', '2:30pm': in Welsh texts of public bodies too. @param time in the UK */
    public static String time(LocalTime time) {
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        String minutes = time.getMinute() == 0 ? "" : ":%02d".formatted(time.getMinute());
        return hour + minutes + (time.getHour() < 12 ? "am" : "pm");
    }
}
