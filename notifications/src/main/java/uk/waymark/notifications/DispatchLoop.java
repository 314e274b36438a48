package uk.waymark.notifications;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The background threads of a dispatcher: its lanes, and one that sweeps and measures. */
final class DispatchLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final DispatchSettings settings;
    private final IntSupplier round;
    private final Runnable housekeeping;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private long wakes;
    private boolean closed;

    /** @param round works on one batch and answers how many messages it claimed */
    DispatchLoop(DispatchSettings settings, IntSupplier round, Runnable housekeeping) {
        this.settings = settings;
        this.round = round;
        this.housekeeping = housekeeping;
    }

    void start() {
        lock.lock();
        try {
            if (closed || !threads.isEmpty()) {
                throw new IllegalStateException("a dispatcher is started once");
            }
            for (int lane = 1; lane <= settings.lanes(); lane++) {
                threads.add(Thread.ofVirtual().name("notifications-lane-" + lane).start(this::work));
            }
            threads.add(Thread.ofVirtual().name("notifications-sweep").start(this::keepHouse));
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            wakes++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private void work() {
        while (true) {
            long seen = wakes();
            int claimed = attempt();
            // a full batch says that there is more
            if (claimed < settings.batch() && !rest(settings.poll(), seen) || isClosed()) {
                return;
            }
        }
    }

    private int attempt() {
        try {
            return round.getAsInt();
        } catch (RuntimeException | Error e) {
            // an error too: a lane that died would be missed only when nobody is told anything any more
            LOG.error("a round of dispatch failed", e);
            return 0;
        }
    }

    private void keepHouse() {
        do {
            try {
                housekeeping.run();
            } catch (RuntimeException | Error e) {
                LOG.error("sweeping failed", e);
            }
        } while (rest(settings.sweepEvery(), Long.MAX_VALUE));
    }

    /** Waits for the time to pass, or a wake since {@code seen}; answers false once closed. */
    private boolean rest(Duration time, long seen) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && wakes <= seen && left > 0) {
                left = news.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private long wakes() {
        lock.lock();
        try {
            return wakes;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
