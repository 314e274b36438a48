package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever has read what a message is about is told by no other channel. */
class ReadTest {

    private static final Fixture F = new Fixture();

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    private static boolean read(UUID tenant, UUID message) {
        return F.as(tenant, c -> F.outbox.read(c, tenant, message));
    }

    @Test
    void what_is_accepted_and_read_is_delivered_and_says_so_once() {
        UUID id = F.enqueue("k").id();
        F.dispatcher().drain();
        assertTrue(read(F.tenant, id));
        assertFalse(read(F.tenant, id));
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(List.of("delivered read"), F.events());
        assertEquals(Receipts.Result.LATE, F.receipts.apply(F.database.dispatcher(), new Receipt("test", "AC1",
            "SM" + F.sent.getFirst().attemptId(), null, Receipt.Status.FAILED, "30003", F.clock.instant())));
        assertEquals(MessageState.DELIVERED, F.state("k"), "what was read stays so");
    }

    @Test
    void what_is_unknown_and_read_is_delivered() {
        F.provider = r -> new SendOutcome.Unknown("no_answer");
        UUID id = F.enqueue("k").id();
        F.dispatcher().drain();
        assertTrue(read(F.tenant, id));
        assertEquals(List.of("unknown no_answer", "delivered read"), F.events());
    }

    @Test
    void what_waits_and_is_read_is_not_sent() {
        UUID id = F.enqueue("k").id();
        assertTrue(read(F.tenant, id));
        F.dispatcher().drain();
        assertEquals(List.of("cancelled read"), F.events());
        assertEquals(0, F.sent.size());
    }

    @Test
    void an_answer_that_comes_after_reading_changes_nothing() {
        UUID id = F.enqueue("k").id();
        F.provider = r -> {
            assertFalse(read(F.tenant, id), "it is being handed over at this moment");
            return new SendOutcome.Unknown("no_answer");
        };
        F.dispatcher().drain();
        assertEquals(MessageState.UNKNOWN, F.state("k"));
    }

    @Test
    void nobody_reads_for_another_tenant_nor_what_is_not_there() {
        UUID id = F.enqueue("k").id();
        F.dispatcher().drain();
        UUID other = UUID.randomUUID();
        assertFalse(read(other, id));
        assertFalse((boolean) F.<Boolean>as(other, c -> F.outbox.read(c, F.tenant, id)));
        assertFalse(read(F.tenant, F.ids.next()));
        assertFalse(read(F.tenant, UUID.randomUUID()));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
    }

    @ParameterizedTest
    @CsvSource({"queued, delivered, read", "held, delivered, read", "accepted, cancelled, x", "unknown, cancelled, x",
        "accepted, delivered, x", "accepted, queued, read", "failed, delivered, read", "started, delivered, read",
        "queued, accepted, read", "held, accepted, read"})
    void the_application_makes_no_other_transition(String from, String to, String reason) {
        F.enqueue("k");
        F.rows("update notifications.message set state = '" + from + "' returning state");
        String sql = "update notifications.message set state = '" + to + "', reason = '" + reason + "'";
        try {
            assertEquals(0, F.<Integer>as(F.tenant, c -> Sql.of(c, sql).update()).intValue());
        } catch (NotificationsException refused) {
            assertTrue(refused.getMessage().contains("42501"), refused.getMessage());
        }
        assertEquals(MessageState.valueOf(from.toUpperCase(java.util.Locale.ROOT)), F.state("k"));
    }

    @Test
    void the_application_says_of_no_message_that_it_ended_otherwise() {
        F.enqueue("k");
        NotificationsException refused = assertThrows(NotificationsException.class, () -> F.as(F.tenant,
            c -> Sql.of(c, """
                insert into notifications.ended (id, message_id, tenant, recipient_ref, class, template, state, reason, ended_at)
                select id, id, tenant, recipient_ref, class, template, 'delivered', 'x', created_at from notifications.message""")
                .update()));
        assertTrue(refused.getMessage().contains("42501"));
    }
}
