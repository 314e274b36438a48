package uk.waymark.bridge;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance does by itself, turn after turn with a rest in between, until it is closed. Calls to others in it run on virtual
 * threads of their own, which closing cuts short: what they were at keeps its lease, and another instance takes it up.
 */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private final String name;
    private final Duration pause;
    private final ExecutorService threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition end = lock.newCondition();
    private Thread loop;
    private boolean closed;

    /** @param name of its threads @param pause between two turns, by the machine's clock */
    Rounds(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /** @param turn given its number, from 0; what it throws is said in the log, and the next turn comes all the same */
    void start(IntConsumer turn) {
        loop = Thread.ofVirtual().name(name).start(() -> work(turn));
    }

    <T> Future<T> call(Callable<T> call) {
        return threads.submit(call);
    }

    private void work(IntConsumer turn) {
        for (int n = 0; !Thread.currentThread().isInterrupted() && (n == 0 || rest()); n++) {
            try {
                turn.accept(n);
            } catch (RuntimeException | Error e) {
                LOG.error("a round of {} failed", name, e);
            }
        }
    }

    /** @return false once closed */
    private boolean rest() {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = end.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing more, and waits until the turn that runs has ended. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            end.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
        try {
            if (loop != null) {
                loop.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
