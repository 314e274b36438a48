package uk.waymark.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How fast a file of reminders goes through and in how much memory: cases with ten witnesses who have to be at a court date are
 * brought in by {@code POST /v1/bridge/events}, then one file with a line for each is looked at ({@code dry_run}), taken in, and
 * made into messages, on a server as {@code serve} runs it. Nothing is sent meanwhile: dispatch has a benchmark of its own. At the end
 * the unit's queue has an item for each of 10,000, and is read.
 *
 * <p>Arguments: {@code --cases LINES --seconds S --rounds R -- JAVA OPTION... MAIN serve}; only the first counts. The last line of output
 * is JSON.
 */
public final class RunsBench {
    private static final int WITNESSES = 10;
    /** Cases a request: two events each. */
    private static final int BATCH = 50;
    private static final int CONNECTIONS = 8;
    private static final String RUNS = "/v1/staff/reminder-runs";
    private static final String QUEUE = "/v1/staff/queue?limit=50";
    private static final int MOST_WAITING = 10_000;
    private static final int READS = 51;
    private static final Pattern NEXT = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern QUEUED = Pattern.compile("\"queued\":(\\d+)");

    private final int cases;
    private final List<String> command;
    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalDate day = LocalDate.ofInstant(Instant.now(), java.time.ZoneOffset.UTC).plusDays(14);
    private String base;

    private RunsBench(BenchArguments arguments) {
        this.cases = arguments.number("--cases");
        this.command = arguments.command();
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(measure(arguments));
    }

    /** @return what was measured, as JSON */
    static String measure(String... arguments) throws Exception {
        return new RunsBench(new BenchArguments(arguments)).run();
    }

    private String run() throws Exception {
        return BenchFeed.measure(command, (feed, site, server) -> {
            base = "http://127.0.0.1:" + site.port();
            bringIn(feed.token("rms", "system"));
            String token = feed.token("wcu", "witness_care");
            String supervisor = feed.token("head", "supervisor");
            return measure(server, token, () -> queue(site, token, supervisor));
        });
    }

    /** Over as many connections as a force's system that has much to tell may use: over one alone it took longer than all that follows. */
    private void bringIn(String token) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var next = new AtomicInteger();
        try (var connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<Void>> all = connections.invokeAll(Collections.nCopies(CONNECTIONS, () -> {
                int last = (cases + WITNESSES - 1) / WITNESSES;
                for (int from = next.getAndAdd(BATCH); from < last; from = next.getAndAdd(BATCH)) {
                    String events = IntStream.range(from, Math.min(last, from + BATCH)).mapToObj(this::events)
                        .collect(Collectors.joining(",", "{\"source\": \"rms\", \"events\": [", "]}"));
                    send("/v1/bridge/events", token, "application/json", events);
                }
                return null;
            }));
            for (Future<Void> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("not everything could be brought in", e.getCause());
        }
        System.out.printf(Locale.ROOT, "%,d witnesses brought in, in %.0f s%n", cases, seconds(start));
    }

    /** One case and its trial, to which all its witnesses have to come. */
    private String events(int n) {
        int[] people = IntStream.range(n * WITNESSES, Math.min(cases, (n + 1) * WITNESSES)).toArray();
        return """
            {"source_event_id": "c%1$d", "occurred_at": "%2$s", "crime_reference": "BR/%1$d", "type": "crime_recorded", "data":
             {"offence": {"code": "1", "plain_words": "Theft"}, "recorded_at": "%2$s", "flags": [], "urns": [],
              "officer": {"name": "DC Example", "collar_number": "1234", "team": "Central"},
              "unit": {"code": "wcu", "name": "Witness Care"}, "people": [%4$s]}},
            {"source_event_id": "h%1$d", "occurred_at": "%2$s", "crime_reference": "BR/%1$d", "type": "hearing_listed", "data":
             {"hearing_id": "h%1$d", "kind": "trial", "starts_at": "%3$sT10:00:00Z", "required": [%5$s],
              "court": {"ou_code": "C44SA00", "name": "Leeds Crown Court"}}}"""
            .formatted(n, Instant.now(), day, Arrays.stream(people).mapToObj(RunsBench::witness).collect(Collectors.joining(",")),
                Arrays.stream(people).mapToObj(p -> "\"p" + p + '"').collect(Collectors.joining(",")));
    }

    private static String witness(int p) {
        return """
            {"source_person_id": "p%d", "role": "witness", "given_name": "Alys", "family_name": "Penrose", "mobile": "%s",
             "mobile_safe": "safe", "language": "en", "entitlement": "standard"}""".formatted(p, mobile(p));
    }

    private static String mobile(int p) {
        return String.format(Locale.ROOT, "+4479%08d", 11_000_000 + p);
    }

    /** The work queue of a unit, first and last page and its counts: milliseconds as JSON. */
    private interface Queue {
        String measured() throws IOException, InterruptedException, SQLException;
    }

    private String measure(ServerProcess server, String token, Queue queue) throws IOException, InterruptedException, SQLException {
        String file = IntStream.range(0, cases).mapToObj(p -> "BR/" + p / WITNESSES + ',' + mobile(p) + ',' + day + ",,,\r\n")
            .collect(Collectors.joining("", "crime_reference,mobile,hearing_date,hearing_time,court,language\r\n", ""));
        long before = server.residentMebibytes();
        long start = System.nanoTime();
        String preview = send(RUNS + "?dry_run=true", token, "text/csv", file);
        double dry = seconds(start);
        if (!preview.contains("\"would_send\":" + cases)) {
            throw new IllegalStateException("not every line would be sent: " + preview.substring(0, Math.min(200, preview.length())));
        }
        start = System.nanoTime();
        String run = first(ID, send(RUNS, token, "text/csv", file));
        double taken = seconds(start);
        String state = "";
        while (!state.contains("\"state\":\"finished\"")) {
            Thread.sleep(200);
            state = get(RUNS + '/' + run, token);
        }
        double all = seconds(start);
        return String.format(Locale.ROOT, "{\"benchmark\":\"runs\",\"java\":\"%s\",\"processors\":%d,\"lines\":%d,\"dry_run_seconds\":%.1f,"
                + "\"answered_seconds\":%.1f,\"finished_seconds\":%.1f,\"lines_per_second\":%.0f,\"queued\":%s,\"rss_before_mb\":%d,\"rss_mb\":%d,"
                + "\"peak_mb\":%d,%s}", Runtime.version(), Runtime.getRuntime().availableProcessors(), cases, dry, taken, all, cases / all,
            first(QUEUED, state), before, server.residentMebibytes(), server.peakMebibytes(), queue.measured());
    }

    /** Something to do about each witness, the next days through, as many as a large unit has waiting. */
    private String queue(ProductionSite site, String token, String supervisor) throws IOException, InterruptedException, SQLException {
        int items = Math.min(cases, MOST_WAITING);
        try (var c = site.superuser(); var s = c.createStatement()) {
            s.execute("""
                insert into waymark.work_item (id, force_id, kind, dedupe_key, case_id, person_id, reason, due_at, created_at)
                select gen_random_uuid(), force_id, 'reply', 'bench:' || person_id, case_id, person_id, 'reply_call',
                       now() + row_number() over (order by person_id) * interval '30 seconds', now()
                  from waymark.participant limit """ + items);
            s.execute("analyze"); // as autovacuum does within a minute
        }
        String last = QUEUE;
        String page = get(last, token);
        int seen = count(page);
        for (var next = NEXT.matcher(page); next.find(); next = NEXT.matcher(page)) {
            last = QUEUE + "&cursor=" + next.group(1);
            page = get(last, token);
            seen += count(page);
        }
        if (seen < items) {
            throw new IllegalStateException(seen + " of " + items + " items in the queue");
        }
        return String.format(Locale.ROOT, "\"queue\":%d,\"queue_first_ms\":%.0f,\"queue_last_ms\":%.0f,\"queue_summary_ms\":%.0f", seen,
            median(QUEUE, token), median(last, token), median("/v1/staff/queue/summary", supervisor));
    }

    private static int count(String page) {
        return page.split("\"kind\"", -1).length - 1;
    }

    /** Milliseconds. */
    private double median(String path, String token) throws IOException, InterruptedException {
        double[] all = new double[READS];
        for (int i = 0; i < READS; i++) {
            long start = System.nanoTime();
            get(path, token);
            all[i] = seconds(start) * 1e3;
        }
        Arrays.sort(all);
        return all[READS / 2];
    }

    private static String first(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return found.group(1);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private String send(String path, String token, String type, String body) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", type).header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)).build());
    }

    private String get(String path, String token) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token).build());
    }

    private String answer(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(request.uri().getPath() + " answered " + answer.statusCode());
        }
        return answer.body();
    }
}
