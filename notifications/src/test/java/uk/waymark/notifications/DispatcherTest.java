package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DispatcherTest {

    private static final Fixture F = new Fixture();

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @Test
    void what_is_due_is_sent_in_the_words_the_policy_chose_and_recorded() {
        F.enqueue("k");
        assertEquals(1, F.dispatcher().runOnce());
        SendRequest sent = F.sent.getFirst();
        assertEquals("Court date Wednesday, ref QQ/1/26. Sign in to read more.", sent.text());
        assertEquals(Fixture.NUMBER, sent.address());
        assertEquals(F.tenant, sent.tenant());
        assertEquals(Duration.ofHours(10), sent.validity(), "as its class says, and never past its expiry");
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of("accepted sms 1 en plain 1 test"), F.rows("""
            select concat_ws(' ', state, channel, number, language, variant, segments, provider)
            from notifications.attempt"""));
        assertEquals(List.of(), F.events());
        assertEquals(1, F.count("notifications.attempts", "channel", "sms", "outcome", "accepted"));
        assertEquals(1, F.meters.get("notifications.handoff").timer().count());
        assertEquals(1, F.meters.get("notifications.provider.call").timer().count());
    }

    @Test
    void a_provider_is_told_to_stop_trying_when_the_policy_says_that_it_is_late() {
        F.policy = p -> new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain").until(F.clock.instant().plus(Duration.ofMinutes(25)));
        F.enqueue("k");
        F.dispatcher().runOnce();
        assertEquals(Duration.ofMinutes(25), F.sent.getFirst().validity());
    }

    @Test
    void nothing_is_handed_over_shortly_before_the_end_where_the_provider_takes_no_validity() {
        F.before = Duration.ofMinutes(15);
        Instant end = F.clock.instant().plus(Duration.ofMinutes(25));
        F.policy = p -> F.clock.instant().isBefore(end) ? new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain").until(end)
            : new Decision.HoldUntil(end.plus(Duration.ofHours(2)), "not_a_safe_time");
        F.enqueue("early");
        F.dispatcher().runOnce();
        assertEquals(1, F.sent.size(), "there is time enough");
        F.clock.moveTo(end.minus(Duration.ofMinutes(14)));
        F.enqueue("late");
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.runOnce();
        assertEquals(1, F.sent.size());
        assertEquals(MessageState.HELD, F.state("late"));
        assertEquals(List.of("too_shortly_before_end"), F.rows("select reason from notifications.message where reason is not null"));
        assertEquals(Optional.of(end), dispatcher.nextDue(), "the policy decides anew");
        F.clock.moveTo(end);
        dispatcher.runOnce();
        assertEquals(Optional.of(end.plus(Duration.ofHours(2))), dispatcher.nextDue());
        assertEquals(1, F.sent.size());
    }

    @Test
    void nothing_leaves_before_its_moment_or_after_its_expiry() {
        NewMessage m = F.message("k");
        F.enqueue(new NewMessage(F.tenant, m.recipientRef(), "update", "news", m.fields(), "later", null,
            F.clock.instant().plus(Duration.ofHours(2)), F.clock.instant().plus(Duration.ofHours(3))));
        Dispatcher dispatcher = F.dispatcher();
        assertEquals(0, dispatcher.runOnce());
        Instant due = F.clock.instant().plus(Duration.ofHours(2));
        assertEquals(Optional.of(due), dispatcher.nextDue());
        F.clock.moveTo(due.plus(Duration.ofHours(1)));
        assertEquals(1, dispatcher.runOnce());
        assertEquals(MessageState.EXPIRED, F.state("later"));
        assertEquals(List.of("expired expired"), F.events());
        assertEquals(0, F.sent.size());
        assertEquals(Optional.empty(), dispatcher.nextDue());
        assertEquals(1, F.count("notifications.messages.ended", "state", "expired"));
    }

    @Test
    void a_held_message_is_asked_about_again_and_a_withheld_or_cancelled_one_is_not() {
        Instant morning = F.clock.instant().plus(Duration.ofHours(10));
        F.policy = p -> new Decision.HoldUntil(morning, "quiet_hours");
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.drain();
        assertEquals(MessageState.HELD, F.state("k"));
        assertEquals(Optional.of(morning), dispatcher.nextDue());
        assertEquals(0, dispatcher.runOnce());
        F.clock.moveTo(morning);
        F.policy = p -> new Decision.Withhold("unsafe_number");
        dispatcher.drain();
        assertEquals(MessageState.WITHHELD, F.state("k"));
        F.policy = p -> new Decision.Cancel("vacated");
        F.enqueue("gone");
        dispatcher.drain();
        assertEquals(MessageState.CANCELLED, F.state("gone"));
        assertEquals(List.of("withheld unsafe_number", "cancelled vacated"), F.events());
        assertEquals(0, F.sent.size());
    }

    @Test
    void a_message_held_past_its_expiry_ends_then_with_the_reason_of_the_hold() {
        F.policy = p -> new Decision.HoldUntil(F.clock.instant().plus(Duration.ofDays(9)), "quiet_hours");
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.drain();
        F.clock.moveTo(dispatcher.nextDue().orElseThrow());
        dispatcher.drain();
        assertEquals(List.of("expired quiet_hours"), F.events());
    }

    @Test
    void a_hold_in_the_past_does_not_spin() {
        F.policy = p -> new Decision.HoldUntil(F.clock.instant().minusSeconds(5), "odd");
        F.enqueue("k");
        F.dispatcher().drain();
        assertEquals(MessageState.HELD, F.state("k"));
    }

    @Test
    void a_policy_that_fails_loses_nothing() {
        F.settings = F.settings.withPolicyBackOff(Duration.ofMinutes(5));
        AtomicBoolean broken = new AtomicBoolean(true);
        F.policy = p -> {
            if (broken.get()) {
                throw new IllegalStateException("no database");
            }
            return new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "neutral");
        };
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.drain();
        assertEquals(MessageState.QUEUED, F.state("k"));
        assertEquals(1, F.count("notifications.policy.failures"));
        broken.set(false);
        assertEquals(0, dispatcher.runOnce(), "the batch rests");
        F.lapseLeases();
        dispatcher.drain();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void one_message_that_nobody_can_decide_about_does_not_keep_the_others_waiting() {
        UUID poison = F.enqueue("poison").id();
        for (int i = 0; i < 8; i++) {
            F.enqueue("k" + i);
        }
        F.policy = p -> {
            if (p.messageId().equals(poison)) {
                throw new IllegalStateException("no such case");
            }
            return new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain");
        };
        F.clock.move(Duration.ofMinutes(4));
        F.dispatcher().drain();
        assertEquals(8, F.sent.size());
        assertEquals(MessageState.QUEUED, F.state("poison"));
        assertEquals(1, F.count("notifications.policy.failures"));
        assertEquals(List.of("t"), F.rows("""
            select lease_until between clock_timestamp() + interval '90 seconds' and clock_timestamp() + interval '120 seconds'
            from notifications.message where state = 'queued'"""), "the longer it has waited, the longer it rests");
    }

    @Test
    void a_start_that_is_refused_gives_the_batch_back_soon_and_one_that_met_another_is_tried_again() {
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        superuser("""
            create sequence notifications.trips;
            create function notifications.trip() returns trigger language plpgsql security definer as $$
            begin
                if nextval('notifications.trips') <= 2 then
                    raise exception 'no' using errcode = tg_argv[0];
                end if;
                return new;
            end $$;
            create trigger trip before insert on notifications.attempt for each row execute function notifications.trip('42501')""");
        try {
            assertThrows(NotificationsException.class, dispatcher::runOnce);
            assertEquals(List.of("queued true"), F.rows("""
                select state || ' ' || (lease_until < clock_timestamp() + interval '2 seconds') from notifications.message"""));
            F.lapseLeases();
            superuser("drop trigger trip on notifications.attempt; create trigger trip before insert on notifications.attempt "
                + "for each row execute function notifications.trip('40P01')");
            assertEquals(1, dispatcher.runOnce());
            assertEquals(MessageState.ACCEPTED, F.state("k"));
        } finally {
            superuser("drop function notifications.trip() cascade; drop sequence notifications.trips");
        }
        assertEquals(1, F.sent.size());
    }

    private static void superuser(String sql) {
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c, sql).update());
    }

    @Test
    void a_decision_that_took_longer_than_the_lease_starts_nothing() {
        AtomicBoolean slow = new AtomicBoolean(true);
        F.policy = p -> {
            if (slow.getAndSet(false)) {
                F.lapseLeases();
            }
            return new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain");
        };
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        assertEquals(1, dispatcher.runOnce());
        assertEquals(0, F.sent.size());
        dispatcher.drain();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(1, F.sent.size());
    }

    @Test
    void stop_wins_over_a_decision_already_made() {
        F.enqueue("k");
        F.policy = p -> {
            F.as(F.tenant, c -> F.outbox.cancelByRecipient(c, F.tenant, p.recipientRef(), "stop"));
            return new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain");
        };
        F.dispatcher().drain();
        assertEquals(0, F.sent.size());
        assertEquals(MessageState.CANCELLED, F.state("k"));
        assertEquals(List.of("cancelled stop"), F.events());
        assertEquals(List.of(), F.rows("select id from notifications.attempt"));
    }

    @Test
    void unavailable_is_repeated_after_1_5_and_30_minutes_until_it_expires() {
        F.provider = r -> new SendOutcome.Unavailable("20429");
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        for (int minutes : List.of(1, 5, 30, 30)) {
            dispatcher.drain();
            assertEquals(MessageState.QUEUED, F.state("k"));
            Duration wait = Duration.between(F.clock.instant(), dispatcher.nextDue().orElseThrow());
            assertTrue(wait.toSeconds() >= minutes * 54 && wait.toSeconds() <= minutes * 66, minutes + ": " + wait);
            F.clock.move(wait);
        }
        assertEquals(4, F.sent.size());
        F.provider = r -> new SendOutcome.Accepted("test", "AC1", "SM1");
        dispatcher.drain();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of("1 unavailable", "2 unavailable", "3 unavailable", "4 unavailable", "5 accepted"),
            F.rows("select number || ' ' || state from notifications.attempt order by number"));
        assertEquals(4, F.count("notifications.attempts", "channel", "sms", "outcome", "unavailable"));
    }

    @Test
    void unavailable_to_the_end_expires_and_says_why() {
        F.provider = r -> new SendOutcome.Unavailable("not_sent");
        F.enqueue("k");
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.drain();
        for (Optional<Instant> next = dispatcher.nextDue(); next.isPresent(); next = dispatcher.nextDue()) {
            F.clock.moveTo(next.get());
            dispatcher.drain();
        }
        assertEquals(List.of("expired provider_unavailable"), F.events());
    }

    @Test
    void rejected_is_never_repeated() {
        F.provider = r -> new SendOutcome.Rejected("21610", "opted_out");
        F.enqueue("k");
        F.dispatcher().drain();
        assertEquals(List.of("failed opted_out"), F.events());
        assertEquals(List.of("rejected 21610 opted_out"),
            F.rows("select concat_ws(' ', state, code, meaning) from notifications.attempt"));
        assertEquals(1, F.count("notifications.messages.ended", "state", "failed"));
    }

    @Test
    void a_sender_that_throws_leaves_an_unknown() {
        F.provider = r -> {
            throw new IllegalStateException("bug");
        };
        F.enqueue("k");
        F.dispatcher().drain();
        assertEquals(List.of("unknown sender_failed"), F.events());
        F.lapseLeases();
        F.dispatcher().drain();
        assertEquals(1, F.sent.size());
    }

    @Test
    void two_dispatchers_share_the_work_and_send_each_message_once() throws InterruptedException {
        int messages = 400;
        F.settings = F.settings.withBatch(10, 1);
        F.as(F.tenant, c -> {
            for (int i = 0; i < messages; i++) {
                F.outbox.enqueue(c, F.message("k" + i));
            }
            return null;
        });
        CountDownLatch both = new CountDownLatch(1);
        F.provider = r -> {
            if (F.sent.size() > 10) { // more than one of them sends at a time
                both.countDown();
            }
            await(both);
            return new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        };
        Dispatcher one = F.dispatcher();
        F.meters = new SimpleMeterRegistry();
        Dispatcher other = F.dispatcher();
        int[] shares = new int[2];
        Thread a = Thread.ofVirtual().start(() -> shares[0] = workOff(one));
        Thread b = Thread.ofVirtual().start(() -> shares[1] = workOff(other));
        a.join();
        b.join();
        assertEquals(messages, F.sent.size());
        assertEquals(messages, shares[0] + shares[1]);
        assertTrue(shares[0] > 0 && shares[1] > 0, "both worked");
        assertEquals(List.of("400"), F.rows("select count(*)::text from notifications.message where state = 'accepted'"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int workOff(Dispatcher dispatcher) {
        int all = 0;
        for (int n = dispatcher.runOnce(); n > 0; n = dispatcher.runOnce()) {
            all += n;
        }
        return all;
    }

    @Test
    void the_background_loop_sends_on_a_wake_and_closes_after_what_is_in_flight() throws InterruptedException {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        F.provider = r -> {
            calling.countDown();
            await(go);
            return new SendOutcome.Accepted("test", "AC1", "SM1");
        };
        F.settings = F.settings.withPoll(Duration.ofHours(1));
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.start();
        F.enqueue("k");
        dispatcher.wake();
        calling.await();
        assertEquals(MessageState.STARTED, F.state("k"), "committed before the provider is called");
        Thread closing = Thread.ofVirtual().start(dispatcher::close);
        assertTrue(closing.isAlive());
        go.countDown();
        closing.join();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @Test
    void tenants_are_decided_apart() {
        UUID other = UUID.randomUUID();
        NewMessage m = F.message("k");
        F.enqueue(m);
        F.enqueue(new NewMessage(other, m.recipientRef(), "update", "news", m.fields(), "k", null, m.notBefore(),
            m.expiresAt()));
        Dispatcher dispatcher = new Dispatcher(F.database.dispatcher(), (tenant, batch) -> {
            assertEquals(1, batch.size());
            return List.of(tenant.equals(other) ? new Decision.Withhold("off")
                : new Decision.Send(Channel.SMS, Fixture.NUMBER, "cy", "neutral"));
        }, F.templates, 
            Senders.of(Map.of(Channel.SMS, r -> new SendOutcome.Accepted("t", "a", "m")), Map.of()), F.classes, F.sealer, F.ids, F.clock,
            F.settings, F.meters, new java.util.Random(1));
        dispatcher.drain();
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(Optional.of(MessageState.WITHHELD), F.as(other, c -> F.outbox.stateByKey(c, other, "k")));
    }

    @Test
    void the_gauges_tell_the_backlog() {
        F.enqueue("k");
        F.clock.move(Duration.ofSeconds(90));
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.measure();
        assertEquals(1, F.meters.get("notifications.queue.due").gauge().value());
        assertEquals(90, F.meters.get("notifications.queue.oldest.due.seconds").gauge().value());
        dispatcher.drain();
        dispatcher.measure();
        assertEquals(0, F.meters.get("notifications.queue.due").gauge().value());
    }

    @Test
    void what_is_printed_of_a_message_holds_no_number_text_or_field() {
        NewMessage m = F.message("k");
        F.enqueue(m);
        F.dispatcher().drain();
        String printed = m + " " + F.sent.getFirst() + " " + new Decision.Send(Channel.SMS, Fixture.NUMBER, "en",
            "plain")
            + new InboundText("p", "a", "m", Fixture.NUMBER, Fixture.NUMBER, "Wednesday", F.tenant);
        assertFalse(printed.contains("7700900") || printed.contains("Wednesday") || printed.contains("QQ/1/26"));
    }

    @Test
    void what_is_logged_holds_no_number_text_or_field() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(Level.INFO);
        root.addAppender(lines);
        lines.start();
        try {
            F.provider = r -> {
                throw new IllegalStateException("could not send " + r.text() + " to " + r.address());
            };
            F.enqueue("k");
            F.dispatcher().drain();
            NewMessage m = F.message("unreadable");
            F.enqueue(new NewMessage(F.tenant, m.recipientRef(), "update", "news", Map.of("ref", "QQ/1/26"), "l", null,
                m.notBefore(), m.expiresAt()));
            F.dispatcher().drain();
        } finally {
            root.detachAppender(lines);
            root.setLevel(before);
        }
        String log = lines.list.stream().map(l -> l.getFormattedMessage()
            + (l.getThrowableProxy() == null ? "" : l.getThrowableProxy().getMessage())).toList().toString();
        assertTrue(log.contains("cannot be rendered") && log.contains("failed with"), log);
        assertFalse(log.contains("7700900") || log.contains("Wednesday") || log.contains("QQ/1/26"), log);
    }
}
