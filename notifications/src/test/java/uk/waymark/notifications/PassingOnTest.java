package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody reads in time, or what does not arrive, goes on to the next channel in the order that the policy gives. */
class PassingOnTest {

    private static final Fixture F = new Fixture();
    private static final List<Channel> ORDER = List.of(Channel.PUSH, Channel.SMS, Channel.EMAIL, Channel.CALL);
    private final List<String> sent = new ArrayList<>();
    private Function<SendRequest, SendOutcome> push;

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
        push = r -> new SendOutcome.Accepted("test", "push", "m" + r.attemptId());
        F.policy = p -> {
            List<Channel> left = ORDER.stream().filter(c -> !p.refused().contains(c)).toList();
            return left.isEmpty() ? new Decision.Withhold("no_channel_left")
                : new Decision.Send(left.getFirst(), "to-" + left.getFirst(), "en", "neutral", left.size() > 1);
        };
    }

    private Dispatcher dispatcher() {
        Map<Channel, Sender> senders = Map.of(Channel.PUSH, r -> note("push", r, push),
            Channel.SMS, r -> note("sms", r, F.provider), Channel.EMAIL, r -> note("email", r, F.provider),
            Channel.CALL, r -> note("call", r, F.provider));
        return new Dispatcher(F.database.dispatcher(), (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(),
            F.templates, Senders.of(senders, Map.of()), F.classes, F.sealer, F.ids, F.clock, F.settings, F.meters, new Random(42));
    }

    private SendOutcome note(String channel, SendRequest request, Function<SendRequest, SendOutcome> provider) {
        sent.add(channel);
        F.sent.add(request);
        return provider.apply(request);
    }

    private static UUID enqueue(String messageClass) {
        NewMessage m = F.message("k");
        return F.enqueue(new NewMessage(m.tenant(), m.recipientRef(), messageClass, m.template(), m.fields(), "k",
            m.subjectRef(), m.notBefore(), m.expiresAt())).id();
    }

    private static void pass(Dispatcher dispatcher, Duration time) {
        Instant end = F.clock.instant().plus(time);
        for (Optional<Instant> next = dispatcher.nextDue(); next.isPresent() && !next.get().isAfter(end); next =
            dispatcher.nextDue()) {
            F.clock.moveTo(next.get());
            dispatcher.drain();
        }
        F.clock.moveTo(end);
        dispatcher.drain();
    }

    private static Receipt receipt(int attempt, Receipt.Status status) {
        return new Receipt("test", "AC1", "SM" + F.sent.get(attempt).attemptId(), F.sent.get(attempt).attemptId(), status,
            "30003", "unreachable", F.clock.instant());
    }

    @Test
    void what_is_not_read_in_time_is_texted_once_and_then_waits_for_its_receipt() {
        enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        assertEquals(Duration.ofHours(2), F.sent.getFirst().validity(), "the notification is not to come after the text");
        assertEquals(Optional.of(F.clock.instant().plus(Duration.ofHours(2))), dispatcher.nextDue());
        pass(dispatcher, Duration.ofHours(2).minusSeconds(1));
        assertEquals(List.of("push"), sent);
        pass(dispatcher, Duration.ofSeconds(1));
        assertEquals(List.of("push", "sms"), sent);
        pass(dispatcher, Duration.ofHours(20));
        assertEquals(List.of("push", "sms"), sent);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of("{push}"), F.rows("select refused::text from notifications.message"));
        assertEquals(1, F.count("notifications.passed.on", "channel", "push", "why", "not_read"));
        assertEquals(List.of(), F.events());
    }

    @Test
    void a_channel_that_the_policy_passes_over_is_not_asked_about_again() {
        F.policy = p -> p.refused().contains(Channel.SMS) ? new Decision.Send(Channel.EMAIL, "to-email", "en", "neutral")
            : new Decision.NextChannel(Channel.SMS, "too_short");
        enqueue("read_soon");
        dispatcher().drain();
        assertEquals(List.of("email"), sent);
        assertEquals(List.of("{sms}"), F.rows("select refused::text from notifications.message"));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    /** That somebody need not come expires when they leave home: a text two hours later would be none. */
    @Test
    void what_is_not_read_is_texted_well_before_it_is_worth_nothing() {
        NewMessage m = F.message("k");
        F.enqueue(new NewMessage(m.tenant(), m.recipientRef(), "read_soon", m.template(), m.fields(), "k", m.subjectRef(),
            F.clock.instant(), F.clock.instant().plus(Duration.ofMinutes(50))));
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        pass(dispatcher, Duration.ofMinutes(25).minusSeconds(1));
        assertEquals(List.of("push"), sent);
        pass(dispatcher, Duration.ofSeconds(1));
        assertEquals(List.of("push", "sms"), sent);
    }

    @Test
    void what_was_read_in_time_is_not_texted() {
        UUID id = enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        F.as(F.tenant, c -> F.outbox.read(c, F.tenant, id));
        assertEquals(Optional.empty(), dispatcher.nextDue());
        pass(dispatcher, Duration.ofHours(20));
        assertEquals(List.of("push"), sent);
        assertEquals(List.of("delivered read"), F.events());
    }

    @Test
    void what_is_read_between_two_channels_is_not_texted() {
        UUID id = enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        F.clock.moveTo(F.clock.instant().plus(Duration.ofHours(2)));
        dispatcher.sweep();
        assertEquals(MessageState.QUEUED, F.state("k"));
        F.as(F.tenant, c -> F.outbox.read(c, F.tenant, id));
        dispatcher.drain();
        assertEquals(List.of("push"), sent);
        assertEquals(List.of("cancelled read"), F.events());
    }

    @Test
    void whoever_is_reading_at_that_moment_wins() throws Exception {
        UUID id = enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        F.clock.moveTo(F.clock.instant().plus(Duration.ofHours(2)));
        try (Connection reading = F.database.app().getConnection()) {
            reading.setAutoCommit(false);
            Fixture.actFor(reading, F.tenant);
            assertTrue(F.outbox.read(reading, F.tenant, id));
            dispatcher.drain();
            assertEquals(List.of("push"), sent, "passed over while it is locked");
            reading.commit();
            reading.setAutoCommit(true);
        }
        dispatcher.drain();
        assertEquals(List.of("push"), sent);
        assertEquals(MessageState.DELIVERED, F.state("k"));
    }

    @Test
    void an_unknown_push_that_nobody_reads_is_texted() {
        push = r -> new SendOutcome.Unknown("no_answer");
        enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        pass(dispatcher, Duration.ofHours(2));
        assertEquals(List.of("push", "sms"), sent);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void a_push_whose_outcome_was_lost_is_texted_unless_it_is_read() {
        push = r -> {
            F.rows("update notifications.message set lease_until = clock_timestamp() - interval '1 second' returning id");
            dispatcher().sweep();
            return new SendOutcome.Unknown("lost");
        };
        enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        pass(dispatcher, Duration.ofHours(2));
        assertEquals(List.of("push", "sms"), sent);
    }

    @Test
    void becoming_unknown_on_the_last_channel_is_told_once() {
        push = r -> new SendOutcome.Unknown("no_answer");
        F.provider = r -> new SendOutcome.Unknown("no_answer_either");
        enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        pass(dispatcher, Duration.ofHours(20));
        assertEquals(List.of("push", "sms"), sent, "an unknown text goes nowhere else");
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        assertEquals(List.of("unknown no_answer_either"), F.events());
    }

    @Test
    void without_a_time_to_read_it_in_nothing_follows() {
        enqueue("update");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        pass(dispatcher, Duration.ofDays(2));
        assertEquals(List.of("push"), sent);
    }

    @Test
    void what_did_not_arrive_goes_on_until_no_channel_is_left() {
        enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        pass(dispatcher, Duration.ofHours(2));
        for (int attempt = 1; attempt <= 2; attempt++) {
            assertEquals(Receipts.Result.APPLIED, F.receipts.apply(F.database.dispatcher(), receipt(attempt, Receipt.Status.FAILED)));
            assertEquals(MessageState.QUEUED, F.state("k"));
            dispatcher.drain();
        }
        assertEquals(List.of("push", "sms", "email", "call"), sent);
        F.receipts.apply(F.database.dispatcher(), receipt(3, Receipt.Status.FAILED));
        assertEquals(List.of("failed unreachable"), F.events());
        assertEquals(1, F.count("notifications.passed.on", "channel", "sms", "why", "failed"));
        assertEquals(List.of("accepted", "failed", "failed", "failed"),
            F.rows("select state from notifications.attempt order by number"));
    }

    @Test
    void a_late_or_repeated_word_of_an_earlier_channel_moves_nothing() {
        enqueue("read_soon");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        pass(dispatcher, Duration.ofHours(2));
        F.receipts.apply(F.database.dispatcher(), receipt(1, Receipt.Status.FAILED));
        assertEquals(Receipts.Result.LATE, F.receipts.apply(F.database.dispatcher(), receipt(1, Receipt.Status.DELIVERED)));
        dispatcher.drain();
        assertEquals(Receipts.Result.DUPLICATE, F.receipts.apply(F.database.dispatcher(), receipt(1, Receipt.Status.FAILED)));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of("push", "sms", "email"), sent);
    }

    @Test
    void a_failure_that_is_reported_before_our_own_record_passes_on_once() {
        F.provider = r -> {
            F.receipts.apply(F.database.dispatcher(), new Receipt("test", "AC1", "SM" + r.attemptId(), r.attemptId(),
                Receipt.Status.FAILED, "30003", "unreachable", F.clock.instant()));
            return new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        };
        F.policy = p -> p.refused().contains(Channel.SMS) ? new Decision.Withhold("no_channel_left")
            : new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain", true);
        enqueue("update");
        dispatcher().drain();
        assertEquals(List.of("sms"), sent);
        assertEquals(List.of("withheld no_channel_left"), F.events());
    }

    @Test
    void a_channel_that_nobody_sends_on_is_passed_over() {
        F.policy = p -> {
            List<Channel> left = List.of(Channel.LETTER, Channel.SMS).stream().filter(c -> !p.refused().contains(c)).toList();
            return new Decision.Send(left.getFirst(), "to", "en", "neutral", left.size() > 1);
        };
        enqueue("update");
        dispatcher().drain();
        assertEquals(List.of("sms"), sent);
        assertEquals(List.of("{letter}"), F.rows("select refused::text from notifications.message"));
        F.reset();
        F.policy = p -> new Decision.Send(Channel.LETTER, "to", "en", "neutral");
        enqueue("update");
        dispatcher().drain();
        assertEquals(List.of("failed no_sender_for_channel"), F.events());
    }

    @Test
    void two_instances_pass_each_message_on_once() {
        for (int i = 0; i < 60; i++) {
            NewMessage m = F.message("k" + i);
            F.enqueue(new NewMessage(m.tenant(), m.recipientRef(), "read_soon", m.template(), m.fields(), "k" + i,
                m.subjectRef(), m.notBefore(), m.expiresAt()));
        }
        Dispatcher one = dispatcher();
        Dispatcher other = dispatcher();
        one.drain();
        F.clock.moveTo(F.clock.instant().plus(Duration.ofHours(2)));
        Thread beside = Thread.ofVirtual().start(other::sweep);
        one.sweep();
        join(beside);
        assertEquals(60, F.count("notifications.passed.on", "channel", "push", "why", "not_read"));
        assertEquals(List.of("60"), F.rows("select count(*) from notifications.message where state = 'queued'"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_states_in_the_sql_are_those_of_the_table() {
        assertEquals(java.util.Set.of(MessageState.ACCEPTED, MessageState.UNKNOWN), MessageState.beforeNextChannel());
    }
}
