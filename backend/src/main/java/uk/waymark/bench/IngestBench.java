package uk.waymark.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How many events a second a force's feed can bring in: {@code POST /v1/bridge/events} in batches, through token, checks,
 * fold, timeline and outbox, one transaction an event, on a server as {@code serve} runs it; beside what the database alone
 * can do with the same statements ({@code ceiling}). The two take turns; PostgreSQL writes to disk at every commit. Nothing
 * is sent meanwhile: what sending costs is another question.
 *
 * <p>Arguments: {@code --cases N --seconds S --rounds R -- JAVA OPTION... MAIN serve}. The last line of output is JSON.
 */
public final class IngestBench {
    private static final int CONNECTIONS = 8;
    private static final int BATCH = 20;
    /** Events that each case has before it is measured, the one that recorded it among them. */
    private static final int HISTORY = 10;
    private static final List<String> KINDS = List.of("suspect_arrested", "suspect_interviewed", "suspect_bailed", "suspect_charged");

    private final int cases;
    private final int seconds;
    private final int rounds;
    private final List<String> command;
    private BenchFeed feed;

    private IngestBench(BenchArguments arguments) {
        this.cases = arguments.number("--cases");
        this.seconds = arguments.number("--seconds");
        this.rounds = arguments.number("--rounds");
        this.command = arguments.command();
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(measure(arguments));
    }

    /** @return what was measured, as JSON */
    static String measure(String... arguments) throws Exception {
        return new IngestBench(new BenchArguments(arguments)).run();
    }

    private String run() throws Exception {
        return BenchFeed.measure(command, (started, site, server) -> {
            feed = started;
            return measure(site, server);
        });
    }

    private String measure(ProductionSite site, ServerProcess server) throws IOException, InterruptedException, SQLException {
        var database = DatabaseAlone.of(site);
        double rate = 0;
        double ceiling = 0;
        double p50 = 0;
        try (var load = new HttpLoad(site.port(), CONNECTIONS)) {
            report(site, "cases recorded", load.run(2L * cases / BATCH, recorded()));
            report(site, "history, which warms up", load.run(2L * cases * (HISTORY - 1) / BATCH,
                events("h", new AtomicInteger(), 2 * cases)));
            maintain(site);
            // the database alone has cases of its own: what it writes there is no event that the server could open
            String script = IngestScript.of(cases);
            var events = events("e", new AtomicInteger(HISTORY * cases), cases);
            for (int round = 1; round <= rounds; round++) {
                long before = accepted(site);
                long processor = server.processorMillis();
                var result = load.run((double) seconds, events);
                double taken = accepted(site) - before;
                double each = (server.processorMillis() - processor) * 1e3 / taken;
                double one = taken / (result.answers() / result.rate());
                double alone = database.run(script, CONNECTIONS, seconds);
                System.out.printf(Locale.ROOT, "round %d: %.0f events/s (a batch of %d in p50 %.0f ms, p99 %.0f ms, server %.0f us of "
                        + "processor an event); database alone %.0f/s; ratio %.3f%n", round, one, BATCH, result.p50Millis(),
                        result.p99Millis(), each, alone, one / alone);
                rate += one / rounds;
                ceiling += alone / rounds;
                p50 += result.p50Millis() / rounds;
            }
        }
        return String.format(Locale.ROOT, "{\"benchmark\":\"ingest\",\"java\":\"%s\",\"processors\":%d,\"cases\":%d,\"history\":%d,"
                + "\"batch\":%d,\"ceiling_by\":\"%s\",\"rate\":%.0f,\"ceiling\":%.0f,\"ratio\":%.3f,\"batch_p50_ms\":%.1f,\"rss_mb\":%d}", Runtime.version(),
                Runtime.getRuntime().availableProcessors(), cases, HISTORY, BATCH, database.name(), rate, ceiling, rate / ceiling, p50,
                server.residentMebibytes());
    }

    private static void report(ProductionSite site, String what, HttpLoad.Result result) throws SQLException {
        System.out.printf(Locale.ROOT, "%s: %.0f events/s, %d events in all%n", what, result.rate() * BATCH,
                accepted(site));
    }

    private static long accepted(ProductionSite site) throws SQLException {
        try (var c = site.superuser(); var s = c.createStatement();
                var r = s.executeQuery("select count(*) from waymark.case_event")) {
            r.next();
            return r.getLong(1);
        }
    }

    private static void maintain(ProductionSite site) throws SQLException {
        try (var c = site.superuser(); var s = c.createStatement()) {
            s.execute("vacuum (analyze)");
            s.execute("checkpoint");
        }
    }

    private Supplier<byte[]> recorded() {
        var number = new AtomicInteger();
        return () -> feed.batch(IntStream.range(0, BATCH).mapToObj(i -> number.getAndIncrement()).map(n -> event("c" + n, n,
            "crime_recorded", """
            {"offence": {"code": "1", "plain_words": "Theft"}, "recorded_at": "%s", "flags": [], "urns": [],
             "officer": {"name": "DC Example", "collar_number": "1234", "team": "Central"},
             "unit": {"code": "wcu", "name": "Witness Care"},
             "people": [{"source_person_id": "p%d", "role": "victim", "given_name": "Alys", "family_name": "Penrose",
               "mobile": "+4479%08d", "mobile_safe": "safe", "language": "en", "entitlement": "standard"}]}"""
                .formatted(Instant.now(), n, 11_000_000 + n))).toList());
    }

    /** Case after case, so that their histories stay alike; a suspect each, so that none overtakes another. */
    private Supplier<byte[]> events(String prefix, AtomicInteger next, int over) {
        return () -> feed.batch(IntStream.range(0, BATCH).mapToObj(i -> next.getAndIncrement()).map(n -> event(prefix + n, n % over,
            KINDS.get(n / over % KINDS.size()), """
            {"suspect_ref": "s%d", "detail": {"en": "We will write to you again. The officer has your number.",
             "cy": "Byddwn yn ysgrifennu atoch eto."}}""".formatted(n / over))).toList());
    }

    private static String event(String id, int caseNumber, String type, String data) {
        return """
            {"source_event_id": "%s", "occurred_at": "%s", "crime_reference": "BP/%d/26", "type": "%s", "data": %s}"""
            .formatted(id, Instant.now(), caseNumber, type, data);
    }
}
