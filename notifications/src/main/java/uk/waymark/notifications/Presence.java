package uk.waymark.notifications;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts who is inside, and lets others wait until nobody is. */
final class Presence {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int inside;

    void enter() {
        lock.lock();
        try {
            inside++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            if (inside == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody is inside; answers whether it had to wait. */
    boolean awaitNone() {
        lock.lock();
        try {
            boolean waited = inside > 0;
            while (inside > 0) {
                none.awaitUninterruptibly();
            }
            return waited;
        } finally {
            lock.unlock();
        }
    }
}
