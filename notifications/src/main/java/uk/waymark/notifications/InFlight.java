package uk.waymark.notifications;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many messages are being worked on, from before they are claimed until their outcome is recorded, with a bound on it.
 * What is waited for (providers, the database) bounds the dispatcher's memory this way and nothing else does.
 */
final class InFlight {

    private final int bound;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private int now;

    InFlight(int bound) {
        this.bound = bound;
    }

    /**
     * Waits until there is room for half of what is wanted, so that a full house is not refilled one message at a time, and
     * takes it; answers for how many there is room.
     */
    int enter(int wanted) {
        int most = Math.min(wanted, bound);
        int least = (most + 1) / 2;
        lock.lock();
        try {
            while (bound - now < least) {
                fewer.awaitUninterruptibly();
            }
            int room = Math.min(most, bound - now);
            now += room;
            return room;
        } finally {
            lock.unlock();
        }
    }

    void leave(int messages) {
        if (messages == 0) {
            return;
        }
        lock.lock();
        try {
            now -= messages;
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is in flight; answers whether it had to wait. */
    boolean awaitNone() {
        lock.lock();
        try {
            boolean waited = now > 0;
            while (now > 0) {
                fewer.awaitUninterruptibly();
            }
            return waited;
        } finally {
            lock.unlock();
        }
    }
}
