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
import java.util.function.ToDoubleFunction;

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
    /** Of a quiet machine: a warm-up that came to fewer is repeated, up to so many times. */
    private static final long ENOUGH_PER_SECOND = 2_000;
    private static final int LONGEST_WARM_UP = 4;
    /** Of all cases, those that are read while it is measured: their people are awake. */
    private static final int AWAKE = 40_000;

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
        System.out.println(measure(arguments));
    }

    /** @return what was measured, as JSON */
    static String measure(String... arguments) throws Exception {
        return new ReadBench(new BenchArguments(arguments)).run();
    }

    /**
     * Of one size of data.
     *
     * @param first readings a second where each renders the page from its rows and keeps it
     * @param rows  readings a second from the rows, with nothing kept
     */
    private record Measured(int cases, double rate, double ceiling, double p50, double p99, long resident, double first,
                            double rows) {
        double ratio() {
            return rate / ceiling;
        }

        /** What it takes to keep a page: time of the whole machine, which is busy with nothing else. */
        double writeMillis() {
            return 1e3 / first - 1e3 / rows;
        }
    }

    private String run() throws Exception {
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
            return json(measured);
        }
    }

    private Measured measure(ProductionSite site, int size) throws IOException, InterruptedException, SQLException {
        int awake = Math.min(size, AWAKE);
        int stride = size / awake;
        try (var server = ServerProcess.start(command, site.environment(), site.port())) {
            double first;
            double rows;
            try (var load = new HttpLoad(site.port(), CONNECTIONS)) {
                load.run((double) warmUp, atRandom(requests(site, awake, stride, "?limit=100")));
                rows = load.run((double) seconds, atRandom(requests(site, awake, stride, "?limit=100"))).rate();
                var requests = requests(site, awake, stride, "");
                var once = load.run((long) awake, inTurn(requests));
                first = once.rate();
                System.out.printf(Locale.ROOT, "from the rows %.0f/s; each of %,d rendered and kept %.0f/s, %.0f bytes an answer%n", rows,
                        awake, first, once.bytes());
                vacuum(site);
                warmUp(load, requests);
            }
            var all = new ArrayList<Round>();
            String script = script(site, awake, stride);
            for (int i = 1; i <= rounds; i++) {
                all.add(round(site, server, script, awake, stride));
                System.out.println("round " + i + ": " + all.getLast().words());
            }
            var measured = new Measured(size, mean(all, r -> r.result().rate()), mean(all, Round::alone),
                    mean(all, r -> r.result().p50Millis()), mean(all, r -> r.result().p99Millis()), server.residentMebibytes(),
                    first, rows);
            server.stop();
            return measured;
        }
    }

    /** Longer where the machine is busy: what counts is how often the server's code has run. */
    private void warmUp(HttpLoad load, List<byte[]> requests) throws IOException {
        long answers = 0;
        for (int i = 1; i <= LONGEST_WARM_UP && (i == 1 || answers < ENOUGH_PER_SECOND * warmUp); i++) {
            var result = load.run((double) warmUp, atRandom(requests));
            answers += result.answers();
            System.out.printf(Locale.ROOT, "warm-up: %.0f/s%n", result.rate());
        }
    }

    /** The server for so many seconds, then the database alone. @param serverMicros of processor time a request */
    private record Round(HttpLoad.Result result, double alone, double serverMicros) {
        String words() {
            return String.format(Locale.ROOT, "%.0f/s (p50 %.2f ms, p99 %.2f ms, server %.0f us and generator %.1f us of processor a "
                    + "request); database alone %.0f/s; ratio %.3f", result.rate(), result.p50Millis(),
                    result.p99Millis(), serverMicros, result.ownMicros(), alone, result.rate() / alone);
        }
    }

    private Round round(ProductionSite site, ServerProcess server, String script, int awake, int stride)
            throws IOException, InterruptedException, SQLException {
        var requests = requests(site, awake, stride, ""); // tokens live ten minutes
        try (var load = new HttpLoad(site.port(), CONNECTIONS)) {
            load.run(1.0, atRandom(requests));
            long before = server.processorMillis();
            var result = load.run((double) seconds, atRandom(requests));
            double each = (server.processorMillis() - before) * 1e3 / result.answers();
            return new Round(result, DatabaseAlone.of(site).run(script, DATABASE_CLIENTS, seconds), each);
        }
    }

    private static double mean(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).average().orElse(0);
    }

    private static void vacuum(ProductionSite site) throws SQLException {
        try (var c = site.superuser(); var s = c.createStatement()) {
            s.execute("vacuum (analyze) waymark.timeline_document");
            s.execute("checkpoint");
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

    private static List<byte[]> requests(ProductionSite site, int awake, int stride, String query) {
        var tokens = site.tokens();
        var requests = new ArrayList<byte[]>(awake);
        for (int i = 0; i < awake; i++) {
            int n = i * stride;
            String token = tokens.issue(ReadData.Kind.ACCOUNT.id(n), ReadData.Kind.SESSION.id(n), Instant.now());
            requests.add(("GET /v1/me/cases/" + ReadData.Kind.CASE.id(n) + "/timeline" + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
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

    private static String json(List<Measured> measured) {
        var least = measured.getFirst();
        var most = measured.getLast();
        return String.format(Locale.ROOT, "{\"benchmark\":\"read\",\"java\":\"%s\",\"processors\":%d,\"cases\":%d,\"rate\":%.0f,"
                + "\"ceiling\":%.0f,\"ratio\":%.3f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"rate_rows\":%.0f,\"rate_first\":%.0f,"
                + "\"write_ms\":%.2f,\"cases_most\":%d,\"rate_1m\":%.0f,\"ceiling_1m\":%.0f,\"ratio_1m\":%.3f,\"rate_rows_1m\":%.0f,"
                + "\"rss_mb\":%d}", Runtime.version(), Runtime.getRuntime().availableProcessors(), least.cases(), least.rate(),
                least.ceiling(), least.ratio(), least.p50(), least.p99(), least.rows(), least.first(), least.writeMillis(),
                most.cases(), most.rate(), most.ceiling(), most.ratio(), most.rows(), most.resident());
    }
}
