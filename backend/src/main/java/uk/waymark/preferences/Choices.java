package uk.waymark.preferences;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import uk.waymark.api.model.AccessibilityNeed;
import uk.waymark.api.model.QuietHours;
import uk.waymark.api.model.SafeTime;
import uk.waymark.api.model.UrgentNews;
import uk.waymark.api.model.UrgentNewsBy;
import uk.waymark.api.model.Weekday;
import uk.waymark.messaging.ContactChoices.Need;
import uk.waymark.messaging.ContactChoices.Span;
import uk.waymark.messaging.ContactChoices.Urgent;

/** Between what the contract calls things and {@link uk.waymark.messaging.ContactChoices}; null for what is not there. */
final class Choices {
    private Choices() { }

    static Map<DayOfWeek, List<Span>> safeTimes(List<SafeTime> wanted) {
        if (wanted == null) {
            return null;
        }
        var days = new EnumMap<DayOfWeek, List<Span>>(DayOfWeek.class);
        wanted.forEach(t -> days.computeIfAbsent(DayOfWeek.valueOf(t.getDay().name()), d -> new ArrayList<>())
            .add(new Span(LocalTime.parse(t.getFrom()), LocalTime.parse(t.getTo()))));
        return days;
    }

    static List<SafeTime> safeTimes(Map<DayOfWeek, List<Span>> known) {
        var times = new ArrayList<SafeTime>();
        for (DayOfWeek day : DayOfWeek.values()) {
            known.getOrDefault(day, List.of()).forEach(s ->
                times.add(new SafeTime(Weekday.valueOf(day.name()), s.from().toString(), s.to().toString())));
        }
        return times.isEmpty() ? null : times;
    }

    static Span quietHours(QuietHours wanted) {
        return wanted == null ? null : new Span(LocalTime.parse(wanted.getFrom()), LocalTime.parse(wanted.getTo()));
    }

    static QuietHours quietHours(Span known) {
        return known == null ? null : new QuietHours(known.from().toString(), known.to().toString());
    }

    static Urgent urgent(UrgentNews wanted) {
        return wanted == null ? null : new Urgent(Urgent.By.valueOf(wanted.getBy().name()), wanted.getAtNight());
    }

    static UrgentNews urgent(Urgent known) {
        if (known.by() == Urgent.By.NOT_ASKED) {
            return null;
        }
        var shown = new UrgentNews(UrgentNewsBy.valueOf(known.by().name()));
        shown.setAtNight(known.atNight());
        return shown;
    }

    static Set<Need> needs(List<AccessibilityNeed> wanted) {
        if (wanted == null) {
            return null;
        }
        var needs = new LinkedHashSet<Need>();
        wanted.forEach(n -> needs.add(Need.valueOf(n.name())));
        return needs;
    }

    static List<AccessibilityNeed> needs(Set<Need> known) {
        return known.isEmpty() ? null : known.stream().sorted().map(n -> AccessibilityNeed.valueOf(n.name())).toList();
    }

    /** Null for none, so that an answer leaves it out. */
    static <T> List<T> some(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    /** As in the contract. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
