package uk.waymark.hearings;

import static uk.waymark.platform.WorkingDays.LONDON;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.ReminderPlan.Words;

/** What a reminder is said with: the template, and days, times and places as people say them, in both languages. */
final class ReminderWords {
    /** Every template of reminders. */
    static final List<String> TEMPLATES =
        List.of("reminder_question", "reminder_questions", "reminder_week", "reminder_details", "reminder_not_needed");
    private static final Locale WELSH = Locale.of("cy", "GB");
    /** A longer name would take a second segment: then it is 'court'. */
    private static final int LONGEST_COURT = 41;
    private static final LocalTime NOON = LocalTime.NOON;

    private ReminderWords() { }

    /** @param fields what differs in Welsh comes twice, the second time with {@code _cy} */
    record Said(String template, Map<String, String> fields) { }

    /**
     * One text for court dates of one person: all of a day, all questions, or all of a week of which no day is known.
     *
     * @param required whether the person has to be at all of them
     */
    static Said of(List<CourtHearing> hearings, Words words, boolean required) {
        List<CourtHearing> inOrder = hearings.stream().sorted(Comparator.comparing(ReminderWords::start)).toList();
        CourtHearing first = inOrder.getFirst();
        CourtHearing last = inOrder.getLast();
        return new Said(template(first, last, words, required), Map.of(
            "when", when(first, "en"), "when_cy", when(first, "cy"),
            "last", day(date(last), "en"), "last_cy", day(date(last), "cy"),
            "count", String.valueOf(hearings.size()),
            "court", court(first, "court"), "court_cy", court(first, "y llys")));
    }

    private static String template(CourtHearing first, CourtHearing last, Words words, boolean required) {
        boolean needed = required && first.kind() != HearingKind.TRIAL_WITHOUT_WITNESSES;
        if (!needed) {
            return "reminder_not_needed";
        }
        if (first.on() == null) {
            return "reminder_week";
        }
        if (words == Words.DETAILS) {
            return "reminder_details";
        }
        return date(first).equals(date(last)) ? "reminder_question" : "reminder_questions";
    }

    private static LocalDate date(CourtHearing h) {
        return h.on() == null ? h.weekOf() : h.on();
    }

    private static Instant start(CourtHearing h) {
        return h.startsAt() == null ? date(h).atTime(LocalTime.MAX).atZone(LONDON).toInstant() : h.startsAt();
    }

    /** 'Tuesday 8 December, 10am'; in Welsh as it follows 'ar': 'ddydd Mawrth 8 Rhagfyr, 10yb'. */
    private static String when(CourtHearing h, String language) {
        String day = day(date(h), language);
        return h.startsAt() == null ? day : day + ", " + time(h.startsAt().atZone(LONDON), language);
    }

    private static String day(LocalDate day, String language) {
        if (!"cy".equals(language)) {
            return DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.UK).format(day);
        }
        String welsh = DateTimeFormatter.ofPattern("EEEE d MMMM", WELSH).format(day);
        return welsh.startsWith("Dydd ") ? "ddydd " + welsh.substring(5) : welsh;
    }

    private static String time(ZonedDateTime at, String language) {
        LocalTime time = at.toLocalTime();
        boolean morning = time.isBefore(NOON);
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        String minutes = time.getMinute() == 0 ? "" : String.format(Locale.ROOT, ".%02d", time.getMinute());
        String half = "cy".equals(language) ? morning ? "yb" : "yp" : morning ? "am" : "pm";
        return hour + minutes + half;
    }

    private static String court(CourtHearing h, String unnamed) {
        String name = h.court() == null ? "" : h.court().strip().replaceAll("\\s+", " ");
        return name.isEmpty() || name.length() > LONGEST_COURT ? unnamed : name;
    }
}
