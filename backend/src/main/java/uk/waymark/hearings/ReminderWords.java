package uk.waymark.hearings;

import static uk.waymark.platform.WorkingDays.LONDON;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import uk.waymark.hearings.ReminderPlan.Words;

/** What a reminder is said with: the template, and day, time and place in both languages. */
final class ReminderWords {
    /** Every template of reminders. */
    static final List<String> TEMPLATES =
        List.of("reminder_question", "reminder_questions", "reminder_week", "reminder_details", "reminder_not_needed");
    /** A longer name would take a second segment: then it is 'court'. */
    private static final int LONGEST_COURT = 41;

    private ReminderWords() { }

    /** @param fields by the template's names: days, times and places in each language */
    record Said(String template, Map<String, String> fields) { }

    /**
     * One text for court dates of one person: all of a day at one court, all questions, or all of a week of which no day is known.
     *
     * @param needed whether the person has to be at all of them; else they have to be at none
     */
    static Said of(List<CourtHearing> hearings, Words words, boolean needed, Instant now) {
        return of(hearings, words, needed, null, now);
    }

    /** @param welshCourt what the first one's court is called in Welsh; null: as in English */
    static Said of(List<CourtHearing> hearings, Words words, boolean needed, String welshCourt, Instant now) {
        List<CourtHearing> inOrder = hearings.stream().sorted(Comparator.comparing(ReminderWords::start)).toList();
        CourtHearing first = inOrder.getFirst();
        CourtHearing last = inOrder.getLast();
        var lastDay = new HearingDay(null, last.on(), last.weekOf());
        return new Said(template(first, last, words, needed), Map.of(
            "when_en", HearingDay.of(first).english(now), "when_cy", HearingDay.of(first).welsh(now),
            "last_en", lastDay.english(now), "last_cy", lastDay.welsh(now),
            "count", String.valueOf(hearings.size()),
            "court_en", court(first, "court"), "court_cy",
            court(welshCourt == null ? first.court() : welshCourt, "y llys")));
    }

    private static String template(CourtHearing first, CourtHearing last, Words words, boolean needed) {
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

    static String court(CourtHearing h, String unnamed) {
        return court(h.court(), unnamed);
    }

    static String court(String court, String unnamed) {
        String name = court == null ? "" : court.strip().replaceAll("\\s+", " ");
        return name.isEmpty() || name.length() > LONGEST_COURT ? unnamed : name;
    }
}
