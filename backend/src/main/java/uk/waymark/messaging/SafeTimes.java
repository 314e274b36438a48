package uk.waymark.messaging;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import uk.waymark.messaging.ContactChoices.Span;

/**
 * When a person may be reached, by the clock on their wall (Europe/London). The night on which the clocks go back has an hour
 * twice, and both are what the clock says; on the night on which they go forward an hour is missing, and what would begin
 * in it begins with the next one.
 *
 * @param safe  when it is safe on each weekday, as {@link ContactChoices#safeTimes()}
 * @param quiet when no phone may ring or light up; null for never
 */
record SafeTimes(Map<DayOfWeek, List<Span>> safe, Span quiet) {
    static final ZoneId UK = ZoneId.of("Europe/London");
    /** Whoever has no safe moment for so long has none, for a message. */
    static final Duration HORIZON = Duration.ofDays(14);

    SafeTimes {
        safe = Map.copyOf(safe);
    }

    /** The person's own quiet hours, or else those of the force. @param ofForce null where it has none */
    static SafeTimes of(ContactChoices choices, Span ofForce) {
        return new SafeTimes(choices.safeTimes(), choices.quietHours() == null ? ofForce : choices.quietHours());
    }

    /** Whether they ever keep anybody waiting. */
    boolean always() {
        return safe.isEmpty() && quiet == null;
    }

    boolean allows(Instant moment) {
        LocalDateTime clock = LocalDateTime.ofInstant(moment, UK);
        return safe(clock) && !quiet(clock);
    }

    /** This moment, or the first one after it that is safe; empty where there is none for {@link #HORIZON}. */
    Optional<Instant> next(Instant from) {
        if (allows(from)) {
            return Optional.of(from);
        }
        return changes(from).stream().filter(this::allows).findFirst();
    }

    boolean isQuiet(Instant moment) {
        return quiet(LocalDateTime.ofInstant(moment, UK));
    }

    private boolean safe(LocalDateTime clock) {
        if (safe.isEmpty()) {
            return true;
        }
        LocalTime time = clock.toLocalTime();
        return spans(clock.toLocalDate()).stream().anyMatch(s -> today(s, time))
            || spans(clock.toLocalDate().minusDays(1)).stream().anyMatch(s -> sinceYesterday(s, time));
    }

    private boolean quiet(LocalDateTime clock) {
        LocalTime time = clock.toLocalTime();
        return quiet != null && (today(quiet, time) || sinceYesterday(quiet, time));
    }

    private List<Span> spans(LocalDate day) {
        return safe.getOrDefault(day.getDayOfWeek(), List.of());
    }

    private static boolean today(Span span, LocalTime time) {
        return !time.isBefore(span.from()) && (passesMidnight(span) || time.isBefore(span.to()));
    }

    private static boolean sinceYesterday(Span span, LocalTime time) {
        return passesMidnight(span) && time.isBefore(span.to());
    }

    private static boolean passesMidnight(Span span) {
        return !span.to().isAfter(span.from());
    }

    /** All moments within {@link #HORIZON} at which it may become safe or unsafe, in order: between two of them nothing changes. */
    TreeSet<Instant> changes(Instant from) {
        var moments = new TreeSet<Instant>();
        Instant end = from.plus(HORIZON);
        LocalDate last = LocalDate.ofInstant(end, UK);
        for (LocalDate day = LocalDate.ofInstant(from, UK).minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            add(moments, day, LocalTime.MIDNIGHT);
            for (Span span : spans(day)) {
                add(moments, day, span.from());
                add(moments, passesMidnight(span) ? day.plusDays(1) : day, span.to());
            }
            if (quiet != null) {
                add(moments, day, quiet.from());
                add(moments, day, quiet.to());
            }
        }
        ZoneOffsetTransition change = UK.getRules().nextTransition(from);
        if (change != null) {
            moments.add(change.getInstant());
        }
        return new TreeSet<>(moments.subSet(from, false, end, true));
    }

    /** Twice where the clock shows it twice, never where it is left out. */
    private static void add(TreeSet<Instant> moments, LocalDate day, LocalTime time) {
        LocalDateTime clock = day.atTime(time);
        UK.getRules().getValidOffsets(clock).forEach(offset -> moments.add(clock.toInstant(offset)));
    }
}
