package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.Lookup.Answer;
import uk.waymark.notifications.Lookup.Asked;
import uk.waymark.notifications.Lookup.Candidate;
import uk.waymark.notifications.Receipt.Status;

/** What becomes of a message whose outcome was lost. */
class SettlingTest {

    private static final Fixture F = new Fixture();
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final Duration LATE = Duration.ofHours(1);
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    /** What the provider has. */
    private final List<Candidate> has = Collections.synchronizedList(new ArrayList<>());
    private volatile Answer answer;

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
        F.provider = r -> new SendOutcome.Unknown("server_error_500");
        F.lookup = a -> {
            asked.add(a);
            return answer != null ? answer : new Answer.Candidates(List.copyOf(has));
        };
    }

    private static Candidate taken(UUID attempt, String id, Status status, Instant at) {
        return new Candidate(new Receipt("test", "AC1", id, attempt, status, status.stored(), at), at);
    }

    /** By a clock that is a minute slow: our own stands still while {@link Fixture#age} lets time pass. */
    private void has(UUID attempt, String id, Status status) {
        has.add(taken(attempt, id, status, IdTime.of(attempt).minusSeconds(60)));
    }

    private static UUID unknown(String key) {
        F.enqueue(key);
        F.dispatcher().drain();
        assertEquals(MessageState.UNKNOWN, F.state(key));
        return F.sent.getLast().attemptId();
    }

    private static void look(Duration later) {
        F.age(later);
        F.dispatcher().drain();
    }

    @Test
    void what_the_provider_has_is_accepted_and_the_host_hears_nothing() {
        UUID attempt = unknown("k");
        assertEquals(List.of(), asked, "not at once: a receipt may come, and the list is late");
        has(attempt, "SM1", Status.INTERMEDIATE);
        look(FIRST);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of(), F.events());
        Asked question = asked.getFirst();
        assertEquals(Fixture.NUMBER, question.address());
        assertEquals("Court date Wednesday, ref QQ/1/26. Sign in to read more.", question.text());
        assertEquals(IdTime.of(attempt).minus(Duration.ofMinutes(2)), question.startedAt());
        assertEquals(List.of("SM1"), F.rows("select provider_message_id from notifications.provider_message"));
        assertEquals(1, F.count("notifications.settled", "provider", "test", "result", "taken"));
        assertEquals(Receipts.Result.APPLIED, receipt(null, "SM1", Status.DELIVERED), "its receipts find it from now on");
        assertEquals(List.of("delivered"), F.events());
    }

    @Test
    void what_the_provider_says_of_its_end_counts() {
        has(unknown("k"), "SM1", Status.DELIVERED);
        look(FIRST);
        assertEquals(List.of("delivered"), F.events());
        has.clear();
        has(unknown("l"), "SM2", Status.FAILED);
        look(FIRST);
        assertEquals(List.of("delivered", "failed failed"), F.events());
    }

    @Test
    void not_in_the_list_means_not_sent_only_after_the_quiet_time() {
        unknown("k");
        look(FIRST);
        look(FIRST);
        assertEquals(2, asked.size());
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM2");
        look(QUIET);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of("1 unavailable not_taken", "2 accepted"), F.rows("""
            select concat_ws(' ', number, state, code) from notifications.attempt order by number"""));
        assertEquals(List.of(), F.events());
        assertEquals(1, F.count("notifications.settled", "provider", "test", "result", "not_taken"));
    }

    @Test
    void a_receipt_that_comes_after_all_takes_it_out_of_the_queue_again() {
        UUID lost = unknown("k");
        F.policy = p -> new Decision.HoldUntil(F.clock.instant().plus(Duration.ofHours(8)), "quiet_hours");
        look(QUIET);
        assertEquals(MessageState.HELD, F.state("k"));
        assertEquals(Receipts.Result.LATE, receipt(lost, "SM0", Status.FAILED), "it is sent again anyway");
        assertEquals(Receipts.Result.APPLIED, receipt(lost, "SM1", Status.INTERMEDIATE));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(Receipts.Result.APPLIED, receipt(null, "SM1", Status.DELIVERED));
        F.clock.move(Duration.ofHours(9));
        F.dispatcher().drain();
        assertEquals(1, F.sent.size());
        assertEquals(List.of("delivered"), F.events());
    }

    @Test
    void it_does_so_while_the_next_attempt_is_being_decided_and_for_an_earlier_attempt_too() {
        UUID first = unknown("k");
        F.provider = r -> new SendOutcome.Unavailable("20429");
        look(QUIET);
        assertEquals(MessageState.QUEUED, F.state("k"));
        F.policy = p -> {
            assertEquals(Receipts.Result.APPLIED, receipt(first, "SM1", Status.DELIVERED));
            return new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain");
        };
        F.clock.move(Duration.ofHours(1));
        F.dispatcher().drain();
        assertEquals(2, F.sent.size(), "the lease of the third is void");
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(List.of(first + " delivered"), F.rows("""
            select a.id || ' ' || a.state from notifications.message m
            join notifications.attempt a on a.id = m.attempt_id"""));
    }

    @Test
    void a_look_falls_on_the_end_of_the_quiet_time() {
        unknown("k");
        look(Duration.ofMinutes(8));
        assertEquals(1, asked.size());
        look(Duration.ofSeconds(59)); // the database's clock goes on meanwhile: a minute is left for that
        assertEquals(1, asked.size());
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM2");
        look(Duration.ofSeconds(62));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void a_second_attempt_that_is_lost_has_a_quiet_time_of_its_own() {
        unknown("k");
        look(QUIET);
        assertEquals(2, F.sent.size());
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        look(FIRST);
        assertEquals(2, F.sent.size());
        look(QUIET);
        assertEquals(3, F.sent.size());
    }

    @Test
    void what_cannot_be_settled_goes_to_a_person_once_and_is_never_sent_again() {
        answer = new Answer.Undecided("no_answer");
        UUID attempt = unknown("k");
        look(FIRST);
        look(QUIET);
        assertEquals(List.of(), F.events(), "not while asking may still help");
        look(LATE);
        assertEquals(List.of("unknown server_error_500"), F.events());
        assertEquals(1, F.count("notifications.messages.ended", "state", "unknown"));
        assertEquals(1, F.count("notifications.settled", "provider", "test", "result", "given_up"));
        int questions = asked.size();
        answer = null;
        look(LATE);
        look(LATE);
        assertEquals(questions, asked.size(), "nobody is asked any more");
        assertEquals(1, F.sent.size());
        assertEquals(Receipts.Result.APPLIED, receipt(attempt, "SM1", Status.DELIVERED));
        assertEquals(List.of("unknown server_error_500", "delivered"), F.events());
    }

    @Test
    void what_expires_is_asked_about_a_last_time_and_given_up() {
        unknown("k");
        F.clock.move(Duration.ofDays(1));
        F.dispatcher().drain();
        assertEquals(1, asked.size());
        assertEquals(List.of("unknown server_error_500"), F.events());
    }

    @Test
    void what_expires_and_is_there_after_all_is_accepted() {
        has(unknown("k"), "SM1", Status.INTERMEDIATE);
        F.clock.move(Duration.ofDays(1));
        F.dispatcher().drain();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of(), F.events());
    }

    @Test
    void a_second_attempt_that_is_given_up_is_told_too() {
        F.lookup = null;
        F.policy = p -> new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain", true);
        UUID first = unknown("k");
        List<EndedMessage> told = F.as(F.tenant, c -> F.ended.take(c, F.tenant, 10, List.of()));
        assertEquals(1, told.size());
        F.as(F.tenant, c -> F.ended.markHandled(c, List.of(told.getFirst().id())));
        assertEquals(Receipts.Result.APPLIED, receipt(first, "SM1", Status.FAILED));
        F.dispatcher().drain();
        assertEquals(2, F.sent.size());
        List<EndedMessage> again = F.as(F.tenant, c -> F.ended.take(c, F.tenant, 10, List.of()));
        assertEquals(List.of(MessageState.UNKNOWN), again.stream().map(EndedMessage::state).toList());
        assertNotEquals(told.getFirst().id(), again.getFirst().id());
    }

    @Test
    void nobody_to_ask_is_given_up_at_once() {
        F.lookup = null;
        unknown("k");
        assertEquals(List.of("unknown server_error_500"), F.events());
        assertEquals(List.of("0"), F.rows("select asks::text from notifications.message"));
    }

    @Test
    void where_another_channel_follows_it_settles_it() {
        F.lookup = null;
        F.policy = p -> new Decision.Send(Channel.PUSH, "token", "en", "plain", true);
        Dispatcher dispatcher = new Dispatcher(F.database.dispatcher(),
            (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(), F.templates,
            Senders.of(Map.of(Channel.PUSH, r -> new SendOutcome.Unknown("no_answer")), Map.of()), F.classes, F.sealer,
            F.ids, F.clock, F.settings, F.meters, new Random(42));
        NewMessage m = F.message("k");
        F.enqueue(new NewMessage(F.tenant, m.recipientRef(), "read_soon", "news", m.fields(), "k", null, m.notBefore(),
            m.expiresAt()));
        dispatcher.drain();
        F.age(LATE);
        dispatcher.drain();
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        assertEquals(List.of(), F.events());
        F.clock.move(Duration.ofDays(1));
        dispatcher.drain();
        assertEquals(List.of("expired not_read"), F.events());
    }

    @Test
    void a_receipt_that_comes_while_the_provider_is_asked_wins() {
        UUID attempt = unknown("k");
        F.lookup = a -> {
            assertEquals(Receipts.Result.APPLIED, receipt(attempt, "SM1", Status.DELIVERED));
            return new Answer.NotThere();
        };
        look(QUIET);
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(1, F.sent.size());
        assertEquals(List.of("delivered"), F.events());
    }

    @Test
    void two_that_look_alike_are_both_taken_when_both_are_there() {
        UUID one = unknown("k");
        UUID other = unknown("l");
        has(one, "SM1", Status.INTERMEDIATE);
        look(QUIET);
        assertEquals(MessageState.UNKNOWN, F.state("k"), "one message, two attempts: nobody can say whose");
        assertEquals(MessageState.UNKNOWN, F.state("l"));
        assertEquals(2, F.sent.size());
        has(other, "SM2", Status.INTERMEDIATE);
        look(FIRST);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(MessageState.ACCEPTED, F.state("l"));
        assertEquals(2, F.sent.size());
    }

    @Test
    void two_that_look_alike_are_known_to_be_while_the_key_is_replaced() {
        UUID one = unknown("k");
        F.sealer.anotherLookUpKey();
        UUID other = unknown("l");
        has(one, "SM1", Status.INTERMEDIATE);
        look(QUIET);
        assertEquals(MessageState.UNKNOWN, F.state("k"), "one message, two attempts: nobody can say whose");
        assertEquals(MessageState.UNKNOWN, F.state("l"));
        has(other, "SM2", Status.INTERMEDIATE);
        look(FIRST);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(MessageState.ACCEPTED, F.state("l"));
        assertEquals(2, F.sent.size());
    }

    @Test
    void of_two_that_look_alike_a_receipt_tells_which_was_not_sent() {
        unknown("k");
        UUID other = unknown("l");
        has(other, "SM1", Status.INTERMEDIATE);
        look(QUIET);
        assertEquals(2, F.sent.size());
        receipt(other, "SM1", Status.INTERMEDIATE);
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM2");
        look(FIRST);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(3, F.sent.size());
    }

    @Test
    void neither_of_two_that_look_alike_was_sent() {
        unknown("k");
        unknown("l");
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        look(QUIET);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(MessageState.ACCEPTED, F.state("l"));
        assertEquals(4, F.sent.size());
    }

    @Test
    void what_belongs_to_another_attempt_is_left_out() {
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM1");
        F.enqueue("other");
        F.dispatcher().drain();
        F.provider = r -> new SendOutcome.Unknown("server_error_500");
        UUID attempt = unknown("k");
        has(attempt, "SM1", Status.INTERMEDIATE);
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM2");
        look(QUIET);
        assertEquals(3, F.sent.size(), "the one in the list is the other's");
    }

    @Test
    void one_that_is_being_sent_meanwhile_may_be_the_one_in_the_list() throws InterruptedException {
        UUID attempt = unknown("k");
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        F.provider = r -> {
            has(r.attemptId(), "SM1", Status.INTERMEDIATE);
            calling.countDown();
            await(go);
            return new SendOutcome.Accepted("test", "AC1", "SM1");
        };
        F.enqueue("l");
        Thread sending = Thread.ofVirtual().start(() -> F.dispatcher().runOnce());
        calling.await();
        F.age(QUIET);
        Dispatcher dispatcher = F.dispatcher();
        assertEquals(1, dispatcher.settle());
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        go.countDown();
        sending.join();
        look(FIRST);
        assertEquals(3, F.sent.size(), "k was not sent and is sent now");
        assertTrue(F.rows("select attempt_id::text from notifications.provider_message").stream()
            .noneMatch(attempt.toString()::equals));
    }

    @Test
    void an_old_one_that_nobody_could_settle_does_not_stand_in_the_way_of_a_new_one() {
        answer = new Answer.Undecided("no_answer");
        UUID old = unknown("old");
        look(LATE.plusMinutes(5));
        assertEquals(List.of("unknown server_error_500"), F.events());
        // as if it had been started when it was lost
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, """
            update notifications.message set unknown_since = unknown_since - interval '1 hour'
            where attempt_id = ?""", old).update());
        answer = null;
        has(unknown("k"), "SM1", Status.INTERMEDIATE);
        look(FIRST);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void several_instances_share_the_questions() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            unknown("k" + i);
        }
        F.age(FIRST);
        Dispatcher one = F.dispatcher();
        Dispatcher other = F.dispatcher();
        Thread a = Thread.ofVirtual().start(() -> settleAll(one));
        Thread b = Thread.ofVirtual().start(() -> settleAll(other));
        a.join();
        b.join();
        assertEquals(60, asked.size());
        assertEquals(60, asked.stream().map(Asked::attemptId).distinct().count());
    }

    @Test
    void closing_waits_for_what_is_being_asked_and_asks_nothing_more() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            unknown("k" + i);
        }
        F.age(FIRST);
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        F.lookup = a -> {
            asked.add(a);
            asking.countDown();
            await(go);
            return new Answer.Undecided("no_answer");
        };
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.start();
        asking.await();
        Thread closing = Thread.ofVirtual().start(dispatcher::close);
        while (closing.getState() != Thread.State.WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        go.countDown();
        closing.join();
        assertTrue(asked.size() <= 20, asked.size() + " were asked about");
    }

    private static void settleAll(Dispatcher dispatcher) {
        while (dispatcher.settle() > 0) {
            // until nothing is due
        }
    }

    @Test
    void a_lookup_that_throws_decides_nothing() {
        F.lookup = a -> {
            throw new IllegalStateException("to " + a.address());
        };
        unknown("k");
        look(QUIET);
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        look(LATE);
        assertEquals(1, F.events().size());
    }

    @Test
    void what_cannot_be_opened_any_more_comes_to_its_end_and_holds_nobody_up() {
        UUID broken = unknown("k");
        Sql.inTransaction(F.database.superuser(),
            c -> Sql.of(c, "update notifications.attempt set body = 'x' where id = ?", broken).update());
        unknown("l");
        look(FIRST);
        assertEquals(List.of(), F.events());
        look(LATE);
        assertEquals(List.of("unknown server_error_500"), F.events());
        assertEquals(3, F.sent.size(), "the other one is sent again");
    }

    @Test
    void what_was_wiped_cannot_be_compared_and_is_given_up() {
        unknown("k");
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, "update notifications.attempt set body = null").update());
        look(FIRST);
        assertEquals(0, asked.size());
        assertEquals(1, F.events().size());
    }

    @Test
    void what_is_open_is_found_by_an_index() {
        unknown("k");
        String plan = Sql.manyRows(F.database.dispatcher(), c -> Sql.of(c, "explain " + SettlingStore.OPEN,
            IdTime.first(F.clock.instant()), F.clock.instant(), "test", "", new byte[][] {{1}, {2}}).list(row -> row.getString(1))).toString();
        assertFalse(plan.contains("Seq Scan"), plan);
        assertTrue(plan.contains("Index Cond: (attempt_id >= "), plan);
        assertTrue(plan.contains("attempt_id) AND (id_at >= ") || plan.contains("Index Cond: (address_key = "),
            "and the attempts by their ids or by the number: " + plan);
    }

    @Test
    void the_settings_are_data() {
        assertEquals(SettlingRules.defaults(), F.classes.settling());
    }

    private static Receipts.Result receipt(UUID attempt, String id, Status status) {
        return F.receipts.apply(F.database.dispatcher(), new Receipt("test", "AC1", id, attempt, status, status.stored(),
            F.clock.instant()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
