package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** Two dispatchers, each with its own connections and its own loops, as two servers have. */
class TwoInstancesTest {

    private static final int MESSAGES = 1_500;
    private static final Fixture F = new Fixture();

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @RepeatedTest(3)
    void share_the_work_and_neither_sends_what_the_other_has_though_one_leaves_in_the_middle() throws InterruptedException {
        F.settings = F.settings.withBatch(20, 2).withInFlight(60).withPoll(Duration.ofMillis(5));
        F.as(F.tenant, c -> {
            for (int i = 0; i < MESSAGES; i++) {
                F.outbox.enqueue(c, F.message("k" + i));
            }
            return null;
        });
        CountDownLatch third = new CountDownLatch(MESSAGES / 3);
        CountDownLatch both = new CountDownLatch(1);
        F.provider = r -> {
            if (F.sent.size() > 60) { // more than one of them may have in flight
                both.countDown();
            }
            await(both);
            third.countDown();
            return new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        };
        Dispatcher stays = F.dispatcher();
        SimpleMeterRegistry first = F.meters;
        F.meters = new SimpleMeterRegistry();
        Dispatcher leaves = F.dispatcher();
        SimpleMeterRegistry second = F.meters;
        try (stays) {
            stays.start();
            leaves.start();
            third.await();
            leaves.close();
            F.await("select count(*)::text from notifications.message where state <> 'accepted'", "0");
        }
        assertEquals(MESSAGES, F.sent.size(), "one request a message");
        assertEquals(MESSAGES, new HashSet<>(F.sent.stream().map(SendRequest::attemptId).toList()).size());
        assertEquals(List.of(MESSAGES + " " + MESSAGES),
            F.rows("select count(*) || ' ' || count(distinct message_id) from notifications.attempt"));
        assertTrue(accepted(first) > 0 && accepted(second) > 0, "both worked");
        assertEquals(MESSAGES, accepted(first) + accepted(second));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double accepted(SimpleMeterRegistry meters) {
        return meters.get("notifications.attempts").tags("channel", "sms", "outcome", "accepted").counter().count();
    }
}
