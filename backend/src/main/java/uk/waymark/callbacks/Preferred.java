package uk.waymark.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import uk.waymark.callbacks.Offices.Office;
import uk.waymark.callbacks.OpeningHours.Slot;
import uk.waymark.platform.ProblemException;

/**
 * Which places lie in the times that somebody would like. That a time is not safe, and that the unit is closed then, is one answer:
 * whose safe time it is not is nobody's to learn.
 */
final class Preferred {
    private static final int NAMED = 3;
    private static final Duration STEP = Duration.ofMinutes(5);

    private Preferred() { }

    /**
     * @param safe     the moments at which the person may be rung
     * @param furthest how far ahead a call can be booked
     * @return the places, in the order of the times
     * @throws ProblemException 422 where one of the times cannot be; {@code free} tells what can be instead
     */
    static List<Slot> slots(List<Slot> times, Office office, Predicate<Instant> safe, Instant now, Duration furthest, Free free) {
        var wrong = new ArrayList<Map.Entry<String, String>>();
        var slots = new ArrayList<Slot>();
        for (int i = 0; i < times.size(); i++) {
            Slot time = times.get(i);
            List<Slot> here = possible(time, office, safe, now, furthest);
            if (here.isEmpty()) {
                wrong.add(Map.entry("/preferred/" + i, why(time, office, now, furthest)));
            }
            here.stream().filter(s -> !slots.contains(s)).forEach(slots::add);
        }
        if (!wrong.isEmpty()) {
            String next = free.next(NAMED).stream().map(Spoken::english).collect(Collectors.joining("; "));
            throw ProblemException.unprocessable("Nothing is booked: nobody can ring at "
                + (wrong.size() == 1 ? "one of these times" : "some of these times") + ". "
                + (next.isEmpty() ? "No time is free in the next weeks." : "Free next: " + next + ".")
                + " Send it again with other times, or without `preferred`, and somebody rings as soon as they can.", wrong);
        }
        return slots;
    }

    /** Looks for what is free only where somebody has to be told. */
    @FunctionalInterface
    interface Free {
        List<Slot> next(int most);
    }

    static List<Slot> possible(Slot time, Office office, Predicate<Instant> safe, Instant now, Duration furthest) {
        Instant from = time.from().isBefore(now) ? now : time.from();
        Instant to = time.to().isAfter(now.plus(furthest)) ? now.plus(furthest) : time.to();
        return from.isBefore(to) && office.places() > 0 ? office.hours().slots(from, to).stream()
            .filter(s -> safe(s, safe)).toList() : List.of();
    }

    /** Throughout: a place may be four hours long. */
    private static boolean safe(Slot place, Predicate<Instant> safe) {
        for (Instant at = place.from(); at.isBefore(place.to()); at = at.plus(STEP)) {
            if (!safe.test(at)) {
                return false;
            }
        }
        return safe.test(place.to().minusSeconds(1));
    }

    private static String why(Slot time, Office office, Instant now, Duration furthest) {
        if (!time.from().isBefore(time.to())) {
            return "It has to end after it begins.";
        }
        if (!time.to().isAfter(now)) {
            return "This time is over.";
        }
        if (!time.from().isBefore(now.plus(furthest))) {
            return "This is too far ahead: a call can be booked for the next " + furthest.toDays() + " days.";
        }
        if (Duration.between(time.from(), time.to()).compareTo(office.hours().length()) < 0) {
            return "This is too short: a call is given " + office.hours().length().toMinutes() + " minutes.";
        }
        return "Nobody can ring then: it is closed, or it is not a safe time.";
    }
}
