package uk.waymark.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
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
 * rows, notices, planned reminders. Then every trial moves by a week. Then the courts' lists of that week come in, and again as they
 * are published the day after. Nothing is sent meanwhile.
 *
 * <p>Arguments: {@code --cases WITNESSES --seconds 0 --rounds 1 -- JAVA OPTION... MAIN serve}. The last line of output is JSON.
 */
public final class HearingsBench {
    private static final int CONNECTIONS = 4;
    private static final int BATCH = 20;
    private static final int COURTS = 200;
    private static final int WITNESSES = 5;
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

    private String measure(ProductionSite site, ServerProcess server) throws Exception {
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
            String lists = lists(site, server, new WeekOfLists(trials, COURTS, monday.plusWeeks(1)), planned);
            return String.format(Locale.ROOT, "{\"benchmark\":\"hearings\",\"java\":\"%s\",\"processors\":%d,\"witnesses\":%d,\"courts\":%d,"
                + "\"hearings\":%d,\"reminders\":%d,\"listed_s\":%.1f,\"listed_rate\":%.0f,\"moved_s\":%.1f,\"moved_rate\":%.0f,"
                + "\"processor_ms\":%.1f,%s,\"rss_mb\":%d,\"peak_mb\":%d}", Runtime.version(), Runtime.getRuntime().availableProcessors(),
                trials * WITNESSES, COURTS, trials, planned, listed, trials / listed, moved, trials / moved, each, lists,
                server.residentMebibytes(), server.peakMebibytes());
        }
    }

    /** What the lists say again becomes no second hearing, and what only they say becomes one; nobody is called or called off by them. */
    private String lists(ProductionSite site, ServerProcess server, WeekOfLists week, long planned) throws Exception {
        long known = server.peakMebibytes();
        long before = server.processorMillis();
        // after the last move: events count in the order in which they happened
        LocalDateTime published = LocalDateTime.now(LONDON).plusSeconds(1);
        WeekOfLists.Imported first = week.post(site.port(), feed.token("lists", "system"), published);
        double each = (server.processorMillis() - before) / (double) COURTS;
        long peak = server.peakMebibytes();
        long sentences = IntStream.range(0, trials).filter(WeekOfLists::sentenced).count();
        check(site, "select count(*) from waymark.hearing where state <> 'listed'", 0);
        check(site, "select count(*) from waymark.hearing where not list_only and version = 2", trials);
        check(site, "select count(*) from waymark.hearing where list_only and version = 1", sentences);
        check(site, "select count(*) from (select 1 from waymark.hearing_subject group by hearing_id having count(*) = 2) merged", trials);
        check(site, "select count(*) from waymark.hearing_person where required", trials * WITNESSES);
        check(site, "select count(*) from waymark.reminder where state = 'planned'", planned);
        long events = count(site, "select count(*) from waymark.case_event");
        WeekOfLists.Imported again = week.post(site.port(), feed.token("lists", "system"), published.plusMinutes(1));
        check(site, "select count(*) from waymark.case_event", events);
        System.out.printf(Locale.ROOT, "%d lists of %d kB: %d hearings, %d merged, %d new, %d of nobody here, %d not taken, in %.1f s; "
            + "the same again in %.1f s%n", COURTS, first.bytes() / COURTS / 1000, first.count("hearings"), trials, sentences,
            first.count("unknown_urns"), first.count("not_placed"), first.seconds(), again.seconds());
        return String.format(Locale.ROOT, "\"lists_s\":%.1f,\"lists_rate\":%.1f,\"list_kb\":%d,\"list_hearings\":%d,\"merged\":%d,"
            + "\"new\":%d,\"unknown_urns\":%d,\"not_taken\":%d,\"list_processor_ms\":%.1f,\"lists_again_s\":%.1f,\"unchanged\":%d,"
            + "\"peak_before_lists_mb\":%d,\"peak_after_lists_mb\":%d", first.seconds(), COURTS / first.seconds(),
            first.bytes() / COURTS / 1000, first.count("hearings"), trials, sentences, first.count("unknown_urns"),
            first.count("not_placed"), each, again.seconds(), again.count("unchanged"), known, peak);
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
            {"offence": {"code": "1", "plain_words": "Theft"}, "recorded_at": "%s", "flags": [], "urns": ["%s"],
             "officer": {"name": "DC Example", "collar_number": "1234", "team": "Central"},
             "unit": {"code": "wcu", "name": "Witness Care"}, "people": [%s]}""".formatted(Instant.now(), WeekOfLists.urn(n), people));
    }

    private static String listed(int n, LocalDate monday) {
        String required = IntStream.range(0, WITNESSES).mapToObj(i -> "\"p" + (n * WITNESSES + i) + '"').collect(Collectors.joining(","));
        return event("l" + n, n, "hearing_listed", """
            {"hearing_id": "h%d", "kind": "trial", "starts_at": "%s", "court": {"ou_code": "B%02dBC%02d", "name": "%s"},
             "required": [%s]}""".formatted(n, start(n, monday), n % COURTS / 100, n % 100, WeekOfLists.name(n % COURTS), required));
    }

    private static String moved(int n, LocalDate monday) {
        return event("m" + n, n, "hearing_changed", """
            {"hearing_id": "h%d", "starts_at": "%s"}""".formatted(n, start(n, monday)));
    }

    private static Instant start(int n, LocalDate monday) {
        return monday.plusDays(WeekOfLists.day(n, COURTS)).atTime(10, 0).atZone(LONDON).toInstant();
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
