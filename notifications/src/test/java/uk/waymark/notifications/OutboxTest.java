package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

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
    void one_message_per_tenant_and_key() {
        Enqueued first = F.enqueue("k");
        assertInstanceOf(Enqueued.Added.class, first);
        assertEquals(new Enqueued.AlreadyThere(first.id()), F.enqueue("k"));

        UUID other = UUID.randomUUID();
        NewMessage m = F.message("k");
        assertInstanceOf(Enqueued.Added.class, F.enqueue(new NewMessage(other, m.recipientRef(), m.messageClass(),
            m.template(), m.fields(), "k", null, m.notBefore(), m.expiresAt())), "another tenant has keys of its own");
    }

    @Test
    void a_rolled_back_transaction_leaves_no_message() {
        assertThrows(NotificationsException.class, () -> F.as(F.tenant, c -> {
            F.outbox.enqueue(c, F.message("k"));
            throw new SQLException("the host's own failure");
        }));
        assertEquals(List.of(), F.rows("select id from notifications.message"));
        assertInstanceOf(Enqueued.Added.class, F.enqueue("k"));
    }

    @Test
    void cancelling_takes_back_what_was_not_started_and_says_so_once() {
        NewMessage m = F.message("a");
        F.enqueue(m);
        F.enqueue("b");
        assertEquals(1, F.<Integer>as(F.tenant, c -> F.outbox.cancelBySubject(c, F.tenant, m.subjectRef(), "vacated")));
        assertEquals(0, F.<Integer>as(F.tenant, c -> F.outbox.cancelBySubject(c, F.tenant, m.subjectRef(), "vacated")));
        assertEquals(MessageState.CANCELLED, F.state("a"));
        assertTrue((boolean) F.<Boolean>as(F.tenant, c -> F.outbox.cancelByKey(c, F.tenant, "b", "withdrawn")));
        assertFalse((boolean) F.<Boolean>as(F.tenant, c -> F.outbox.cancelByKey(c, F.tenant, "b", "withdrawn")));
        assertEquals(List.of("cancelled vacated", "cancelled withdrawn"), F.events());
        assertEquals(0, F.dispatcher().runOnce());
    }

    @Test
    void cancelling_a_recipient_leaves_what_was_started() {
        NewMessage m = F.message("sent");
        F.enqueue(m);
        F.dispatcher().runOnce();
        F.enqueue(new NewMessage(F.tenant, m.recipientRef(), "update", "news", m.fields(), "waiting", null,
            m.notBefore(), m.expiresAt()));
        assertEquals(1, F.<Integer>as(F.tenant, c -> F.outbox.cancelByRecipient(c, F.tenant, m.recipientRef(),
            "stop")));
        assertEquals(MessageState.ACCEPTED, F.state("sent"));
        assertEquals(MessageState.CANCELLED, F.state("waiting"));
    }

    @Test
    void the_list_has_what_needs_a_person_first_and_goes_on_from_its_cursor() {
        Dispatcher dispatcher = F.dispatcher();
        List<UUID> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            expected.add(F.enqueue(new NewMessage(F.tenant, UUID.randomUUID(), "update", i % 3 == 0 ? "no_such"
                : "news",
                F.message("x").fields(), "k" + i, null, F.clock.instant(), F.clock.instant().plusSeconds(60))).id());
        }
        dispatcher.drain();
        List<UUID> failures = List.of(expected.get(6), expected.get(3), expected.get(0));
        List<UUID> others = List.of(expected.get(5), expected.get(4), expected.get(2), expected.get(1));

        List<MessageRecord> seen = new ArrayList<>();
        Page page = Page.first(2);
        List<MessageRecord> items = list(page);
        while (!items.isEmpty()) {
            seen.addAll(items);
            items = list(new Page(items.getLast().cursor(), 2));
        }
        List<UUID> all = new ArrayList<>(failures);
        all.addAll(others);
        assertEquals(all, seen.stream().map(MessageRecord::id).toList());
        assertEquals("cannot_be_rendered", seen.getFirst().reason());
        assertEquals(F.clock.instant(), seen.getFirst().endedAt());
    }

    @Test
    void the_order_of_the_list_in_SQL_is_that_of_the_states() {
        String ranked = F.rows("""
            select string_agg(s, ',' order by s) from unnest(array['queued', 'held', 'started', 'accepted', 'delivered',
                'failed', 'unknown', 'cancelled', 'expired', 'withheld']) s
            where (case when s in ('failed', 'unknown', 'expired', 'withheld') then 0 else 1 end) = 0""").getFirst();
        assertEquals(ranked, List.of(MessageState.values()).stream().filter(MessageState::needsPerson)
            .map(MessageState::stored).sorted().reduce((a, b) -> a + "," + b).orElseThrow());
    }

    @Test
    void what_cannot_be_meant_is_refused() {
        NewMessage m = F.message("k");
        assertThrows(IllegalArgumentException.class, () -> new NewMessage(m.tenant(), m.recipientRef(), "c", "t",
            Map.of(), "k", null, m.notBefore(), m.notBefore()));
        assertThrows(IllegalArgumentException.class, () -> new Page("1.' or true --", 10));
        assertThrows(IllegalArgumentException.class, () -> Page.first(501));
        assertThrows(IllegalArgumentException.class, () -> IdTime.of(UUID.randomUUID()));
    }

    @Test
    void several_are_taken_back_in_the_order_in_which_they_were_made() {
        List.of("a", "b", "c").forEach(F::enqueue);
        assertEquals(0, F.<Integer>as(F.tenant, c -> F.outbox.cancelByKeys(c, F.tenant, List.of(), "x")));
        assertEquals(2, F.<Integer>as(F.tenant, c -> F.outbox.cancelByKeys(c, F.tenant, List.of("c", "unknown", "a"), "x")));
        assertEquals(0, F.<Integer>as(F.tenant, c -> F.outbox.cancelByKeys(c, F.tenant, List.of("a", "c"), "x")));
        assertEquals(List.of(MessageState.CANCELLED, MessageState.QUEUED, MessageState.CANCELLED),
            Stream.of("a", "b", "c").map(F::state).toList());
    }

    @Test
    void ended_events_are_handled_once_each() {
        F.enqueue("a");
        F.enqueue("b");
        F.as(F.tenant, c -> F.outbox.cancelByKey(c, F.tenant, "a", "x"));
        F.clock.move(Duration.ofSeconds(1));
        F.as(F.tenant, c -> F.outbox.cancelByKey(c, F.tenant, "b", "y"));
        assertTrue(F.ended.tenantsWaiting(F.database.dispatcher()).contains(F.tenant));
        List<EndedMessage> first = F.as(F.tenant, c -> {
            List<EndedMessage> taken = F.ended.take(c, F.tenant, 1, List.of());
            assertEquals(1, F.ended.markHandled(c, taken.stream().map(EndedMessage::id).toList()));
            return taken;
        });
        assertEquals("x", first.getFirst().reason());
        assertEquals(List.of("y"),
            F.as(F.tenant, c -> F.ended.take(c, F.tenant, 10, List.of())).stream().map(EndedMessage::reason).toList());
    }

    private static List<MessageRecord> list(Page page) {
        return F.as(F.tenant, c -> F.outbox.list(c, F.tenant, page));
    }
}
