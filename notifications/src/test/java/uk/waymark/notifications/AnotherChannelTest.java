package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message that one channel's provider does not take goes by another, once, and never by both. */
class AnotherChannelTest {

    private static final Fixture F = new Fixture();
    private Function<SendRequest, SendOutcome> push;
    private int pushed;

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
        F.policy = p -> p.refused().contains(Channel.PUSH)
            ? new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain")
            : new Decision.Send(Channel.PUSH, "token", "cy", "neutral", true);
        pushed = 0;
        push = r -> new SendOutcome.Accepted("firebase", "app", "m" + r.attemptId());
    }

    private Dispatcher dispatcher() {
        Sender notifications = r -> {
            pushed++;
            return push.apply(r);
        };
        Sender texts = r -> {
            F.sent.add(r);
            return F.provider.apply(r);
        };
        return new Dispatcher(F.database.dispatcher(),
            (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(), F.templates,
            Senders.of(Map.of(Channel.PUSH, notifications, Channel.SMS, texts), Map.of()), F.classes, F.sealer, F.ids, F.clock, F.settings, F.meters,
            new Random(42));
    }

    private static List<String> attempts() {
        return F.rows("""
            select concat_ws(' ', number, channel, state, language, variant, coalesce(segments, 0))
            from notifications.attempt order by number""");
    }

    @Test
    void what_is_accepted_by_push_is_not_texted() {
        F.enqueue("k");
        dispatcher().drain();
        assertEquals(List.of("1 push accepted cy neutral 0"), attempts());
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(0, F.sent.size());
        assertEquals(1, F.count("notifications.attempts", "channel", "push", "outcome", "accepted"));
        assertEquals(1, F.meters.get("notifications.handoff").timer().count());
    }

    @Test
    void what_is_refused_by_push_is_texted_once_and_at_once() {
        push = r -> new SendOutcome.Rejected("UNREGISTERED", "unregistered");
        F.enqueue("k");
        dispatcher().drain();
        assertEquals(List.of("1 push rejected cy neutral 0", "2 sms accepted en plain 1"), attempts());
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(1, pushed);
        assertEquals(1, F.sent.size());
        assertEquals(List.of(), F.events());
        assertEquals(List.of("{push}"), F.rows("select refused::text from notifications.message"));
        assertEquals(1, F.count("notifications.attempts", "channel", "push", "outcome", "rejected"));
        assertEquals(1, F.count("notifications.attempts", "channel", "sms", "outcome", "accepted"));
    }

    @Test
    void what_is_unknown_is_never_sent_again_by_any_channel() {
        push = r -> new SendOutcome.Unknown("no_answer");
        F.enqueue("k");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        F.clock.moveTo(F.clock.instant().plus(Duration.ofHours(2)));
        dispatcher.drain();
        assertEquals(List.of("1 push unknown cy neutral 0"), attempts());
        assertEquals(List.of("unknown no_answer"), F.events());
        assertEquals(0, F.sent.size());
    }

    @Test
    void what_was_under_way_when_the_process_died_is_never_sent_again_by_any_channel() {
        push = r -> {
            throw new IllegalStateException();
        };
        F.enqueue("k");
        dispatcher().drain();
        assertEquals(MessageState.UNKNOWN, F.state("k"));
        assertEquals(0, F.sent.size());
    }

    @Test
    void an_unavailable_push_is_tried_three_times_as_it_asks_and_then_texted() {
        push = r -> new SendOutcome.Unavailable("QUOTA_EXCEEDED", Duration.ofMinutes(3));
        F.enqueue("k");
        Dispatcher dispatcher = dispatcher();
        dispatcher.drain();
        assertEquals(1, pushed);
        assertTrue(!dispatcher.nextDue().orElseThrow().isBefore(F.clock.instant().plus(Duration.ofMinutes(3))));
        for (int i = 0; i < 2; i++) {
            F.clock.moveTo(dispatcher.nextDue().orElseThrow());
            dispatcher.drain();
        }
        assertEquals(3, pushed);
        assertEquals(1, F.sent.size());
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(4, attempts().size());
    }

    @Test
    void a_policy_that_finds_no_other_channel_ends_it() {
        F.policy = p -> p.refused().equals(Set.of(Channel.PUSH)) ? new Decision.Withhold("no_number")
            : new Decision.Send(Channel.PUSH, "token", "en", "neutral", true);
        push = r -> new SendOutcome.Rejected("UNREGISTERED", "unregistered");
        F.enqueue("k");
        dispatcher().drain();
        assertEquals(List.of("withheld no_number"), F.events());
        assertEquals(1, attempts().size());
    }

    @Test
    void without_another_channel_a_refusal_is_the_end() {
        F.policy = p -> new Decision.Send(Channel.PUSH, "token", "en", "neutral");
        push = r -> new SendOutcome.Rejected("INVALID_ARGUMENT", "refused");
        F.enqueue("k");
        dispatcher().drain();
        assertEquals(List.of("failed refused"), F.events());
        assertEquals(0, F.sent.size());
    }

    @Test
    void what_is_cancelled_between_two_channels_is_not_sent() {
        NewMessage m = F.message("k");
        F.enqueue(m);
        push = r -> new SendOutcome.Rejected("UNREGISTERED", "unregistered");
        Dispatcher dispatcher = dispatcher();
        assertEquals(1, dispatcher.runOnce());
        F.as(F.tenant, c -> F.outbox.cancelBySubject(c, F.tenant, m.subjectRef(), "overtaken"));
        dispatcher.drain();
        assertEquals(MessageState.CANCELLED, F.state("k"));
        assertEquals(0, F.sent.size());
    }
}
