package uk.waymark.messaging;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Dispatcher;
import uk.waymark.notifications.Retention;
import uk.waymark.platform.DueWork;

/**
 * Messages on their way: starts with the server, sends what is due, and sees to what has ended; stops when all that was
 * begun is recorded.
 */
@Singleton
public class Messaging implements DueWork, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Messaging.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Dispatcher dispatcher;
    private final EndedMessages ended;
    private final Replies replies;
    private final Retention retention;
    private final boolean sends;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private Thread endings;
    private boolean woken;
    private volatile boolean closed;

    /** @param sends false on an instance that only answers: others send what is queued */
    Messaging(Dispatcher dispatcher, EndedMessages ended, Replies replies, Retention retention,
              @Value("${waymark.messaging.sends:true}") boolean sends) {
        this.sends = sends;
        this.dispatcher = dispatcher;
        this.ended = ended;
        this.replies = replies;
        this.retention = retention;
    }

    @EventListener
    void start(ServerStartupEvent event) {
        if (!sends) {
            return;
        }
        dispatcher.start();
        retention.start();
        endings = Thread.ofVirtual().name("messages-ended").start(this::seeToEndings);
    }

    /** Looks at the queue now: for callers that have just committed something to send and have somebody waiting. */
    public void wake() {
        dispatcher.wake();
    }

    /**
     * Sends all that is due at the present case time, acts on all that has ended or come back, until nothing is left, and keeps what
     * was said; for a clock that is moved from due moment to due moment. What a provider reports later is seen to when it comes.
     */
    @Override
    public void drain() {
        do {
            dispatcher.drain();
        } while (ended.handleAll(() -> true) + replies.takeUp() > 0);
        retention.run();
    }

    /** The next case time after the present one at which a message is looked at again. */
    @Override
    public Optional<Instant> nextDue() {
        return dispatcher.nextDue();
    }

    void wakeAfterReceipt() {
        lock.lock();
        try {
            woken = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Before the connections go. */
    @EventListener
    void stop(ShutdownEvent event) {
        close();
    }

    @Override
    @PreDestroy
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        dispatcher.close();
        retention.close();
        try {
            if (endings != null) {
                endings.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void seeToEndings() {
        while (rest()) {
            see("ended messages", () -> ended.handleAll(() -> !closed));
            see("replies", replies::takeUp);
        }
    }

    private static void see(String what, Runnable to) {
        try {
            to.run();
        } catch (RuntimeException | Error e) {
            // an Error too: this thread is the only one that makes items of what failed, and nobody would see that it is gone
            LOG.error("seeing to {} failed; they are taken up again", what, e);
        }
    }

    private boolean rest() {
        lock.lock();
        try {
            long left = POLL.toNanos();
            while (!closed && !woken && left > 0) {
                left = news.awaitNanos(left);
            }
            woken = false;
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
