package uk.waymark.notifications.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How fast the dispatcher works a queue off, beside db-scheduler doing the same, or how its time and memory grow with the
 * queue. What it measures, and how fair it is: {@code docs/performance.md}. The last line is JSON.
 */
public final class DispatchBench {

    private static final List<Integer> DELAYS = List.of(0, 20, 200);
    private static final List<Integer> GROWTH = List.of(10_000, 30_000, 100_000, 300_000, 1_000_000);
    /** The delay at which a steady load is measured: what a provider far away takes. */
    private static final int STEADY_DELAY = 200;

    private final Options options;
    private final Legs legs;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    private DispatchBench(Options options, Legs legs) {
        this.options = options;
        this.legs = legs;
    }

    public static void main(String... arguments) throws IOException, SQLException, InterruptedException {
        Options options;
        try {
            options = Options.read(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("waymark: " + e.getMessage());
            System.exit(2);
            return;
        }
        System.out.println(measure(options).entrySet().stream().map(e -> "\"" + e.getKey() + "\": " + json(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}")));
    }

    /** The figures by their keys: numbers, and lists of words. */
    static Map<String, Object> measure(Options options) throws IOException, SQLException, InterruptedException {
        try (BenchDatabase database = new BenchDatabase()) {
            DispatchBench bench = new DispatchBench(options, new Legs(database));
            if (options.growth) {
                bench.growth();
            } else {
                bench.sideBySide();
            }
            return bench.figures;
        }
    }

    /** @param messages to dispatch, or the longest queue where it grows @param plot where to draw it, or null */
    record Options(int messages, boolean growth, boolean quick, int rounds, Path plot) {
        static Options read(String... arguments) {
            int messages = 0;
            int rounds = 1;
            boolean growth = false;
            boolean quick = false;
            Path plot = null;
            for (int i = 0; i < arguments.length; i++) {
                String value = i + 1 < arguments.length ? arguments[i + 1] : "";
                switch (arguments[i]) {
                    case "--growth" -> growth = true;
                    case "--quick" -> quick = true;
                    case "--messages" -> messages = number(arguments[i++], value);
                    case "--rounds" -> rounds = number(arguments[i++], value);
                    case "--plot" -> {
                        plot = Path.of(value);
                        i++;
                    }
                    default -> throw new IllegalArgumentException("bench dispatch does not know '" + arguments[i] + "'");
                }
            }
            messages = messages > 0 ? messages : growth ? GROWTH.getLast() : 100_000;
            return new Options(quick ? Math.min(messages, 2_000) : messages, growth, quick, rounds, plot);
        }

        private static int number(String name, String value) {
            if (!value.matches("[1-9][0-9]{0,8}")) {
                throw new IllegalArgumentException(name + " takes a number");
            }
            return Integer.parseInt(value);
        }
    }

    private void sideBySide() throws IOException, SQLException, InterruptedException {
        double provider = legs.provider();
        System.out.printf(Locale.ROOT, "the stand-in alone: %,.0f a second%n", provider);
        Map<Integer, Double> ours = new LinkedHashMap<>();
        Map<Integer, Double> theirs = new LinkedHashMap<>();
        List<String> settings = new ArrayList<>();
        for (int delay : DELAYS) {
            // fewer of them: a rate is a rate, and theirs take as long
            int fewer = options.quick ? options.messages : Math.max(2_000, options.messages / 5);
            Legs.Theirs best = options.quick ? Legs.USUAL : legs.best(delay, 5_000);
            settings.add(best.toString());
            double our = 0;
            double their = 0;
            for (int round = 0; round < options.rounds; round++) {
                their += legs.theirs(delay, fewer, best) / options.rounds;
                our += legs.ours(delay, options.messages).rate() / options.rounds;
            }
            ours.put(delay, our);
            theirs.put(delay, their);
        }
        Legs.Steady steady = options.quick ? legs.steady(STEADY_DELAY, 100, 300) : legs.steady(STEADY_DELAY, 1_000, 6_000);
        figures.put("messages", options.messages);
        ours.forEach((delay, rate) -> figures.put("rate_" + delay + "ms", Math.round(rate)));
        ours.forEach((delay, rate) -> figures.put("ratio_" + delay + "ms", rounded(rate / theirs.get(delay), 2)));
        figures.put("handed_off_within_10s", rounded(steady.withinShare(), 5));
        figures.put("p50_ms", rounded(steady.p50(), 1));
        figures.put("p95_ms", rounded(steady.p95(), 1));
        figures.put("p99_ms", rounded(steady.p99(), 1));
        figures.put("peak_rss_mb", Math.round(legs.peakMebibytes()));
        theirs.forEach((delay, rate) -> figures.put("db_scheduler_" + delay + "ms", Math.round(rate)));
        figures.put("provider_alone", Math.round(provider));
        figures.put("db_scheduler_settings", settings);
        draw(Plot.bars("Messages dispatched, by how long the provider takes", DELAYS.stream().map(d -> d + " ms").toList(),
            List.copyOf(ours.values()), List.copyOf(theirs.values())));
    }

    private void growth() throws IOException, SQLException {
        List<Legs.Ours> results = new ArrayList<>();
        List<Integer> sizes = options.quick ? List.of(1_000, 2_000)
            : Stream.concat(GROWTH.stream().filter(n -> n < options.messages), Stream.of(options.messages)).toList();
        for (int messages : sizes) {
            results.add(legs.ours(0, messages));
        }
        for (int i = 0; i < sizes.size(); i++) {
            figures.put("seconds_" + sizes.get(i), rounded(results.get(i).seconds(), 1));
        }
        for (int i = 0; i < sizes.size(); i++) {
            figures.put("peak_rss_mb_" + sizes.get(i), Math.round(results.get(i).peakMebibytes()));
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            words.add(String.format(Locale.ROOT, "%,d: %.0f s, %.0f MB", sizes.get(i), results.get(i).seconds(),
                results.get(i).peakMebibytes()));
        }
        draw(Plot.line("Seconds to dispatch a queue, by its length", sizes.stream().map(Integer::doubleValue).toList(),
            results.stream().map(Legs.Ours::seconds).toList(), words));
    }

    private void draw(String svg) throws IOException {
        if (options.plot != null) {
            Files.writeString(options.plot, svg);
        }
    }

    private static String json(Object value) {
        return value instanceof List<?> list
            ? list.stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(", ", "[", "]")) : value.toString();
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
