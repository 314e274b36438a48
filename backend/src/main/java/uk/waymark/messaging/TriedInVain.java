package uk.waymark.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import uk.waymark.platform.MachineClock;

/**
 * What could not be acted on a moment ago rests, so that whatever came after it has its turn. Kept in memory only: another
 * instance, or this one started again, merely tries sooner.
 */
final class TriedInVain {
    private static final Duration REST = Duration.ofSeconds(30);
    private final Map<UUID, Instant> until = new ConcurrentHashMap<>();
    private final MachineClock clock;

    TriedInVain(MachineClock clock) {
        this.clock = clock;
    }

    void add(UUID id) {
        until.put(id, clock.instant().plus(REST));
    }

    Set<UUID> resting() {
        Instant now = clock.instant();
        until.values().removeIf(rested -> !rested.isAfter(now));
        return Set.copyOf(until.keySet());
    }
}
