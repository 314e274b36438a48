package uk.waymark.notifications;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a transaction while the database is away. The answer of a provider is worth that: without its record the
 * message becomes unknown.
 */
final class Persistently {

    private static final Logger LOG = LoggerFactory.getLogger(Persistently.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Persistently() {
    }

    /** Tries until it works or the time is up; then the last failure is thrown. */
    static <T> T run(String what, Duration atMost, Supplier<T> work) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                return work.get();
            } catch (NotificationsException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                LOG.warn("{} failed and is repeated: {}", what, e.getMessage());
                pause(e);
            }
        }
    }

    private static void pause(NotificationsException failure) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
