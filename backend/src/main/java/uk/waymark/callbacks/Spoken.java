package uk.waymark.callbacks;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.platform.WorkingDays;

/** Times as people say them, by the clock on their wall, in English and Welsh. */
final class Spoken {
    private static final List<String> DAYS = List.of("ddydd Llun", "ddydd Mawrth", "ddydd Mercher", "ddydd Iau", "ddydd Gwener",
        "ddydd Sadwrn", "ddydd Sul");
    private static final List<String> MONTHS = List.of("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst",
        "Medi", "Hydref", "Tachwedd", "Rhagfyr");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.UK);
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("ha", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mma", Locale.UK);

    private Spoken() { }

    static String english(Slot slot) {
        return day(slot.from(), "en") + " between " + time(slot.from()) + " and " + time(slot.to());
    }

    static String english(List<Slot> slots) {
        return slots.stream().map(Spoken::english).collect(Collectors.joining("; "));
    }

    static String of(Slot slot, String language) {
        return "cy".equals(language) ? day(slot.from(), language) + " rhwng " + time(slot.from()) + " a " + time(slot.to()) : english(slot);
    }

    /** By when; midnight is said as the end of the day before, which nobody takes for another one. */
    static String of(Instant moment, String language) {
        if (moment.atZone(WorkingDays.LONDON).toLocalTime().equals(LocalTime.MIDNIGHT)) {
            String before = day(moment.minusSeconds(1), language);
            return "cy".equals(language) ? "diwedd " + before.replaceFirst("^dd", "d") : "the end of " + before;
        }
        return time(moment) + ("cy".equals(language) ? " " : " on ") + day(moment, language);
    }

    private static String day(Instant moment, String language) {
        ZonedDateTime there = moment.atZone(WorkingDays.LONDON);
        return "cy".equals(language) ? DAYS.get(there.getDayOfWeek().getValue() - 1) + " " + there.getDayOfMonth() + " "
            + MONTHS.get(there.getMonthValue() - 1) : DAY.format(there);
    }

    private static String time(Instant moment) {
        ZonedDateTime there = moment.atZone(WorkingDays.LONDON);
        return (there.getMinute() == 0 ? WHOLE : TIME).format(there).toLowerCase(Locale.ROOT);
    }
}
