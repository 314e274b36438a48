package uk.waymark.notifications;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** The parts that tests of dispatching put together, all of them real but the provider. */
final class Fixture implements AutoCloseable {

    static final String NUMBER = "+447700900123";

    final TestDatabase database = new TestDatabase();
    final TestIds ids = new TestIds();
    final TestClock clock = new TestClock();
    final AesSealer sealer = new AesSealer();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MessageClasses classes = classes();
    final Outbox outbox = new Outbox(sealer, classes, ids, clock);
    Receipts receipts = new Receipts(ids, clock, meters);
    final Ended ended = new Ended();
    final Templates templates = templates();
    final UUID tenant = UUID.randomUUID();
    final List<SendRequest> sent = Collections.synchronizedList(new ArrayList<>());
    volatile Function<SendRequest, SendOutcome> provider = r -> new SendOutcome.Accepted("test", "AC1", "SM"
        + r.attemptId());
    /** As {@link Sender#before}. */
    volatile Duration before = Duration.ZERO;
    /** Null where the provider cannot be asked. */
    volatile Lookup lookup;
    volatile Function<Pending, Decision> policy = p -> new Decision.Send(Channel.SMS, NUMBER, "en", "plain");
    DispatchSettings settings = DispatchSettings.defaults();

    Dispatcher dispatcher() {
        return dispatcher(database.dispatcher());
    }

    /** On connections of its own. */
    Dispatcher dispatcher(DataSource login) {
        return new Dispatcher(login, (t, batch) -> batch.stream().map(p -> policy.apply(p)).toList(),
            templates, senders(), lookup == null ? Map.of() : Map.of("test", a -> lookup.ask(a)), classes, sealer, ids, clock,
            settings, meters, new Random(42));
    }

    private SendOutcome send(SendRequest request) {
        sent.add(request);
        return provider.apply(request);
    }

    Senders senders() {
        return Senders.of(Map.of(Channel.SMS, ((Sender) this::send).before(before)), Map.of(Channel.SMS, "test"));
    }

    static MessageClasses classes() {
        try (InputStream yaml = Fixture.class.getResourceAsStream("/classes.yaml")) {
            return MessageClasses.load(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Templates templates() {
        try (InputStream yaml = Fixture.class.getResourceAsStream("/templates.yaml")) {
            return Templates.load(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NewMessage message(String key) {
        return new NewMessage(tenant, UUID.randomUUID(), "update", "news",
            Map.of("when", "Wednesday", "ref", "QQ/1/26"), key, UUID.randomUUID(), clock.instant(),
            clock.instant().plus(Duration.ofDays(1)));
    }

    Enqueued enqueue(NewMessage m) {
        return as(m.tenant(), c -> outbox.enqueue(c, m));
    }

    Enqueued enqueue(String key) {
        return enqueue(message(key));
    }

    MessageState state(String key) {
        return as(tenant, c -> outbox.stateByKey(c, tenant, key)).orElseThrow();
    }

    /** Works as the application does: its login, acting for one tenant. */
    <T> T as(UUID actingFor, Sql.Work<T> work) {
        return Sql.inTransaction(database.app(), c -> {
            actFor(c, actingFor);
            return work.on(c);
        });
    }

    static void actFor(Connection connection, UUID tenant) {
        Sql.of(connection, "select set_config('notifications.tenant', ?, true)", tenant.toString()).list(row -> null);
    }

    /** The events of the tenant so far, as "state reason". */
    List<String> events() {
        return rows("select state || coalesce(' ' || reason, '') from notifications.ended order by id");
    }

    List<String> rows(String sql) {
        return Sql.inTransaction(database.superuser(), c -> Sql.of(c, sql).list(row -> row.getString(1)));
    }

    /** Waits until a question to the database has this answer: a dispatcher that was started works by itself. */
    void await(String sql, String answer) {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!rows(sql).equals(List.of(answer))) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(rows(sql) + " and not " + answer);
            }
            Thread.onSpinWait();
        }
    }

    /** Lets all leases lapse, as if their time had passed. */
    void lapseLeases() {
        Sql.inTransaction(database.superuser(), c -> Sql.of(c, """
            update notifications.message set lease_until = clock_timestamp() - interval '1 second'
            where lease_until is not null""").update());
    }

    /** Lets machine time pass for what is unknown. */
    void age(Duration by) {
        Sql.inTransaction(database.superuser(), c -> Sql.of(c, """
            update notifications.message set unknown_since = unknown_since - make_interval(secs => ?),
                ask_at = ask_at - make_interval(secs => ?) where state = 'unknown'""", by.toSeconds(), by.toSeconds()).update());
    }

    double count(String name, String... tags) {
        return meters.get(name).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
    }

    /** Everything as at first, in the same database. */
    void reset() {
        database.clear();
        sent.clear();
        meters = new SimpleMeterRegistry();
        receipts = new Receipts(ids, clock, meters);
        provider = r -> new SendOutcome.Accepted("test", "AC1", "SM" + r.attemptId());
        policy = p -> new Decision.Send(Channel.SMS, NUMBER, "en", "plain");
        before = Duration.ZERO;
        settings = DispatchSettings.defaults();
        lookup = null;
    }

    @Override
    public void close() {
        database.close();
    }
}
