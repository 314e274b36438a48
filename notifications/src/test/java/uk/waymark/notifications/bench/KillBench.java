package uk.waymark.notifications.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;

/**
 * Messages while the process that sends them is killed at random moments, two instances of it at a time; the database is
 * stopped and started now and then, and the provider is as bad as {@link KillProvider} says. Then waits until every message
 * has come to an end and compares with what the provider took.
 */
public final class KillBench {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(30);
    /** A message in twenty is for one of a few numbers: the same words to the same number, again and again. */
    private static final int SHARED_NUMBERS = 10;
    private static final Map<String, Integer> FULL = Map.of("--messages", 5000, "--kills", 100);
    private static final Map<String, Integer> QUICK = Map.of("--messages", 600, "--kills", 10);

    private final int messages;
    private final int kills;
    private final int restarts;
    private final Random random;
    private int sent;

    /** @param seed of what happens when, as far as two processes that race can be told */
    KillBench(int messages, int kills, long seed) {
        this.messages = messages;
        this.kills = kills;
        this.restarts = Math.max(1, kills / 20);
        this.random = new Random(seed);
    }

    /** Ends with 2 where an option is not known, and with 1 where anything was lost or sent twice. */
    public static void main(String[] arguments) throws Exception {
        List<String> given = new ArrayList<>(List.of(arguments));
        Map<String, Integer> usual = given.remove("--quick") ? QUICK : FULL;
        int[] values = {usual.get("--messages"), usual.get("--kills"), Math.abs(new Random().nextInt())};
        List<String> names = List.of("--messages", "--kills", "--seed");
        for (int i = 0; i < given.size(); i += 2) {
            int which = names.indexOf(given.get(i));
            if (which < 0 || i + 1 == given.size() || !given.get(i + 1).matches("[0-9]{1,9}")) {
                System.err.println("waymark: bench kill takes --messages N, --kills N, --seed N and --quick, not " + given.get(i));
                System.exit(2);
            }
            values[which] = Integer.parseInt(given.get(i + 1));
        }
        KillResult result = new KillBench(values[0], values[1], values[2]).run();
        System.out.println(result.json(values[2]));
        System.exit(result.lost() == 0 && result.duplicated() == 0 ? 0 : 1);
    }

    KillResult run() throws Exception {
        Instant began = Instant.now();
        List<Integer> ports = List.of(freePort(), freePort());
        try (KillDatabase database = new KillDatabase(); KillProvider provider = new KillProvider(random, ports);
             HikariDataSource app = KillDatabase.pool(database.url(), "waymark_app", 2);
             KillInstance one = new KillInstance(database.url(), provider.url(), ports.get(0));
             KillInstance other = new KillInstance(database.url(), provider.url(), ports.get(1))) {
            List<KillInstance> instances = List.of(one, other);
            for (KillInstance instance : instances) {
                instance.start();
            }
            for (int kill = 1; kill <= kills; kill++) {
                int requests = provider.requests();
                enqueue(app, (int) ((long) messages * kill / kills) - sent);
                if (kill % (kills / restarts) == 0) {
                    restart(database);
                }
                killOne(instances, provider, requests);
                tell(kill, database, provider);
            }
            waitForAll(database, began);
            return KillResult.of(database, provider, kills, restarts, Duration.between(began, Instant.now()));
        }
    }

    /** Kills one that is there, at a random moment while messages are being sent, and starts it again. */
    private void killOne(List<KillInstance> instances, KillProvider provider, int requests) throws InterruptedException, IOException {
        KillInstance instance = instances.get(random.nextInt(instances.size()));
        Instant until = Instant.now().plus(STARTED_WITHIN);
        while ((!instance.ready() || provider.requests() == requests) && Instant.now().isBefore(until)) {
            Thread.sleep(20);
        }
        Thread.sleep(random.nextInt(1_000));
        instance.kill();
        instance.start();
    }

    private void restart(KillDatabase database) throws InterruptedException, IOException {
        Thread.sleep(random.nextInt(300));
        database.stop();
        Thread.sleep(500 + random.nextInt(1_500));
        database.start();
    }

    private void enqueue(HikariDataSource app, int some) throws SQLException, InterruptedException {
        Outbox outbox = new Outbox(new KillWork.Open(), KillWork.classes(), KillWork.ids(), InstantSource.system());
        try (Connection connection = app.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement tenant = connection.prepareStatement("select set_config('notifications.tenant', ?, true)")) {
                tenant.setString(1, KillWork.TENANT.toString());
                tenant.execute();
            }
            for (int i = 0; i < some; i++) {
                int number = sent % 20 == 0 ? random.nextInt(SHARED_NUMBERS) : SHARED_NUMBERS + sent;
                Instant now = Instant.now();
                // one in fifty is worth nothing after some seconds
                Duration worth = sent % 50 == 7 ? Duration.ofSeconds(3) : Duration.ofHours(1);
                outbox.enqueue(connection, new NewMessage(KillWork.TENANT, KillWork.recipient(number), "update", "news",
                    Map.of(), "k" + sent, (UUID) null, now, now.plus(worth)));
                sent++;
            }
            connection.commit();
        }
    }

    private static void waitForAll(KillDatabase database, Instant began) throws SQLException, InterruptedException {
        Instant until = Instant.now().plus(PATIENCE);
        while (KillResult.open(database) > 0) {
            if (Instant.now().isAfter(until)) {
                throw new IllegalStateException("after " + Duration.between(began, until) + " these have come to no end: "
                    + KillResult.states(database));
            }
            Thread.sleep(500);
        }
    }

    private void tell(int kill, KillDatabase database, KillProvider provider) throws SQLException {
        if (kill % 10 == 0) {
            System.err.println(kill + " kills, " + sent + " messages, " + provider.attemptsTaken().size() + " taken; "
                + KillResult.states(database));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
