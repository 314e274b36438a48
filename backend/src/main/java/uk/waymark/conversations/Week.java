package uk.waymark.conversations;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.waymark.callbacks.UnitHours.Hours;
import uk.waymark.platform.WorkingDays;

/** Opening hours and moments as people say them, by the clock on their wall. */
final class Week {
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("ha", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mma", Locale.UK);

    private Week() { }

    /** Days that follow each other with the same hours are said as one; empty for a week without hours. */
    static String of(List<Hours> week, ConversationWords words, String language) {
        var said = new ArrayList<String>();
        for (int i = 0; i < week.size();) {
            Hours first = week.get(i);
            int last = i;
            while (last + 1 < week.size() && week.get(last + 1).weekday() == week.get(last).weekday() + 1
                    && week.get(last + 1).opens().equals(first.opens()) && week.get(last + 1).closes().equals(first.closes())) {
                last++;
            }
            said.add(words.of(language, last == i ? "week.one" : "week.days").replace("{first}", day(first.weekday(), words, language))
                .replace("{last}", day(week.get(last).weekday(), words, language)).replace("{from}", time(first.opens()))
                .replace("{to}", time(first.closes())));
            i = last + 1;
        }
        return String.join("; ", said);
    }

    /** Such as 9am on Monday 5 March. */
    static String moment(Instant moment, ConversationWords words, String language) {
        ZonedDateTime there = moment.atZone(WorkingDays.LONDON);
        return words.of(language, "moment").replace("{time}", time(there.toLocalTime()))
            .replace("{day}", day(there.getDayOfWeek().getValue(), words, language))
            .replace("{number}", Integer.toString(there.getDayOfMonth()))
            .replace("{month}", words.of(language, "month.names").split("\\|")[there.getMonthValue() - 1]);
    }

    private static String day(int weekday, ConversationWords words, String language) {
        return words.of(language, "week.day." + weekday);
    }

    private static String time(LocalTime time) {
        return (time.getMinute() == 0 ? WHOLE : TIME).format(time).toLowerCase(Locale.ROOT);
    }
}
