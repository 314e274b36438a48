package uk.waymark.notifications;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many messages are being worked on, from before they are claimed until their outcome is recorded, with a bound on it.
 * What is waited for (providers, the database) bounds the dispatcher's memory this way and nothing else does.
 *
 * <p>A tenth of the places is kept for what somebody is waiting for: with a provider that takes 30 seconds to answer, 1,350 pieces
 * of news fill the others, and a sign-in code would wait as long.
 */
final class InFlight {

    private static final int KEPT = 10;
    private final int bound;
    private final int ordinary;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private int now;

    InFlight(int bound) {
        this.bound = bound;
        this.ordinary = bound - bound / KEPT;
    }

    /**
     * Waits until there is room for half of what is wanted, so that a full house is not refilled one message at a time, and
     * takes it; answers for how many there is room.
     */
    int enter(int wanted) {
        return enter(wanted, ordinary);
    }

    /** As {@link #enter}, with the places that are kept for this. */
    int enterUrgently(int wanted) {
        return enter(Math.min(wanted, Math.max(1, bound - ordinary)), bound);
    }

    private int enter(int wanted, int upTo) {
        int most = Math.min(wanted, upTo);
        int least = (most + 1) / 2;
        lock.lock();
        try {
            while (upTo - now < least) {
                fewer.awaitUninterruptibly();
            }
            int room = Math.min(most, upTo - now);
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
