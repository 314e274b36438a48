package uk.waymark.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.Receipt.Status;
import uk.waymark.notifications.bench.KillDatabase;
import uk.waymark.notifications.twilio.TwilioAccount;
import uk.waymark.notifications.twilio.TwilioAccounts;
import uk.waymark.notifications.twilio.TwilioLookup;
import uk.waymark.notifications.twilio.TwilioSender;
import uk.waymark.notifications.twilio.TwilioStandIn;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;

/** From the queue to Twilio and back with what breaks on the way: the line, the answer, the database. */
class LostAnswersTest {

    private static final Fixture F = new Fixture();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Long enough for what is asked to arrive on a busy machine: for where no answer comes, or one that is too late. */
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private final TwilioStandIn twilio = new TwilioStandIn();
    private final TwilioAccount account = new TwilioAccount("ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "token",
        "MG0123456789abcdef0123456789abcdef", null, F.tenant);
    private final TwilioAccounts accounts = new TwilioAccounts() {
        @Override
        public TwilioAccount forTenant(UUID tenant) {
            return account;
        }

        @Override
        public Optional<TwilioAccount> bySid(String sid) {
            return Optional.of(account).filter(a -> a.accountSid().equals(sid));
        }
    };
    private final TwilioSender sender = new TwilioSender(accounts, twilio.url(), URI.create("https://host.example/status"), PATIENCE);
    private final TwilioSender impatient = new TwilioSender(accounts, twilio.url(), URI.create("https://host.example/status"), SHORT);
    private final TwilioLookup patientLookup = new TwilioLookup(accounts, twilio.url(), PATIENCE, 50);
    private final TwilioLookup impatientLookup = new TwilioLookup(accounts, twilio.url(), SHORT, 50);
    private TwilioLookup lookup = patientLookup;

    @AfterAll
    static void closeAll() {
        F.close();
    }

    @BeforeEach
    void reset() {
        F.reset();
    }

    @AfterEach
    void close() {
        sender.close();
        impatient.close();
        patientLookup.close();
        impatientLookup.close();
        twilio.close();
    }

    private Dispatcher dispatcher(DataSource source) {
        return dispatcher(source, sender);
    }

    private Dispatcher dispatcher(DataSource source, Sender sender) {
        return new Dispatcher(source, (t, batch) -> batch.stream().map(p -> F.policy.apply(p)).toList(), F.templates,
            Senders.of(Map.of(Channel.SMS, sender), Map.of(Channel.SMS, TwilioSender.PROVIDER)),
            Map.of(TwilioSender.PROVIDER, lookup), F.classes, F.sealer, F.ids, F.clock, F.settings, F.meters, new Random(42));
    }

    private void look(Duration later) {
        F.age(later);
        dispatcher(F.database.dispatcher()).drain();
    }

    /** Whether its answer does not come, or too late. */
    private static boolean late(Reaction fault) {
        return fault instanceof Reaction.Silence || fault instanceof Reaction.After;
    }

    private long posted() {
        return twilio.received().stream().filter(r -> r.method().equals("POST")).count();
    }

    @Test
    void what_was_taken_is_found_however_the_answer_was_lost() {
        List<Reaction> faults = List.of(new Reaction.Reset(), new Reaction.Hangup(), new Reaction.Garbage(), new Reaction.Silence(),
            new Reaction.After(SHORT.multipliedBy(2), new Reaction.Say()), new Reaction.Answer(201, "{\"sid\": "),
            new Reaction.Answer(201, "{}"), new Reaction.Answer(502, "<html>"));
        for (int i = 0; i < faults.size(); i++) {
            Reaction fault = faults.get(i);
            String key = "k" + i;
            twilio.react(r -> TwilioStandIn.take(fault));
            F.enqueue(key);
            dispatcher(F.database.dispatcher(), late(fault) ? impatient : sender).drain();
            assertEquals(MessageState.UNKNOWN, F.state(key), fault.toString());
            look(QUIET);
            assertEquals(MessageState.ACCEPTED, F.state(key), fault.toString());
            assertEquals(i + 1, posted(), fault.toString());
        }
        assertEquals(List.of(), F.events());
        assertEquals(faults.size(), F.rows("select provider_message_id from notifications.provider_message").size());
    }

    @Test
    void what_was_not_taken_is_sent_again_however_the_refusal_was_lost() {
        List<Reaction> faults = List.of(new Reaction.Reset(), new Reaction.Hangup(), new Reaction.Garbage(), new Reaction.Silence(),
            TwilioStandIn.refuse(503, 20503));
        for (int i = 0; i < faults.size(); i++) {
            Reaction fault = faults.get(i);
            twilio.react(r -> fault);
            F.enqueue("k" + i);
            dispatcher(F.database.dispatcher(), late(fault) ? impatient : sender).drain();
            twilio.react(TwilioStandIn::accept);
            look(Duration.ofMinutes(2));
            assertEquals(MessageState.UNKNOWN, F.state("k" + i), fault.toString());
            look(QUIET);
            assertEquals(MessageState.ACCEPTED, F.state("k" + i), fault.toString());
            assertEquals(i + 1, twilio.taken().size(), fault.toString());
        }
    }

    @Test
    void a_list_that_cannot_be_read_decides_nothing() {
        twilio.react(r -> new Reaction.Reset());
        F.enqueue("k");
        dispatcher(F.database.dispatcher()).drain();
        for (Reaction fault : List.of(new Reaction.Reset(), new Reaction.Garbage(), new Reaction.Silence(),
            TwilioStandIn.refuse(500, 20500), new Reaction.Answer(200, "{}"))) {
            twilio.reactToList(fault);
            lookup = late(fault) ? impatientLookup : patientLookup;
            look(QUIET);
            assertEquals(MessageState.UNKNOWN, F.state("k"), fault.toString());
        }
        assertEquals(1, posted());
    }

    @Test
    void an_answer_and_a_receipt_survive_a_database_that_is_stopped_and_started() throws IOException, SQLException {
        try (KillDatabase database = new KillDatabase();
             var source = KillDatabase.pool(database.url(), "waymark_dispatcher", 4);
             var app = KillDatabase.pool(database.url(), "waymark_app", 2)) {
            Sql.inTransaction(app, c -> {
                Fixture.actFor(c, F.tenant);
                return F.outbox.enqueue(c, F.message("k"));
            });
            dispatcher(source, request -> {
                SendOutcome outcome = sender.send(request);
                down(database);
                Thread.ofVirtual().start(() -> up(database));
                return outcome;
            }).runOnce();
            assertEquals(1, posted());
            String sid = twilio.taken().getFirst().sid();
            assertEquals(Optional.of(MessageState.ACCEPTED), state(app));

            Receipt receipt = new Receipt(TwilioSender.PROVIDER, account.accountSid(), sid, null, Status.DELIVERED, "delivered",
                F.clock.instant());
            database.stop();
            assertThrows(NotificationsException.class, () -> F.receipts.apply(source, receipt),
                "so that the provider is told that it was not taken");
            database.start();
            assertEquals(Receipts.Result.APPLIED, again(() -> F.receipts.apply(source, receipt)));
            assertEquals(Optional.of(MessageState.DELIVERED), state(app));
            again(() -> dispatcher(source).runOnce());
            assertEquals(1, posted());
        }
    }

    /** Until the pool has noticed what happened to its connections, and has done with its own back-off. */
    private static <T> T again(Supplier<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (NotificationsException e) {
                if (tries == 20) {
                    throw e;
                }
            }
        }
    }

    private static Optional<MessageState> state(DataSource app) {
        return again(() -> Sql.inTransaction(app, c -> {
            Fixture.actFor(c, F.tenant);
            return F.outbox.stateByKey(c, F.tenant, "k");
        }));
    }

    private static void down(KillDatabase database) {
        try {
            database.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void up(KillDatabase database) {
        try {
            database.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
