package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Settings;

/**
 * Lets as many ask at the same moment as leave connections for everybody else, in the order in which they came. Who asks for a call
 * waits here for their turn: at the pool of connections they would be sent away after seconds.
 */
@Singleton
final class Turns {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private final Semaphore turns;

    Turns(Settings settings) {
        turns = new Semaphore(Math.max(1, settings.poolSize() / 2), true);
    }

    /** @throws ProblemException 429 where the turn did not come in time */
    <T> T take(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ProblemException.tooMany(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.tooMany(Duration.ofSeconds(5));
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
