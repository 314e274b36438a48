package uk.waymark.notifications;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said and how long is rested while the database is away, for all threads of one dispatcher together: a line when it
 * goes, one a minute with what has failed since, and one when it is back.
 */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final String TOOK_TOO_LONG = "57014";
    private static final String NO_LOCK = "55P03";

    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean away;
    private long since;
    private long said;
    private int failures;

    /** Whether it says that the database cannot be reached or worked with, and not that a statement is wrong. */
    static boolean is(Throwable failure) {
        if (!(failure instanceof NotificationsException database)) {
            return false;
        }
        String state = database.sqlState();
        // connection lost; out of resources; told to stop; a pool that has no connection to give names none
        return state == null || state.startsWith("08") || state.startsWith("53")
            || state.startsWith("57") && !state.equals(TOOK_TOO_LONG);
    }

    /** Whether it met another transaction, head-on or waiting for its lock for too long: nothing of it has happened. */
    static boolean met(NotificationsException failure) {
        String state = failure.sqlState();
        return state != null && (state.startsWith("40") || state.equals(NO_LOCK));
    }

    /** Whether a statement took longer than it may. That may be the statement's own fault, and then it always does. */
    static boolean tookTooLong(NotificationsException failure) {
        return TOOK_TOO_LONG.equals(failure.sqlState());
    }

    /** Notes a failure; answers how long to rest before the next try: the longer it lasts, the longer, up to 5 seconds. */
    Duration failed(NotificationsException failure) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (!away) {
                away = true;
                since = now;
                failures = 0;
            }
            failures++;
            if (failures == 1 || now - said > BETWEEN_LINES.toNanos()) {
                said = now;
                LOG.warn("the database is away (SQL state {}): {} failed in {} s, and it is tried again", failure.sqlState(),
                    failures, Duration.ofNanos(now - since).toSeconds());
            }
            Duration rest = Duration.ofNanos((now - since) / 2);
            return rest.compareTo(SHORTEST) < 0 ? SHORTEST : rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the database has done something. */
    void worked() {
        if (!away) {
            return;
        }
        lock.lock();
        try {
            if (away) {
                away = false;
                LOG.warn("the database is back after {} s in which {} failed",
                    Duration.ofNanos(System.nanoTime() - since).toSeconds(), failures);
            }
        } finally {
            lock.unlock();
        }
    }
}
