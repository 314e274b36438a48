package uk.waymark.notifications;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** When an attempt that found its provider unavailable is repeated. */
final class RetrySchedule {

    private final List<Duration> delays;
    private final double jitter;
    private final RandomGenerator random;

    RetrySchedule(List<Duration> delays, double jitter, RandomGenerator random) {
        this.delays = delays;
        this.jitter = jitter;
        this.random = random;
    }

    /** The moment of the next try after so many attempts, spread so that retries do not come all at once. */
    Instant next(Instant now, int attempts) {
        Duration delay = delays.get(Math.min(attempts, delays.size()) - 1);
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return now.plusMillis(Math.round(delay.toMillis() * factor));
    }
}
