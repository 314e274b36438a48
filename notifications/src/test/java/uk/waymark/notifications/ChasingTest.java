package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.Lookup.Answer;
import uk.waymark.notifications.Receipt.Status;

/** What becomes of a message that a provider took over and whose receipt does not come. */
class ChasingTest {

    private static final Fixture F = new Fixture();
    private static final Duration FIRST = Duration.ofHours(2);
    private static final Duration AGAIN = Duration.ofHours(6);
    private static final Duration LATE = Duration.ofHours(73);
    private static final String CHASED_AT = "select coalesce(chase_at::text, 'never') from notifications.message";

    /** The provider's ids that were asked about. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<UUID, Answer> answer;
    /** How long ago attempts are made, by the clock that ids are made with. */
    private Duration ago = FIRST;
    private Channel channel = Channel.SMS;
    private boolean another;
    private boolean chased = true;

    @AfterAll
    static void close() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
        answer = attempt -> new Answer.Undecided("no_answer");
    }

    private Dispatcher dispatcher() {
        return dispatcher(F.database.dispatcher());
    }

    private Dispatcher dispatcher(DataSource login) {
        Lookup lookup = new Lookup() {
            @Override
            public Answer ask(Asked attempt) {
                return new Answer.Undecided("no_answer");
            }

            @Override
            public Answer status(String account, UUID tenant, String providerMessageId, UUID attemptId) {
                assertEquals("AC1", account);
                assertEquals(F.tenant, tenant);
                asked.add(providerMessageId);
                return answer.apply(attemptId);
            }

            @Override
            public boolean chased() {
                return chased;
            }
        };
        Ids ids = () -> {
            UUID now = F.ids.next();
            return new UUID(now.getMostSignificantBits() - (ago.toMillis() << 16), now.getLeastSignificantBits());
        };
        Sender sender = r -> F.provider.apply(r);
        return new Dispatcher(login,
            (t, batch) -> batch.stream().<Decision>map(p -> new Decision.Send(channel, Fixture.NUMBER, "en", "plain", another))
                .toList(), F.templates,
            Senders.of(Map.of(Channel.SMS, sender, Channel.PUSH, sender), Map.of(Channel.SMS, "test", Channel.PUSH, "test")),
            Map.of("test", lookup), F.classes, F.sealer, ids, F.clock, F.settings, F.meters, new Random(42));
    }

    private void accepted(String key) {
        F.enqueue(key);
        dispatcher().drain();
        assertEquals(MessageState.ACCEPTED, F.state(key));
    }

    /** Lets machine time pass. @param by to the second */
    private static void age(Duration by) {
        Sql.inTransaction(F.database.superuser(), c -> Sql.of(c,
            "update notifications.message set chase_at = chase_at - make_interval(secs => ?)", by.toSeconds()).update());
    }

    private int look(Duration later) {
        age(later);
        return dispatcher().chase();
    }

    private Answer says(UUID attempt, Status status, String code) {
        return new Answer.Taken(new Receipt("test", "AC1", "SM" + attempt, attempt, status, code, F.clock.instant()));
    }

    @Test
    void a_receipt_that_did_not_come_is_asked_for() {
        answer = attempt -> says(attempt, Status.DELIVERED, "delivered");
        accepted("k");
        assertEquals(0, look(FIRST.minusMinutes(1)), "not at once");
        assertEquals(1, look(Duration.ofMinutes(2)));
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(List.of("delivered"), F.events());
        assertEquals(1, asked.size());
        assertEquals(0, look(LATE));
        assertEquals(1, F.count("notifications.chased", "provider", "test", "result", "delivered"));
    }

    @Test
    void what_the_provider_says_did_not_arrive_has_failed() {
        answer = attempt -> says(attempt, Status.FAILED, "30003");
        accepted("k");
        look(FIRST);
        assertEquals(List.of("failed 30003"), F.events());
    }

    @Test
    void what_is_still_on_its_way_is_asked_about_again_and_nothing_else() {
        answer = attempt -> says(attempt, Status.INTERMEDIATE, "sent");
        accepted("k");
        look(FIRST);
        assertEquals(0, look(AGAIN.minusMinutes(1)));
        assertEquals(1, look(Duration.ofMinutes(2)));
        assertEquals(2, asked.size());
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(List.of(), F.events());
        assertEquals(2, F.count("notifications.chased", "provider", "test", "result", "underway"));
    }

    @Test
    void what_nobody_confirmed_for_three_days_is_asked_about_a_last_time_and_fails() {
        ago = LATE;
        accepted("k");
        look(FIRST);
        assertEquals(1, asked.size());
        assertEquals(MessageState.FAILED, F.state("k"));
        assertEquals(List.of("failed no_receipt"), F.events());
        assertEquals(List.of("failed no_receipt"), F.rows("select state || ' ' || meaning from notifications.attempt"));
        assertEquals(List.of("0"), F.rows("select count(*)::text from notifications.receipt"), "nobody reported it");
        assertEquals(1, F.count("notifications.chased", "provider", "test", "result", "given_up"));
    }

    @Test
    void where_another_channel_is_left_it_follows() {
        ago = LATE;
        another = true;
        answer = attempt -> says(attempt, Status.INTERMEDIATE, "sent");
        accepted("k");
        look(FIRST);
        assertEquals(MessageState.QUEUED, F.state("k"));
        assertEquals(List.of("no_receipt {sms}"), F.rows("select reason || ' ' || refused::text from notifications.message"));
        assertEquals(List.of(), F.events());
    }

    @Test
    void a_receipt_that_comes_while_the_provider_is_asked_wins() {
        ago = LATE;
        accepted("k");
        answer = attempt -> {
            F.receipts.apply(F.database.dispatcher(), ((Answer.Taken) says(attempt, Status.DELIVERED, "delivered")).receipt());
            return new Answer.Undecided("no_answer");
        };
        look(FIRST);
        assertEquals(MessageState.DELIVERED, F.state("k"));
        assertEquals(List.of("delivered"), F.events());
    }

    @Test
    void a_channel_or_a_provider_without_receipts_is_not_asked() {
        channel = Channel.PUSH;
        accepted("k");
        assertEquals(List.of("never"), F.rows(CHASED_AT));
        F.reset();
        channel = Channel.SMS;
        chased = false;
        accepted("l");
        assertEquals(List.of("never"), F.rows(CHASED_AT));
    }

    @Test
    void what_a_receipt_made_accepted_before_our_own_record_did_is_not_asked_about_sooner() {
        ago = Duration.ZERO;
        F.provider = r -> {
            F.receipts.apply(F.database.dispatcher(),
                new Receipt("test", "AC1", "SM1", r.attemptId(), Status.INTERMEDIATE, "sent", F.clock.instant()));
            return new SendOutcome.Accepted("test", "AC1", "SM1");
        };
        accepted("k");
        assertEquals(List.of("-infinity"), F.rows(CHASED_AT));
        assertEquals(1, look(Duration.ZERO));
        assertEquals(List.of(), asked);
        assertEquals(List.of("t"), F.rows("""
            select (chase_at between clock_timestamp() + interval '119 minutes' and clock_timestamp() + interval '2 hours')::text
            from notifications.message""").stream().map(t -> t.substring(0, 1)).toList());
    }

    @Test
    void one_that_throws_does_not_keep_the_others_waiting() {
        accepted("k");
        accepted("l");
        UUID first = UUID.fromString(F.rows("select attempt_id::text from notifications.message order by id").getFirst());
        answer = attempt -> {
            if (attempt.equals(first)) {
                throw new IllegalStateException("to a number");
            }
            return says(attempt, Status.DELIVERED, "delivered");
        };
        assertEquals(2, look(FIRST));
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        assertEquals(MessageState.DELIVERED, F.state("l"));
    }

    @Test
    void several_instances_share_the_questions() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            F.enqueue("k" + i);
        }
        dispatcher().drain();
        age(FIRST);
        List<Thread> instances = new ArrayList<>();
        for (Dispatcher dispatcher : List.of(dispatcher(), dispatcher(), dispatcher())) {
            instances.add(Thread.ofVirtual().start(() -> {
                while (dispatcher.chase() > 0) {
                    // until nothing is due
                }
            }));
        }
        for (Thread instance : instances) {
            instance.join();
        }
        assertEquals(60, asked.size());
        assertEquals(60, asked.stream().distinct().count());
    }

    @Test
    void a_message_that_is_asked_about_while_the_asker_dies_is_taken_by_another() {
        Gate gate = new Gate(F.database.dispatcher());
        accepted("k");
        age(FIRST);
        answer = attempt -> {
            gate.shut(true);
            return says(attempt, Status.DELIVERED, "delivered");
        };
        Dispatcher dying = dispatcher(gate);
        assertThrows(NotificationsException.class, dying::chase);
        assertEquals(MessageState.ACCEPTED, F.state("k"));
        answer = attempt -> says(attempt, Status.DELIVERED, "delivered");
        assertEquals(0, dispatcher().chase(), "the claim still holds");
        assertEquals(1, look(F.settings.lease()));
        assertEquals(MessageState.DELIVERED, F.state("k"));
    }

    @Test
    void the_times_are_data() {
        assertEquals(ReceiptRules.defaults(), F.classes.receipts());
        String yaml = """
            default: {priority: 5, validity: PT10H, retries: [PT1M]}
            receipts: {ask_after: PT1H, ask_every: PT2H, give_up: PT5H}""";
        assertEquals(new ReceiptRules(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(5)), load(yaml));
        assertThrows(IllegalArgumentException.class, () -> load(yaml.replace("PT5H", "PT1H")));
        assertThrows(IllegalArgumentException.class, () -> load(yaml.replace("PT5H", "soon")));
    }

    private static ReceiptRules load(String yaml) {
        return MessageClasses.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).receipts();
    }
}
