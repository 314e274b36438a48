package uk.waymark.notifications;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One background thread that does the same again and again, with a pause between. */
final class Repeating implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

    private final String name;
    private final Duration pause;
    private final Runnable work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private Thread thread;
    private boolean closed;
    private boolean failing;

    Repeating(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
    }

    void start() {
        lock.lock();
        try {
            if (closed || thread != null) {
                throw new IllegalStateException(name + " is started once");
            }
            thread = Thread.ofVirtual().name(name).start(this::repeat);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        try {
            if (running != null) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat() {
        do {
            try {
                work.run();
                failing = false;
            } catch (RuntimeException | Error e) {
                // an error too: a thread that died would be missed late; once, since a database may be away for long
                if (!failing) {
                    LOG.warn("{} failed and is repeated every {} seconds: {}", name, pause.toSeconds(), e.toString());
                }
                failing = true;
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
