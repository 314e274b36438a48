package uk.waymark.notifications.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The parts of the benchmark: each on an empty database that has just been filled, with processes of its own. */
final class Legs {

    /** As a small server has; both sides the same. */
    private static final int HEAP_MEBIBYTES = 512;
    /** Good at any delay, if best at none. */
    static final Theirs USUAL = new Theirs(50, 20, 1, 4);
    /** Threads and connections; upper limits of what is fetched at once, as db-scheduler's documentation has them. */
    private static final List<Theirs> TRIED = List.of(new Theirs(20, 20, 1, 4), USUAL,
        new Theirs(50, 50, 0.5, 1), new Theirs(100, 50, 1, 4), new Theirs(200, 50, 0.5, 1), new Theirs(300, 50, 1, 4));

    private final BenchDatabase database;
    private final Queue queue;
    private double peakMebibytes;

    Legs(BenchDatabase database) {
        this.database = database;
        this.queue = new Queue(database);
    }

    /** Settings of db-scheduler. */
    record Theirs(int threads, int connections, double lower, double upper) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d threads, %d connections, pollUsingLockAndFetch(%.1f, %.1f)", threads,
                connections, lower, upper);
        }
    }

    /** @param seconds from the start of the dispatcher to the last record */
    record Ours(double rate, double seconds, double peakMebibytes) {
    }

    /** The most memory that the dispatcher has had in any leg. */
    double peakMebibytes() {
        return peakMebibytes;
    }

    /** How many messages a second the stand-in takes from a client that does nothing else. */
    double provider() throws IOException, InterruptedException {
        try (Child provider = new Child(StandInProvider.class, 256, List.of(0))) {
            return ProviderAlone.rate((int) provider.figure("port"));
        }
    }

    Ours ours(int delay, int messages) throws SQLException {
        queue.fill(messages, false);
        try (Child provider = new Child(StandInProvider.class, 256, List.of(delay));
             Child run = new Child(OurRun.class, HEAP_MEBIBYTES, List.of(database.url(), url(provider), messages))) {
            Ours ours = new Ours(run.figure("rate"), run.figure("seconds"), run.figure("peak"));
            all(messages);
            peakMebibytes = Math.max(peakMebibytes, ours.peakMebibytes);
            print("Waymark, %d ms: %,.0f a second over %,d messages, %.0f MB resident at most%n", delay, ours.rate, messages,
                ours.peakMebibytes);
            return ours;
        }
    }

    double theirs(int delay, int messages, Theirs settings) throws SQLException {
        queue.fill(messages, true);
        List<Object> arguments = new ArrayList<>(List.of(messages, settings.threads, settings.connections, settings.lower,
            settings.upper));
        try (Child provider = new Child(StandInProvider.class, 256, List.of(delay))) {
            arguments.addAll(0, List.of(database.url(), url(provider)));
            try (Child run = new Child(TheirRun.class, HEAP_MEBIBYTES, arguments)) {
                double rate = run.figure("rate");
                all(messages);
                print("db-scheduler, %d ms: %,.0f a second over %,d messages, %s%n", delay, rate, messages, settings);
                return rate;
            }
        }
    }

    /** What db-scheduler is fastest with at this delay. */
    Theirs best(int delay, int messages) throws SQLException {
        Map<Double, Theirs> rates = new TreeMap<>();
        for (Theirs settings : TRIED) {
            rates.put(theirs(delay, messages, settings), settings);
        }
        return List.copyOf(rates.values()).getLast();
    }

    /** @param withinShare of the messages that were handed off within 10 seconds; @param p50 and so on in milliseconds */
    record Steady(double withinShare, double p50, double p95, double p99) {
    }

    /** From being enqueued to being recorded as accepted; the first messages warm up and are left out. */
    Steady steady(int delay, int warmUp, int messages) throws SQLException {
        database.clear();
        try (Child provider = new Child(StandInProvider.class, 256, List.of(delay));
             Child run = new Child(SteadyRun.class, HEAP_MEBIBYTES,
                 List.of(database.url(), url(provider), warmUp + messages, 100))) {
            peakMebibytes = Math.max(peakMebibytes, run.figure("peak"));
            all(warmUp + messages);
        }
        List<String> row = database.texts("""
            with took as (
                select extract(epoch from a.answered_at - m.created_at) * 1000 as took
                from notifications.message m join notifications.attempt a on a.id = m.attempt_id
                order by m.created_at offset %d)
            select avg((took <= 10000)::int), percentile_cont(0.5) within group (order by took),
                percentile_cont(0.95) within group (order by took), percentile_cont(0.99) within group (order by took)
            from took""".formatted(warmUp));
        List<Double> figures = row.stream().map(Double::valueOf).toList();
        return new Steady(figures.get(0), figures.get(1), figures.get(2), figures.get(3));
    }

    /** Each once: what a benchmark of throughput would not notice otherwise. */
    private void all(int messages) throws SQLException {
        List<String> counts = database.texts("""
            select count(*) filter (where state = 'accepted'), (select count(*) from notifications.attempt),
                   (select count(*) from notifications.provider_message) from notifications.message""");
        if (!counts.equals(List.of("" + messages, "" + messages, "" + messages))) {
            throw new IllegalStateException("of " + messages + " messages, accepted, attempted, known: " + counts);
        }
    }

    private static String url(Child provider) {
        return "http://127.0.0.1:" + (int) provider.figure("port");
    }

    private static void print(String text, Object... values) {
        System.out.printf(Locale.ROOT, text, values);
    }
}
