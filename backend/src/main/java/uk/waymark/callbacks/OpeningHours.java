package uk.waymark.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import uk.waymark.platform.WorkingDays;

/**
 * When a unit answers, by the clock on its wall (Europe/London), and the places in that time at which it can ring. On a bank holiday
 * it is closed. What would begin in the hour that is missing in March is no place, and the hour that comes twice in October counts
 * once.
 *
 * @param length of one call
 */
record OpeningHours(List<Hours> week, Duration length, Predicate<LocalDate> bankHoliday) {
    /** Nobody waits for longer than this for the next opening: the longest closed time of a year is a few days. */
    private static final int FURTHEST_DAYS = 31;

    OpeningHours {
        week = week.stream().sorted(Comparator.comparing(Hours::weekday).thenComparing(Hours::opens)).toList();
    }

    /** @param weekday 1 is Monday */
    record Hours(int weekday, LocalTime opens, LocalTime closes) { }

    /** From when to when. */
    record Slot(Instant from, Instant to) { }

    /** All places that lie within this time, the first first. */
    List<Slot> slots(Instant from, Instant to) {
        var slots = new ArrayList<Slot>();
        LocalDate last = day(to);
        for (LocalDate day = day(from); !day.isAfter(last); day = day.plusDays(1)) {
            for (Hours hours : of(day)) {
                int each = (int) length.toMinutes();
                int end = minutes(hours.closes());
                for (int at = minutes(hours.opens()); at + each <= end; at += each) {
                    Instant begins = instant(day.atTime(at / 60, at % 60));
                    if (begins != null && !begins.isBefore(from) && !begins.plus(length).isAfter(to)) {
                        slots.add(new Slot(begins, begins.plus(length)));
                    }
                }
            }
        }
        return slots;
    }

    boolean open(Instant moment) {
        LocalDateTime there = LocalDateTime.ofInstant(moment, WorkingDays.LONDON);
        return of(there.toLocalDate()).stream()
            .anyMatch(h -> !there.toLocalTime().isBefore(h.opens()) && there.toLocalTime().isBefore(h.closes()));
    }

    /** After so much time in which it is open; where it never opens, after so much time. */
    Instant after(Instant from, Duration open) {
        Duration left = open;
        LocalDate first = day(from);
        for (LocalDate day = first; day.isBefore(first.plusDays(FURTHEST_DAYS)); day = day.plusDays(1)) {
            for (Hours hours : of(day)) {
                Instant opens = later(day.atTime(hours.opens()));
                Instant closes = later(day.atTime(hours.closes()));
                Instant begins = opens.isBefore(from) ? from : opens;
                if (begins.isBefore(closes)) {
                    Duration here = Duration.between(begins, closes);
                    if (here.compareTo(left) >= 0) {
                        return begins.plus(left);
                    }
                    left = left.minus(here);
                }
            }
        }
        return from.plus(open);
    }

    private List<Hours> of(LocalDate day) {
        return bankHoliday.test(day) ? List.of() : week.stream().filter(h -> h.weekday() == day.getDayOfWeek().getValue()).toList();
    }

    private static int minutes(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, WorkingDays.LONDON);
    }

    /** Null where no clock shows it. */
    private static Instant instant(LocalDateTime there) {
        List<ZoneOffset> offsets = WorkingDays.LONDON.getRules().getValidOffsets(there);
        return offsets.isEmpty() ? null : there.toInstant(offsets.getFirst());
    }

    /** The moment after the gap where no clock shows it. */
    private static Instant later(LocalDateTime there) {
        return there.atZone(WorkingDays.LONDON).toInstant();
    }
}
