package uk.waymark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long {@code ./waymark serve} takes from the start of its process to the first 200 of {@code /health/readiness},
 * and how much memory it has taken by then, without and with the JDK's ahead-of-time cache. The database is an embedded
 * PostgreSQL that writes to disk, migrated before the first measured run. The two kinds take turns, so that a busy
 * machine hurts both alike.
 *
 * <p>Arguments: {@code --runs N --aot-cache FILE -- JAVA OPTION... MAIN serve}, the command that starts the server.
 * The trained cache stays in FILE, where {@code ./waymark serve} takes it up. The last line of output is JSON.
 */
public final class StartUpBench {
    private static final int FIRST_JDK_WITH_ONE_STEP_CACHES = 25;

    private final int runs;
    private final Path cache;
    private final List<String> command;

    private StartUpBench(int runs, Path cache, List<String> command) {
        this.runs = runs;
        this.cache = cache;
        this.command = command;
    }

    public static void main(String[] arguments) throws Exception {
        var all = Arrays.asList(arguments);
        int dashes = all.indexOf("--");
        int runs = Integer.parseInt(all.get(all.indexOf("--runs") + 1));
        var cache = Path.of(all.get(all.indexOf("--aot-cache") + 1));
        new StartUpBench(runs, cache, all.subList(dashes + 1, all.size())).run();
    }

    private void run() throws IOException, InterruptedException {
        try (var site = ProductionSite.start()) {
            System.out.println("Migrating the database");
            measure(site);
            var with = new ArrayList<ServerRun>();
            var without = new ArrayList<ServerRun>();
            boolean trained = train(site);
            for (int i = 1; i <= runs; i++) {
                without.add(measure(site));
                show(i, "without cache", without.getLast());
                if (trained) {
                    with.add(measure(site, "-XX:AOTCache=" + cache));
                    show(i, "with cache", with.getLast());
                }
            }
            System.out.println(json(without, with));
        }
    }

    private boolean train(ProductionSite site) throws IOException, InterruptedException {
        Files.deleteIfExists(cache);
        if (Runtime.version().feature() < FIRST_JDK_WITH_ONE_STEP_CACHES) {
            System.out.println("An ahead-of-time cache needs JDK " + FIRST_JDK_WITH_ONE_STEP_CACHES + ": left out");
            return false;
        }
        System.out.println("Training the ahead-of-time cache");
        measure(site, "-XX:AOTCacheOutput=" + cache);
        if (!Files.exists(cache)) {
            throw new IllegalStateException("The training run made no cache in " + cache);
        }
        return true;
    }

    private ServerRun measure(ProductionSite site, String... options) throws IOException, InterruptedException {
        var line = new ArrayList<>(command);
        line.addAll(1, List.of(options));
        return ServerRun.of(line, site.environment(), site.port());
    }

    private static void show(int run, String kind, ServerRun measured) {
        System.out.printf(Locale.ROOT, "run %d, %-13s  %5d ms to ready, %4d MiB%n", run, kind, measured.readyMillis(),
                measured.peakMebibytes());
    }

    private String json(List<ServerRun> without, List<ServerRun> with) throws IOException {
        var cached = with.isEmpty() ? "null" : figures(with);
        long size = with.isEmpty() ? 0 : Files.size(cache) >> 20;
        return String.format(Locale.ROOT, "{\"benchmark\":\"start-up\",\"runs\":%d,\"java\":\"%s\",\"processors\":%d,"
                + "\"without_cache\":%s,\"with_cache\":%s,\"cache_mib\":%d}", runs, Runtime.version(),
                Runtime.getRuntime().availableProcessors(), figures(without), cached, size);
    }

    private static String figures(List<ServerRun> measured) {
        var times = measured.stream().mapToLong(ServerRun::readyMillis).sorted().toArray();
        var memory = measured.stream().mapToLong(ServerRun::peakMebibytes).sorted().toArray();
        return String.format(Locale.ROOT, "{\"ready_ms\":{\"median\":%d,\"min\":%d,\"max\":%d},\"peak_rss_mib\":%d}",
                times[times.length / 2], times[0], times[times.length - 1], memory[memory.length / 2]);
    }
}
