package uk.waymark.web;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Days and times as people say them, in UK time. */
final class Days {
    static final ZoneId UK = ZoneId.of("Europe/London");

    private Days() { }

    /** 'Tuesday 8 December', with the year where it is not this one. @param today to tell which year is this one */
    static String day(LocalDate day, LocalDate today, Lang lang) {
        String pattern = "EEEE d MMMM" + (day.getYear() == today.getYear() ? "" : " yyyy");
        return DateTimeFormatter.ofPattern(pattern, lang.locale()).format(day);
    }

    /** 'Tuesday 8 December, 10am'. */
    static String moment(OffsetDateTime moment, LocalDate today, Lang lang) {
        var there = moment.atZoneSameInstant(UK);
        return day(there.toLocalDate(), today, lang) + ", " + time(there.toLocalTime(), lang);
    }

    /** '10am', '2.30pm', 'midday'. */
    static String time(LocalTime time, Lang lang) {
        if (time.getMinute() == 0 && time.getHour() % 12 == 0) {
            return time.getHour() == 12 ? lang == Lang.CY ? "canol dydd" : "midday" : lang == Lang.CY ? "canol nos" : "midnight";
        }
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        String minutes = time.getMinute() == 0 ? "" : ".%02d".formatted(time.getMinute());
        return hour + minutes + (time.getHour() < 12 ? lang == Lang.CY ? "yb" : "am" : lang == Lang.CY ? "yp" : "pm");
    }
}
