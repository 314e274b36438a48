package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.Receipt.Status;
import uk.waymark.notifications.Receipts.Result;

class ReceiptsTest {

    private static final Fixture F = new Fixture();

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM1");
    }

    @Test
    void by_our_mark_or_by_the_providers_id() {
        F.enqueue("a");
        F.dispatcher().drain();
        assertEquals(Result.APPLIED, apply("SM1", null, Status.DELIVERED, "delivered"));
        assertEquals(MessageState.DELIVERED, F.state("a"));
        assertEquals(List.of("delivered"), F.events());
        assertEquals(1, F.count("notifications.receipts", "provider", "test", "result", "applied"));
        assertEquals(1, F.count("notifications.messages.ended", "state", "delivered"));

        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM2");
        F.enqueue("b");
        F.dispatcher().drain();
        assertEquals(Result.APPLIED, apply("SM2", F.sent.getLast().attemptId(), Status.FAILED, "30003"));
        assertEquals(MessageState.FAILED, F.state("b"));
    }

    @Test
    void never_backwards_and_never_twice() {
        F.enqueue("k");
        F.dispatcher().drain();
        assertEquals(Result.APPLIED, apply("SM1", null, Status.DELIVERED, "delivered"));
        assertEquals(Result.DUPLICATE, apply("SM1", null, Status.DELIVERED, "delivered"));
        assertEquals(Result.LATE, apply("SM1", null, Status.INTERMEDIATE, "sent"));
        assertEquals(Result.LATE, apply("SM1", null, Status.FAILED, "30008"));
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(List.of("delivered"), F.events());
        assertEquals(List.of("delivered applied", "sent late", "30008 late"),
            F.rows("select code || ' ' || result from notifications.receipt order by id"));
    }

    @Test
    void a_receipt_may_come_before_our_own_record_of_the_answer() {
        F.provider = r -> {
            assertEquals(Result.APPLIED, apply("SM1", r.attemptId(), Status.INTERMEDIATE, "sent"));
            assertEquals(Result.APPLIED, apply("SM1", r.attemptId(), Status.DELIVERED, "delivered"));
            return new SendOutcome.Accepted("test", "AC1", "SM1");
        };
        F.enqueue("k");
        F.dispatcher().drain();
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(List.of("delivered SM1"),
            F.rows("select state || ' ' || provider_message_id from notifications.attempt"));
        assertEquals(List.of("delivered"), F.events());
    }

    @Test
    void without_our_mark_it_waits_until_the_providers_id_is_known() {
        AtomicReference<Result> early = new AtomicReference<>();
        F.provider = r -> {
            early.set(apply("SM1", null, Status.DELIVERED, "delivered"));
            return new SendOutcome.Accepted("test", "AC1", "SM1");
        };
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.drain();
        assertEquals(Result.UNMATCHED, early.get());
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        dispatcher.sweep();
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(Result.DUPLICATE, apply("SM1", null, Status.DELIVERED, "delivered"));
    }

    @Test
    void one_that_cannot_be_applied_keeps_nothing_else_waiting() {
        F.provider = r -> {
            apply("SM" + r.attemptId(), null, Status.DELIVERED, "delivered");
            return new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        };
        Dispatcher dispatcher = F.dispatcher();
        F.enqueue("broken");
        dispatcher.drain();
        F.enqueue("k");
        dispatcher.drain();
        String first = F.sent.getFirst().attemptId().toString();
        revoke("alter table notifications.attempt add constraint broken check (id <> '" + first + "' or state <> 'delivered')");
        try {
            dispatcher.sweep();
        } finally {
            revoke("alter table notifications.attempt drop constraint broken");
        }
        assertEquals(MessageState.ACCEPTED, F.state("broken"));
        assertEquals(MessageState.DELIVERED, F.state("k"));
        dispatcher.sweep();
        assertEquals(MessageState.DELIVERED, F.state("broken"));
    }

    @Test
    void a_crash_after_the_start_is_unknown_never_resent_and_settled_by_a_receipt() {
        UUID attempt = crash("k");
        Dispatcher next = F.dispatcher();
        assertEquals(0, next.sweep(), "the lease still holds");
        F.lapseLeases();
        assertEquals(0, next.runOnce(), "a started message is never claimed");
        assertEquals(1, next.sweep());
        assertEquals(0, next.sweep());
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        F.lapseLeases();
        next.drain();
        assertEquals(1, F.sent.size());
        assertEquals(1, F.count("notifications.messages.ended", "state", "unknown"));
        assertEquals(1, F.count("notifications.attempts", "provider", "test", "outcome", "unknown"));

        assertEquals(Result.APPLIED, apply("SM9", attempt, Status.INTERMEDIATE, "sent"));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(Result.APPLIED, apply("SM9", null, Status.DELIVERED, "delivered"));
        assertEquals(List.of("unknown no_outcome_recorded", "delivered"), F.events());
    }

    @Test
    void an_answer_that_comes_after_the_lease_lapsed_still_counts_unless_a_person_has_it_meanwhile() {
        F.provider = r -> {
            F.lapseLeases();
            F.dispatcher().sweep();
            return new SendOutcome.Unavailable("late");
        };
        F.enqueue("k");
        F.dispatcher().drain();
        assertEquals(MessageState.QUEUED, F.state("k"), "nobody has it");
        assertEquals(List.of("unavailable"), F.rows("select state from notifications.attempt"));
        F.provider = r -> {
            F.lapseLeases();
            Dispatcher other = F.dispatcher();
            other.sweep();
            other.settle();
            return new SendOutcome.Unavailable("late");
        };
        F.enqueue("given up");
        F.dispatcher().drain();
        assertEquals(MessageState.UNKNOWN, F.state("given up"));
        assertEquals(List.of("unknown no_outcome_recorded"), F.events());
        F.provider = r -> {
            F.lapseLeases();
            F.dispatcher().sweep();
            return new SendOutcome.Accepted("test", "AC1", "SM2");
        };
        F.enqueue("l");
        F.dispatcher().drain();
        assertEquals(MessageState.ACCEPTED, F.state("l"));
    }

    @Test
    void a_receipt_for_an_earlier_attempt_does_not_move_the_message() {
        F.provider = r -> new SendOutcome.Unavailable("20429");
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.drain();
        UUID first = F.sent.getFirst().attemptId();
        assertEquals(Result.LATE, apply("SM0", first, Status.FAILED, "30008"), "a queued message takes no receipt");
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM1");
        F.clock.moveTo(dispatcher.nextDue().orElseThrow());
        dispatcher.drain();
        assertEquals(Result.LATE, apply("SM0", first, Status.FAILED, "30007"));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void for_a_message_that_is_not_ours_it_is_kept() {
        assertEquals(Result.UNMATCHED, apply("SMx", F.ids.next(), Status.DELIVERED, "delivered"));
        assertEquals(Result.UNMATCHED, apply("SMx", UUID.randomUUID(), Status.DELIVERED, "delivered"));
        assertEquals(List.of("1"), F.rows("select count(*)::text from notifications.receipt"));
    }

    @Test
    void another_accounts_receipt_does_not_settle_an_attempt_whose_account_is_known() {
        F.enqueue("k");
        F.dispatcher().drain();
        Receipt foreign = new Receipt("test", "AC2", "SM1", F.sent.getFirst().attemptId(), Status.FAILED, "30007",
            F.clock.instant());
        assertEquals(Result.UNMATCHED, F.receipts.apply(F.database.dispatcher(), foreign));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void nor_one_that_was_started_with_another_account_or_provider() {
        F.provider = r -> new SendOutcome.Unknown("no_answer");
        F.enqueue("k");
        F.dispatcher().runOnce();
        F.rows("update notifications.attempt set provider_account = 'AC1' returning state");
        UUID attempt = F.sent.getFirst().attemptId();
        for (Receipt foreign : List.of(
            new Receipt("test", "AC2", "SM1", attempt, Status.DELIVERED, "delivered", F.clock.instant()),
            new Receipt("other", "AC1", "SM1", attempt, Status.DELIVERED, "delivered", F.clock.instant()))) {
            assertEquals(Result.UNMATCHED, F.receipts.apply(F.database.dispatcher(), foreign));
        }
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        assertEquals(Result.APPLIED, apply("SM1", attempt, Status.DELIVERED, "delivered"));
    }

    @Test
    void what_is_reported_twice_at_once_is_dealt_with_once() throws InterruptedException {
        F.enqueue("k");
        F.dispatcher().drain();
        List<Result> results = Collections.synchronizedList(new ArrayList<>());
        List<Thread> reports = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            reports.add(Thread.ofVirtual().start(() -> results.add(apply("SM1", null, Status.DELIVERED, "delivered"))));
        }
        for (Thread report : reports) {
            report.join();
        }
        assertEquals(1, results.stream().filter(Result.APPLIED::equals).count(), results.toString());
        assertEquals(7, results.stream().filter(Result.DUPLICATE::equals).count(), results.toString());
        assertEquals(List.of("delivered"), F.events());
    }

    @Test
    void a_providers_id_that_is_known_counts_for_more_than_a_mark() {
        F.enqueue("k");
        F.dispatcher().drain();
        F.provider = r -> new SendOutcome.Unknown("no_answer");
        F.enqueue("l");
        F.dispatcher().drain();
        assertEquals(Result.APPLIED, apply("SM1", F.sent.getLast().attemptId(), Status.DELIVERED, "delivered"));
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(MessageState.UNKNOWN, F.state("l"));
    }

    /** Leaves a message started, as a process does that is killed while the provider is being called. */
    private static UUID crash(String key) {
        F.provider = r -> {
            throw new Killed();
        };
        F.enqueue(key);
        // the outcome is lost: the dispatcher's login may not write it
        revoke("revoke update on notifications.attempt from waymark_dispatcher");
        try {
            F.dispatcher().runOnce();
        } finally {
            revoke("grant update on notifications.attempt to waymark_dispatcher");
        }
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, """
            update notifications.message set lease_until = clock_timestamp() + interval '1 hour'
            where state = 'started'""").update());
        assertEquals(MessageState.STARTED, F.state(key));
        return F.sent.getLast().attemptId();
    }

    private static void revoke(String sql) {
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, sql).update());
    }

    private static Result apply(String id, UUID attempt, Status status, String code) {
        return F.receipts.apply(F.database.dispatcher(), new Receipt("test", "AC1", id, attempt, status, code,
            F.clock.instant()));
    }

    private static final class Killed extends RuntimeException {
    }
}
