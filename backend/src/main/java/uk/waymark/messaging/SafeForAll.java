package uk.waymark.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** When a phone may light up that several persons share: only when each of them allows it. */
record SafeForAll(List<SafeTimes> each) {
    SafeForAll {
        each = each.stream().filter(s -> !s.always()).toList();
    }

    boolean allows(Instant moment) {
        return each.stream().allMatch(s -> s.allows(moment));
    }

    /** This moment, or the first one after it that is safe; empty where there is none for {@link SafeTimes#HORIZON}. */
    Optional<Instant> next(Instant from) {
        return allows(from) ? Optional.of(from) : changes(from).stream().filter(this::allows).findFirst();
    }

    /**
     * The same, where it has to stay safe for so long from there on.
     *
     * @param lasting how long a message may be on its way
     */
    Optional<Instant> next(Instant from, Duration lasting) {
        return Stream.concat(Stream.of(from), changes(from).stream())
            .filter(m -> allows(m) && (lasting.isZero() || end(m).filter(e -> e.isBefore(m.plus(lasting))).isEmpty())).findFirst();
    }

    /** From a safe moment on: the first one that is not; empty where there is none for {@link SafeTimes#HORIZON}. */
    Optional<Instant> end(Instant from) {
        return changes(from).stream().filter(moment -> !allows(moment)).findFirst();
    }

    boolean isQuiet(Instant moment) {
        return each.stream().anyMatch(s -> s.isQuiet(moment));
    }

    private TreeSet<Instant> changes(Instant from) {
        var moments = new TreeSet<Instant>();
        each.forEach(s -> moments.addAll(s.changes(from)));
        return moments;
    }
}
