package uk.waymark.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Stands in for pgbench where it is not installed: as much of its language as the benchmarks use, by plain JDBC. */
final class JdbcScript implements DatabaseAlone {
    private static final Pattern SET = Pattern.compile(
            "\\\\set (\\w+) (?:(\\d+) \\+ )?random\\((\\d+), (\\d+)\\)(?: \\* (\\d+))?");
    private static final Pattern VARIABLE = Pattern.compile("(?<!:):([a-z_]+)");
    /** A statement ends at the end of a line: with a semicolon, or with {@code \gset}. */
    private static final Pattern END = Pattern.compile("(?m)(?:;|\\\\gset)\\s*$");

    private final ProductionSite site;

    JdbcScript(ProductionSite site) {
        this.site = site;
    }

    /** One line of the script, run with the variables so far. */
    private interface Step {
        void run(Connection connection, Map<String, Object> variables) throws SQLException;
    }

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public double run(String script, int clients, int seconds) throws InterruptedException, SQLException {
        List<Step> steps = steps(script);
        long start = System.nanoTime();
        long until = start + TimeUnit.SECONDS.toNanos(seconds);
        try (var pool = Executors.newFixedThreadPool(clients)) {
            var all = new ArrayList<Callable<Long>>();
            for (int i = 0; i < clients; i++) {
                all.add(() -> loop(steps, until));
            }
            long done = 0;
            for (var one : pool.invokeAll(all)) {
                done += one.get();
            }
            return done * 1e9 / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the script did not run", e.getCause());
        }
    }

    private long loop(List<Step> steps, long until) throws SQLException {
        long done = 0;
        try (Connection connection = site.login("waymark_app"); var set = connection.createStatement()) {
            set.execute("set plan_cache_mode = force_generic_plan");
            for (; System.nanoTime() < until; done++) {
                var variables = new HashMap<String, Object>();
                for (Step step : steps) {
                    step.run(connection, variables);
                }
            }
        }
        return done;
    }

    private static List<Step> steps(String script) {
        var steps = new ArrayList<Step>();
        var sets = SET.matcher(script);
        int from = 0;
        while (sets.find()) {
            steps.add(set(sets.group(1), number(sets.group(2), 0), number(sets.group(3), 0), number(sets.group(4), 0),
                    number(sets.group(5), 1)));
            from = sets.end();
        }
        var ends = END.matcher(script);
        while (ends.find(from)) {
            steps.add(statement(script.substring(from, ends.start()).strip(), ends.group().startsWith("\\")));
            from = ends.end();
        }
        return steps;
    }

    private static long number(String text, long otherwise) {
        return text == null ? otherwise : Long.parseLong(text);
    }

    private static Step set(String name, long base, long least, long most, long factor) {
        return (c, variables) -> variables.put(name, base + ThreadLocalRandom.current().nextLong(least, most + 1) * factor);
    }

    private static Step statement(String text, boolean keepsAnswer) {
        var names = VARIABLE.matcher(text).results().map(m -> m.group(1)).toList();
        String sql = VARIABLE.matcher(text).replaceAll("?");
        return (c, variables) -> {
            try (var statement = c.prepareStatement(sql)) {
                for (int i = 0; i < names.size(); i++) {
                    statement.setObject(i + 1, variables.get(names.get(i)).toString(), Types.OTHER);
                }
                answer(statement, keepsAnswer, variables);
            }
        };
    }

    private static void answer(PreparedStatement statement, boolean kept, Map<String, Object> variables) throws SQLException {
        if (!statement.execute()) {
            return;
        }
        try (var rows = statement.getResultSet()) {
            while (rows.next()) {
                for (int i = 1; kept && i <= rows.getMetaData().getColumnCount(); i++) {
                    variables.put(rows.getMetaData().getColumnLabel(i), rows.getString(i));
                }
            }
        }
    }
}
