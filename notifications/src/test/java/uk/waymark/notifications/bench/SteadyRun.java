package uk.waymark.notifications.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.notifications.Dispatcher;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.twilio.TwilioSender;

/**
 * A host that enqueues one message a transaction, at a steady pace, and wakes its dispatcher after each.
 * {@code main URL PROVIDER MESSAGES PER_SECOND}. How long each took stands in the database.
 */
final class SteadyRun {

    private static final Work WORK = new Work();

    private SteadyRun() {
    }

    public static void main(String... arguments) throws InterruptedException {
        int messages = Integer.parseInt(arguments[2]);
        long between = 1_000_000_000L / Long.parseLong(arguments[3]);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Outbox outbox = new Outbox(WORK.sealer, WORK.classes, WORK.ids, WORK.clock);
        try (HikariDataSource host = BenchDatabase.pool(arguments[0], "waymark_app", 10);
             HikariDataSource login =
                 BenchDatabase.pool(arguments[0], "waymark_dispatcher", OurRun.settings().lanes() + 3);
             TwilioSender twilio = Work.sender(URI.create(arguments[1]));
             Dispatcher dispatcher = OurRun.dispatcher(login, twilio, meters)) {
            dispatcher.start();
            long began = System.nanoTime();
            for (int i = 0; i < messages; i++) {
                Thread.sleep(Duration.ofNanos(Math.max(0, began + i * between - System.nanoTime())));
                Thread.ofVirtual().start(() -> enqueue(host, outbox, dispatcher));
            }
            Pace.measure(OurRun.accepted(meters), 0, messages);
        }
        Child.say("peak", Child.peakMebibytes());
    }

    private static void enqueue(HikariDataSource host, Outbox outbox, Dispatcher dispatcher) {
        Instant now = WORK.clock.instant();
        NewMessage message = new NewMessage(Work.TENANT, UUID.randomUUID(), Work.CLASS, Work.TEMPLATE, Work.FIELDS,
            UUID.randomUUID().toString(), null, now, now.plus(Duration.ofDays(1)));
        try (Connection connection = host.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement act =
                     connection.prepareStatement("select set_config('notifications.tenant', ?, true)")) {
                act.setString(1, Work.TENANT.toString());
                act.execute();
            }
            outbox.enqueue(connection, message);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        dispatcher.wake();
    }
}
