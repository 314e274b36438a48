package uk.waymark.notifications;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The background threads of a dispatcher: its lanes, one for what is waited for, and one that sweeps and measures. */
final class DispatchLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final DispatchSettings settings;
    private final Outage outage;
    private final BooleanSupplier round;
    private final BooleanSupplier urgent;
    private final Runnable housekeeping;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<Thread> threads = new ArrayList<>();
    private long wakes;
    private boolean closed;

    /**
     * @param round  begins to work on one batch and answers whether there may be more
     * @param urgent the same with what somebody is waiting for, however busy the lanes are
     */
    DispatchLoop(DispatchSettings settings, Outage outage, BooleanSupplier round, BooleanSupplier urgent, Runnable housekeeping) {
        this.settings = settings;
        this.outage = outage;
        this.round = round;
        this.urgent = urgent;
        this.housekeeping = housekeeping;
    }

    void start() {
        lock.lock();
        try {
            if (closed || !threads.isEmpty()) {
                throw new IllegalStateException("a dispatcher is started once");
            }
            for (int lane = 1; lane <= settings.lanes(); lane++) {
                threads.add(Thread.ofVirtual().name("notifications-lane-" + lane).start(() -> work(round)));
            }
            threads.add(Thread.ofVirtual().name("notifications-urgent").start(() -> work(urgent)));
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

    /** Nothing more is begun; waits for nothing. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stop();
        for (Thread thread : threads) {
            join(thread);
        }
    }

    private void work(BooleanSupplier round) {
        while (true) {
            long seen = wakes();
            boolean more = attempt(round);
            if (!more && !rest(settings.poll(), seen) || closing()) {
                return;
            }
        }
    }

    private void keepHouse() {
        BooleanSupplier once = () -> {
            housekeeping.run();
            return false;
        };
        while (attempt(once) ? !closing() : rest(settings.sweepEvery(), Long.MAX_VALUE)) {
            // again
        }
    }

    /** Answers whether there may be more to do at once; rests by itself while the database is away. */
    private boolean attempt(BooleanSupplier work) {
        try {
            boolean more = work.getAsBoolean();
            outage.worked();
            return more;
        } catch (RuntimeException | Error e) {
            if (Outage.is(e)) {
                return rest(outage.failed((NotificationsException) e), Long.MAX_VALUE);
            }
            // an error too: a lane that died would be missed only when nobody is told anything any more
            LOG.error("a round of dispatch or a sweep failed", e);
            return false;
        }
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

    /** Whether it has been closed. */
    boolean closing() {
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
