package uk.waymark.notifications;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own, at once and then after every pause, until it is closed. */
final class Repeating implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

    private final String name;
    private final Duration pause;
    private final Runnable work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private Thread thread;
    private boolean closed;

    Repeating(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
    }

    void start() {
        thread = Thread.ofVirtual().name("notifications-" + name).start(this::run);
    }

    /** Does it no more; waits for nothing. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for what is being done. */
    @Override
    public void close() {
        stop();
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        do {
            try {
                work.run();
            } catch (NotificationsException e) {
                // the database is away or has refused: a line a round, and no more than a line
                LOG.warn("{} failed and is repeated: {}", name, e.getMessage());
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed and is repeated", name, e);
            }
        } while (rest());
    }

    private boolean rest() {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
