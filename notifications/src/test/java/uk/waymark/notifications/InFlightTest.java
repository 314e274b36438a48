package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls go on by themselves: what waits for one of them, and what does not. */
class InFlightTest {

    private static final Fixture F = new Fixture();
    private static final String ACCEPTED = "select count(*)::text from notifications.message where state = 'accepted'";
    private static final String STARTED = "select count(*)::text from notifications.message where state = 'started'";

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @Test
    void one_slow_call_keeps_nothing_else_waiting() {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        F.provider = r -> {
            if (calls.getAndIncrement() == 0) {
                await(go);
            }
            return new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        };
        F.settings = F.settings.withBatch(1, 1).withPoll(Duration.ofMillis(5));
        enqueue(10);
        try (Dispatcher dispatcher = F.dispatcher()) {
            dispatcher.start();
            F.await(ACCEPTED, "9");
            assertEquals(List.of("1"), F.rows(STARTED));
            go.countDown();
        }
        assertEquals(List.of("10"), F.rows(ACCEPTED), "close waits for what is in flight");
    }

    @Test
    void no_more_are_in_flight_than_the_bound_says() {
        Semaphore answers = new Semaphore(0);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        F.provider = r -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            answers.acquireUninterruptibly();
            open.decrementAndGet();
            return new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        };
        F.settings = F.settings.withBatch(2, 2).withInFlight(4).withPoll(Duration.ofMillis(5));
        enqueue(12);
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.start();
        try {
            F.await(STARTED, "4");
            answers.release(1);
            F.await(ACCEPTED, "1");
            F.await(STARTED, "4");
        } finally {
            answers.release(100);
        }
        F.await(ACCEPTED, "12");
        dispatcher.close();
        assertEquals(4, most.get());
        assertEquals(12, F.sent.size());
    }

    @Test
    void what_is_waited_for_has_places_of_its_own() {
        CountDownLatch answers = new CountDownLatch(1);
        F.provider = r -> {
            if (!r.text().contains("123456")) {
                await(answers);
            }
            return new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        };
        F.settings = F.settings.withBatch(5, 2).withInFlight(20).withPoll(Duration.ofMillis(5));
        enqueue(30);
        try (Dispatcher dispatcher = F.dispatcher()) {
            dispatcher.start();
            F.await(STARTED, "18"); // all but a tenth
            F.enqueue(new NewMessage(F.tenant, UUID.randomUUID(), "sign_in", "code", Map.of("code", "123456"), "code", null,
                F.clock.instant(), F.clock.instant().plus(Duration.ofMinutes(10))));
            F.await(ACCEPTED, "1");
            assertEquals(MessageState.ACCEPTED, F.state("code"));
            answers.countDown();
            F.await(ACCEPTED, "31");
        }
    }

    @Test
    void what_has_used_up_too_much_of_its_lease_is_not_called() {
        F.settings = F.settings.withLease(Duration.ofSeconds(8));
        Gate gate = new Gate(F.database.dispatcher());
        AtomicInteger transactions = new AtomicInteger();
        gate.before(() -> {
            // the second is the one that starts: so late that another may be about to give the attempt up, and yet long before it may
            if (transactions.incrementAndGet() == 2) {
                long until = System.nanoTime() + Duration.ofMillis(2_100).toNanos();
                while (System.nanoTime() - until < 0) {
                    Thread.onSpinWait();
                }
            }
        });
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher(gate);
        dispatcher.runOnce();
        assertEquals(0, F.sent.size());
        assertEquals(MessageState.QUEUED, F.state("k"));
        assertEquals(List.of("unavailable not_called"), F.rows("select state || ' ' || code from notifications.attempt"));
        F.settings = DispatchSettings.defaults();
        F.dispatcher().drain();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(1, F.sent.size());
    }

    @Test
    void an_outcome_that_the_database_refuses_does_not_take_the_others_with_it() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(5);
        F.provider = r -> {
            all.countDown();
            await(all);
            // PostgreSQL takes no zero byte
            return new SendOutcome.Accepted("test", "AC1", calls.getAndIncrement() == 2 ? "SM\0" : "SM" + r.attemptId());
        };
        enqueue(5);
        F.dispatcher().runOnce();
        assertEquals(List.of("4"), F.rows(ACCEPTED));
        assertEquals(List.of("1"), F.rows(STARTED), "becomes unknown when its lease lapses");
    }

    @Test
    void a_choice_of_senders_that_is_told_of_an_outcome_and_fails_loses_nothing() {
        Senders broken = new Senders() {
            @Override
            public List<Choice> choose(java.util.UUID tenant, List<Wanted> batch) {
                return F.senders().choose(tenant, batch);
            }

            @Override
            public boolean hasAnother(Wanted wanted) {
                throw new IllegalStateException();
            }
        };
        F.provider = r -> new SendOutcome.Unavailable("x");
        F.enqueue("k");
        new Dispatcher(F.database.dispatcher(), (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(),
            F.templates, broken, F.classes, F.sealer, F.ids, F.clock, F.settings, F.meters, new java.util.Random(1)).drain();
        assertEquals(MessageState.UNKNOWN, F.state("k"), "never sent again on a guess");
    }

    private static void enqueue(int messages) {
        F.as(F.tenant, c -> {
            for (int i = 0; i < messages; i++) {
                F.outbox.enqueue(c, F.message("k" + i));
            }
            return null;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
