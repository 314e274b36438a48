package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The dispatcher while its database cannot be reached. */
class DatabaseAwayTest {

    private static final Fixture F = new Fixture();
    private static final String STATES = "select string_agg(state, ' ') from notifications.message";
    private final Gate gate = new Gate(F.database.dispatcher());
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Dispatcher.class);

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @Test
    void is_quiet_about_it_tries_more_and_more_slowly_and_goes_on_when_it_is_back() {
        F.settings = F.settings.withPoll(Duration.ofMillis(1));
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch several = new CountDownLatch(6);
        gate.before(() -> {
            tries.incrementAndGet();
            several.countDown();
        });
        gate.shut(true);
        F.enqueue("k");
        long began = System.nanoTime();
        try (Dispatcher dispatcher = F.dispatcher(gate)) {
            dispatcher.start();
            await(several);
            int tried = tries.get(); // before the time is read: they go on trying
            long millis = (System.nanoTime() - began) / 1_000_000;
            assertTrue(tried <= 4 * (2 + millis / 250), tried + " tries in " + millis + " ms by four threads");
            gate.shut(false);
            F.await(STATES, "accepted");
        }
        List<ILoggingEvent> said = List.copyOf(lines.list);
        assertEquals(List.of(Level.WARN, Level.WARN), said.stream().map(ILoggingEvent::getLevel).toList(), said.toString());
        assertTrue(said.getFirst().getFormattedMessage().contains("the database is away (SQL state 08001)"));
        assertTrue(said.getLast().getFormattedMessage().matches("the database is back after \\d+ s in which \\d+ failed"));
    }

    @Test
    void an_answer_is_kept_until_it_can_be_recorded() throws InterruptedException {
        F.provider = r -> {
            gate.shut(true);
            return new SendOutcome.Accepted("test", "AC1", "SM1");
        };
        F.enqueue("k");
        CountDownLatch refused = new CountDownLatch(2);
        AtomicInteger transactions = new AtomicInteger();
        gate.before(() -> {
            if (transactions.incrementAndGet() > 2) { // claimed and started: what follows is the record
                refused.countDown();
            }
        });
        Thread open = Thread.ofVirtual().start(() -> {
            await(refused);
            gate.shut(false);
        });
        F.dispatcher(gate).drain();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(1, F.sent.size());
        open.join();
    }

    @Test
    void a_lock_that_is_waited_for_in_vain_is_tried_again_and_a_statement_that_takes_too_long_not_for_ever() {
        Persistently persistently = new Persistently(new Outage(), Duration.ofSeconds(1), () -> false);
        AtomicInteger tries = new AtomicInteger();
        assertEquals(3, persistently.run(() -> {
            if (tries.incrementAndGet() < 3) {
                throw new NotificationsException(new SQLException("lock timeout", "55P03"));
            }
            return tries.get();
        }));
        tries.set(0);
        assertThrows(NotificationsException.class, () -> persistently.run(() -> {
            tries.incrementAndGet();
            throw new NotificationsException(new SQLException("statement timeout", "57014"));
        }));
        assertEquals(3, tries.get());
        assertFalse(Outage.is(new NotificationsException(new SQLException("statement timeout", "57014"))));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
