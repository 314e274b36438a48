package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies: stored once, matched to the last message that asked something at that number. */
class InboundTest {

    private static final Fixture F = new Fixture();
    private static final AtomicInteger SIDS = new AtomicInteger();
    private final Inbound inbound = new Inbound(F.sealer, F.classes, F.ids, F.clock);

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @Test
    void a_reply_answers_the_last_message_that_asked_at_that_number() {
        ask("older");
        NewMessage question = ask("newer");
        send("update", "news since then");
        Inbound.Reply reply = reply("Ydw");
        assertEquals(Keyword.YES, reply.keyword());
        assertEquals(new Inbound.Question(id("newer"), question.recipientRef(), question.subjectRef(), "asking", "news"),
            reply.answers());
        assertEquals(List.of(id("newer").toString()),
            F.rows("select answers_message_id::text from notifications.inbound"));
    }

    @Test
    void what_was_answered_makes_room_for_what_was_not() {
        ask("older");
        ask("newer");
        assertEquals(id("newer"), reply("YES").answers().messageId());
        assertEquals(id("older"), reply("methu").answers().messageId());
        assertEquals(id("newer"), reply("no").answers().messageId(), "all answered: people change their minds");
    }

    @Test
    void what_a_person_has_to_read_leaves_the_question_open() {
        ask("older");
        ask("newer");
        for (String body : List.of("not sure yet", "CALL", "yes")) {
            assertEquals(id("newer"), reply(body).answers().messageId(), body);
        }
    }

    @Test
    void stop_start_and_help_answer_nothing() {
        ask("q");
        for (String body : List.of("STOP", "START", "HELP")) {
            assertNull(reply(body).answers(), body);
        }
    }

    @Test
    void what_did_not_ask_was_sent_elsewhere_or_never_left_is_not_answered() {
        send("update", "no question");
        assertNull(reply("yes").answers());
        assertEquals(List.of("0"), F.rows("select count(*)::text from notifications.attempt where asks"),
            "only what asks is found");
        F.policy = p -> new Decision.Send(Channel.SMS, "+447700900777", "en", "plain");
        ask("to another number");
        assertNull(reply("yes").answers());
        F.policy = p -> new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain");
        F.provider = r -> new SendOutcome.Rejected("21211", "invalid_number");
        ask("refused");
        assertNull(reply("yes").answers());
        F.provider = r -> new SendOutcome.Unknown("reset");
        ask("perhaps");
        assertEquals(id("perhaps"), reply("yes").answers().messageId());
    }

    @Test
    void another_tenants_question_is_not_answered() {
        UUID other = UUID.randomUUID();
        NewMessage m = F.message("theirs");
        F.enqueue(new NewMessage(other, m.recipientRef(), "asking", "news", m.fields(), "theirs", null, m.notBefore(),
            m.expiresAt()));
        F.dispatcher().drain();
        assertNull(reply("yes").answers());
    }

    @Test
    void a_question_can_be_answered_for_two_weeks_and_after_its_number_is_wiped() {
        ask("q");
        F.rows("update notifications.attempt set address = null, body = null returning id");
        F.rows("update notifications.message set fields = null returning id");
        F.clock.move(Duration.ofDays(14).minusSeconds(61));
        assertEquals(id("q"), reply("maybe").answers().messageId());
        F.clock.move(Duration.ofSeconds(2));
        assertNull(reply("yes").answers());
    }

    @Test
    void the_same_reply_twice_is_one_with_the_same_answer() {
        ask("q");
        InboundText text = text("yes");
        Inbound.Reply first = inbound.record(F.database.app(), text);
        ask("asked since");
        assertEquals(new Inbound.Reply(first.id(), Keyword.YES, false, first.answers()),
            inbound.record(F.database.dispatcher(), text));
        assertTrue(first.fresh());
        assertEquals(List.of("1"), F.rows("select count(*)::text from notifications.inbound"));
    }

    @Test
    void whatever_bytes_come_they_are_stored_and_open_again() {
        for (String body : Arbitraries.strings().ofMaxLength(400).sampleStream().limit(100).toList()) {
            Inbound.Reply reply = reply(body);
            byte[] sealed = Sql.inTransaction(F.database.superuser(), c -> Sql.of(c,
                "select body from notifications.inbound where id = ?", reply.id()).first(r -> r.getBytes(1))).orElseThrow();
            assertEquals(new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                new String(F.sealer.open("notifications.inbound.body", reply.id(), sealed), StandardCharsets.UTF_8));
        }
    }

    /** Nothing that was not started when STOP was taken leaves, though the policy had let it go a moment before. */
    @Test
    void stop_overtakes_what_the_policy_has_let_go() {
        boolean[] stopped = new boolean[1];
        NewMessage waiting = F.message("k");
        F.enqueue(waiting);
        F.policy = p -> {
            if (stopped[0]) {
                return new Decision.Withhold("stopped");
            }
            stopped[0] = true;
            // the person texts STOP between the policy's answer and the start
            assertEquals(1, Recall.of(F.database.dispatcher(), F.tenant, List.of(waiting.recipientRef())));
            return new Decision.Send(Channel.SMS, Fixture.NUMBER, "en", "plain");
        };
        Dispatcher dispatcher = F.dispatcher();
        dispatcher.runOnce();
        assertEquals(List.of(), F.sent);
        dispatcher.drain();
        assertEquals(List.of(), F.sent);
        assertEquals(MessageState.WITHHELD, F.state("k"));
        assertEquals(List.of("withheld stopped"), F.events());
    }

    @Test
    void a_recall_leaves_other_people_and_what_was_started_alone() {
        NewMessage sent = send("update", "sent");
        F.enqueue("waits");
        assertEquals(0, Recall.of(F.database.dispatcher(), F.tenant, List.of(sent.recipientRef(), UUID.randomUUID())));
        assertEquals(0, Recall.of(F.database.dispatcher(), F.tenant, List.of()));
        F.dispatcher().drain();
        assertEquals(2, F.sent.size());
        assertFalse(F.sent.isEmpty());
    }

    private NewMessage ask(String key) {
        return send("asking", key);
    }

    private NewMessage send(String messageClass, String key) {
        NewMessage m = F.message(key);
        NewMessage asked = new NewMessage(m.tenant(), m.recipientRef(), messageClass, m.template(), m.fields(), key,
            m.subjectRef(), m.notBefore(), m.expiresAt());
        F.enqueue(asked);
        F.dispatcher().drain();
        F.clock.move(Duration.ofMinutes(1));
        return asked;
    }

    private static UUID id(String key) {
        return UUID.fromString(F.rows("select message_id::text from notifications.message_key where dedupe_key = '" + key
            + "'").getFirst());
    }

    private Inbound.Reply reply(String body) {
        return inbound.record(F.database.app(), text(body));
    }

    private static InboundText text(String body) {
        return new InboundText("twilio", "AC1", "SM" + SIDS.incrementAndGet(), Fixture.NUMBER, "+447700900999",
            body, F.tenant);
    }
}
