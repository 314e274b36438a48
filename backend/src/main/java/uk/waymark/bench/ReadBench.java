package uk.waymark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * How many timelines a second people can read: {@code GET /v1/me/cases/{id}/timeline} through token, row-level security,
 * sealed columns and HTTP, from a server as {@code serve} runs it, beside what the database alone can do on the same SQL
 * ({@code ceiling}). The two take turns, so that a busy machine hurts both alike; PostgreSQL writes to disk.
 *
 * <p>Arguments: {@code --cases N,M --seconds S --rounds R --warm-up W -- JAVA OPTION... MAIN serve}, the command that starts
 * the server. The last line of output is JSON.
 */
public final class ReadBench {
    private static final int CONNECTIONS = 32;
    private static final int DATABASE_CLIENTS = 8;
    /** Of all cases, those that are read while it is measured: their people are awake. */
    private static final int AWAKE = 100_000;

    private final int[] cases;
    private final int seconds;
    private final int rounds;
    private final int warmUp;
    private final List<String> command;

    private ReadBench(BenchArguments arguments) {
        this.cases = Arrays.stream(arguments.text("--cases").split(",")).mapToInt(Integer::parseInt).sorted().toArray();
        this.seconds = arguments.number("--seconds");
        this.rounds = arguments.number("--rounds");
        this.warmUp = arguments.number("--warm-up");
        this.command = arguments.command();
    }

    public static void main(String[] arguments) throws Exception {
        new ReadBench(new BenchArguments(arguments)).run();
    }

    /** Of one size of data. */
    private record Measured(int cases, double rate, double ceiling, double p50, double p99, long resident, double ownMicros) {
        double ratio() {
            return rate / ceiling;
        }
    }

    private void run() throws Exception {
        try (var site = ProductionSite.start()) {
            System.out.println("Migrating the database");
            ServerRun.of(command, site.environment(), site.port());
            var data = new ReadData(site);
            var measured = new ArrayList<Measured>();
            for (int size : cases) {
                long start = System.nanoTime();
                data.growTo(size);
                System.out.printf(Locale.ROOT, "%,d cases made, %,d entries, in %d s%n", size, size * ReadData.ENTRIES,
                        (System.nanoTime() - start) / 1_000_000_000);
                measured.add(measure(site, size));
            }
            System.out.println(json(measured));
        }
    }

    private Measured measure(ProductionSite site, int size) throws IOException, InterruptedException, SQLException {
        int awake = Math.min(size, AWAKE);
        int stride = size / awake;
        var pgbench = PgBench.find(site).orElseThrow();
        try (var server = ServerProcess.start(command, site.environment(), site.port())) {
            try (var load = new HttpLoad(site.port(), CONNECTIONS)) {
                var requests = requests(site, awake, stride);
                var once = load.run((long) awake, inTurn(requests));
                System.out.printf(Locale.ROOT, "each of %,d read once: %.0f/s, %.0f bytes an answer, %d refused%n", awake,
                        once.rate(), once.bytes(), once.refused());
                System.out.printf(Locale.ROOT, "warm-up: %.0f/s%n", load.run((double) warmUp, atRandom(requests)).rate());
            }
            String script = script(site, awake, stride);
            double rate = 0;
            double ceiling = 0;
            double p50 = 0;
            double p99 = 0;
            double own = 0;
            for (int round = 1; round <= rounds; round++) {
                var requests = requests(site, awake, stride); // tokens live ten minutes
                HttpLoad.Result result;
                try (var load = new HttpLoad(site.port(), CONNECTIONS)) {
                    load.run(1.0, atRandom(requests));
                    long before = server.processorMillis();
                    result = load.run((double) seconds, atRandom(requests));
                    double each = (server.processorMillis() - before) * 1e3 / result.answers();
                    double alone = pgbench.run(script, DATABASE_CLIENTS, seconds);
                    System.out.printf(Locale.ROOT, "round %d: %.0f/s (p50 %.2f ms, p99 %.2f ms, server %.0f us and generator "
                            + "%.1f us of processor a request, %d refused); database alone %.0f/s; ratio %.3f%n", round,
                            result.rate(), result.p50Millis(), result.p99Millis(), each, result.ownMicros(), result.refused(),
                            alone, result.rate() / alone);
                    rate += result.rate() / rounds;
                    ceiling += alone / rounds;
                    p50 += result.p50Millis() / rounds;
                    p99 += result.p99Millis() / rounds;
                    own += result.ownMicros() / rounds;
                }
            }
            var measured = new Measured(size, rate, ceiling, p50, p99, server.residentMebibytes(), own);
            server.stop();
            return measured;
        }
    }

    private static String script(ProductionSite site, int awake, int stride) throws SQLException {
        return """
            \\set n 100000000000 + random(0, %d) * %d
            select alive, person_id, language, body from waymark.read_timeline(('%s' || :n)::uuid, ('%s' || :n)::uuid, null, '\\x%s');
            """.formatted(awake - 1, stride, ReadData.Kind.SESSION.prefix(), ReadData.Kind.CASE.prefix(), words(site));
    }

    /** With which words the server has rendered, so that pgbench asks for the same. */
    private static String words(ProductionSite site) throws SQLException {
        try (var c = site.superuser(); var s = c.createStatement();
                var r = s.executeQuery("select encode(words, 'hex') from waymark.timeline_document limit 1")) {
            r.next();
            return r.getString(1);
        }
    }

    private static List<byte[]> requests(ProductionSite site, int awake, int stride) {
        var tokens = site.tokens();
        var requests = new ArrayList<byte[]>(awake);
        for (int i = 0; i < awake; i++) {
            int n = i * stride;
            String token = tokens.issue(ReadData.Kind.ACCOUNT.id(n), ReadData.Kind.SESSION.id(n), Instant.now());
            requests.add(("GET /v1/me/cases/" + ReadData.Kind.CASE.id(n) + "/timeline HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Accept: application/json\r\nAuthorization: Bearer " + token + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return requests;
    }

    private static Supplier<byte[]> inTurn(List<byte[]> requests) {
        return requests.iterator()::next;
    }

    private static Supplier<byte[]> atRandom(List<byte[]> requests) {
        var random = ThreadLocalRandom.current();
        return () -> requests.get(random.nextInt(requests.size()));
    }

    private String json(List<Measured> measured) {
        var least = measured.getFirst();
        var most = measured.getLast();
        return String.format(Locale.ROOT, "{\"benchmark\":\"read\",\"java\":\"%s\",\"processors\":%d,\"cases\":%d,\"rate\":%.0f,"
                + "\"ceiling\":%.0f,\"ratio\":%.3f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"rate_1m\":%.0f,\"ceiling_1m\":%.0f,\"ratio_1m\":%.3f,"
                + "\"rss_mb\":%d}", Runtime.version(), Runtime.getRuntime().availableProcessors(), least.cases(), least.rate(),
                least.ceiling(), least.ratio(), least.p50(), least.p99(), most.rate(), most.ceiling(), most.ratio(),
                most.resident());
    }
}
