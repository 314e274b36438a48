package uk.waymark.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** pgbench as the application's login, with the same plans as the server: what the database alone can do. */
final class PgBench implements DatabaseAlone {
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+) \\(without");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([1-9]\\d*)");
    private static final List<String> FOLDERS = List.of("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/pgsql");

    private final Path program;
    private final ProductionSite site;

    private PgBench(Path program, ProductionSite site) {
        this.program = program;
        this.site = site;
    }

    /** On the PATH, or where Debian and others put it; empty where there is none. */
    static Optional<PgBench> find(ProductionSite site) throws IOException {
        var candidates = new ArrayList<Path>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            candidates.add(Path.of(folder, "pgbench"));
        }
        for (String folder : FOLDERS) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> versions = Files.list(Path.of(folder))) {
                    versions.map(v -> v.resolve("bin/pgbench")).forEach(candidates::add);
                }
            }
        }
        return candidates.stream().filter(Files::isExecutable).findFirst().map(p -> new PgBench(p, site));
    }

    @Override
    public String name() {
        return "pgbench";
    }

    @Override
    public double run(String script, int clients, int seconds) throws IOException, InterruptedException {
        var file = Files.createTempFile("waymark-bench", ".sql");
        try {
            Files.writeString(file, script);
            var builder = new ProcessBuilder(program.toString(), "-n", "-M", "prepared", "-c", Integer.toString(clients),
                    "-j", Integer.toString(Math.min(2, clients)), "-T", Integer.toString(seconds), "-f", file.toString(), "-h",
                    "127.0.0.1", "-p", Integer.toString(site.databasePort()), "-U", "waymark_app", "waymark")
                    .redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", site.password("waymark_app"));
            builder.environment().put("PGOPTIONS", "-c plan_cache_mode=force_generic_plan");
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var rate = RATE.matcher(output);
            if (process.waitFor() != 0 || !rate.find() || FAILED.matcher(output).find()) {
                throw new IllegalStateException("pgbench did not do it:\n" + output);
            }
            return Double.parseDouble(rate.group(1));
        } finally {
            Files.delete(file);
        }
    }
}
