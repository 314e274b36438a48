package uk.waymark.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A witness care unit's week: trials of {@code --cases} witnesses at 200 courts, five witnesses a trial, brought in through
 * {@code POST /v1/bridge/events} as one feed does it, with all that follows from each in its transaction: timelines, the hearing's
 * rows, notices, planned reminders. Then every trial moves by a week. Nothing is sent meanwhile.
 *
 * <p>Arguments: {@code --cases WITNESSES --seconds 0 --rounds 1 -- JAVA OPTION... MAIN serve}. The last line of output is JSON.
 */
public final class HearingsBench {
    private static final int CONNECTIONS = 4;
    private static final int BATCH = 20;
    private static final int COURTS = 200;
    private static final int WITNESSES = 5;
    private static final int DAYS = 5;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final int trials;
    private final List<String> command;
    private BenchFeed feed;

    private HearingsBench(BenchArguments arguments) {
        this.trials = Math.max(BATCH, arguments.number("--cases") / WITNESSES);
        this.command = arguments.command();
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(measure(arguments));
    }

    /** @return what was measured, as JSON */
    static String measure(String... arguments) throws Exception {
        return new HearingsBench(new BenchArguments(arguments)).run();
    }

    private String run() throws Exception {
        return BenchFeed.measure(command, (started, site, server) -> {
            feed = started;
            return measure(site, server);
        });
    }

    private String measure(ProductionSite site, ServerProcess server) throws IOException, SQLException {
        LocalDate monday = LocalDate.now(LONDON).plusDays(30).with(java.time.DayOfWeek.MONDAY);
        try (var load = new HttpLoad(site.port(), CONNECTIONS)) {
            load.run(batches(), events(this::recorded));
            long before = server.processorMillis();
            double listed = seconds(load, "listed", n -> listed(n, monday));
            double each = (server.processorMillis() - before) / (double) trials;
            check(site, "select count(*) from waymark.hearing where state = 'listed'", trials);
            check(site, "select count(*) from waymark.hearing_person where required", trials * WITNESSES);
            long planned = count(site, "select count(*) from waymark.reminder where state = 'planned'");
            double moved = seconds(load, "moved", n -> moved(n, monday.plusWeeks(1)));
            check(site, "select count(*) from waymark.hearing where version = 2", trials);
            check(site, "select count(*) from waymark.reminder where state = 'planned'", planned);
            check(site, "select count(*) from waymark.reminder where state = 'skipped'", planned);
            return String.format(Locale.ROOT, "{\"benchmark\":\"hearings\",\"java\":\"%s\",\"processors\":%d,\"witnesses\":%d,\"courts\":%d,"
                + "\"hearings\":%d,\"reminders\":%d,\"listed_s\":%.1f,\"listed_rate\":%.0f,\"moved_s\":%.1f,\"moved_rate\":%.0f,"
                + "\"processor_ms\":%.1f,\"rss_mb\":%d,\"peak_mb\":%d}", Runtime.version(), Runtime.getRuntime().availableProcessors(),
                trials * WITNESSES, COURTS, trials, planned, listed, trials / listed, moved, trials / moved, each,
                server.residentMebibytes(), server.peakMebibytes());
        }
    }

    private double seconds(HttpLoad load, String what, IntFunction<String> event) throws IOException {
        var result = load.run(batches(), events(event));
        double seconds = result.answers() / result.rate();
        System.out.printf(Locale.ROOT, "%s: %d hearings in %.1f s, a batch of %d in p50 %.0f ms%n", what, trials, seconds, BATCH,
            result.p50Millis());
        return seconds;
    }

    private long batches() {
        return (trials + BATCH - 1) / BATCH;
    }

    private Supplier<byte[]> events(IntFunction<String> event) {
        var next = new AtomicInteger();
        return () -> {
            int from = next.getAndAdd(BATCH);
            return feed.batch(IntStream.range(from, Math.min(trials, from + BATCH)).mapToObj(event).toList());
        };
    }

    private String recorded(int n) {
        String people = IntStream.range(0, WITNESSES).mapToObj(i -> """
            {"source_person_id": "p%d", "role": "witness", "given_name": "Alys", "family_name": "Penrose", "mobile": "+4479%08d",
             "mobile_safe": "safe", "language": "%s", "entitlement": "standard"}"""
            .formatted(n * WITNESSES + i, 11_000_000 + n * WITNESSES + i, i % 5 == 0 ? "cy" : "en"))
            .collect(Collectors.joining(","));
        return event("c" + n, n, "crime_recorded", """
            {"offence": {"code": "1", "plain_words": "Theft"}, "recorded_at": "%s", "flags": [], "urns": [],
             "officer": {"name": "DC Example", "collar_number": "1234", "team": "Central"},
             "unit": {"code": "wcu", "name": "Witness Care"}, "people": [%s]}""".formatted(Instant.now(), people));
    }

    private static String listed(int n, LocalDate monday) {
        String required = IntStream.range(0, WITNESSES).mapToObj(i -> "\"p" + (n * WITNESSES + i) + '"').collect(Collectors.joining(","));
        return event("l" + n, n, "hearing_listed", """
            {"hearing_id": "h%d", "kind": "trial", "starts_at": "%s", "court": {"ou_code": "B%02dBC%02d", "name": "Court %d"},
             "required": [%s]}""".formatted(n, start(n, monday), n % COURTS / 100, n % 100, n % COURTS, required));
    }

    private static String moved(int n, LocalDate monday) {
        return event("m" + n, n, "hearing_changed", """
            {"hearing_id": "h%d", "starts_at": "%s"}""".formatted(n, start(n, monday)));
    }

    private static Instant start(int n, LocalDate monday) {
        return monday.plusDays(n / COURTS % DAYS).atTime(10, 0).atZone(LONDON).toInstant();
    }

    private static String event(String id, int caseNumber, String type, String data) {
        return """
            {"source_event_id": "%s", "occurred_at": "%s", "crime_reference": "BH/%d/26", "type": "%s", "data": %s}"""
            .formatted(id, Instant.now(), caseNumber, type, data);
    }

    private static void check(ProductionSite site, String sql, long wanted) throws SQLException {
        long found = count(site, sql);
        if (found != wanted) {
            throw new IllegalStateException(sql + ": " + found + " instead of " + wanted);
        }
    }

    private static long count(ProductionSite site, String sql) throws SQLException {
        try (var c = site.superuser(); var s = c.createStatement(); var r = s.executeQuery(sql)) {
            r.next();
            return r.getLong(1);
        }
    }
}
