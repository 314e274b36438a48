package uk.waymark.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What a request made the application do: its answer, and what it asked of the database.
 *
 * @param statements that were executed, in order
 */
public record Work(Answer answer, List<String> statements) {
    private static final String PING_AFTER = "com.zaxxer.hikari.aliveBypassWindowMs";

    /** The pool pings a connection that lay idle for half a second: on a slow machine one of two calls has a ping more. */
    public static void withoutPings() {
        System.setProperty(PING_AFTER, "600000");
    }

    public static void pingAsUsual() {
        System.clearProperty(PING_AFTER);
    }

    /**
     * What the request's thread asked of the database: the driver's own account of it.
     *
     * @param marker stands in one of the statements of that thread, and in no other's
     */
    public static Work of(String marker, Supplier<Answer> call) {
        var byThread = new LinkedHashMap<Long, List<String>>();
        Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
        Level before = driver.getLevel();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                synchronized (byThread) {
                    byThread.computeIfAbsent(line.getLongThreadID(), t -> new ArrayList<>()).add(text(line));
                }
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        };
        driver.addHandler(listener);
        driver.setLevel(Level.FINEST);
        Answer answer;
        try {
            answer = call.get();
        } finally {
            driver.removeHandler(listener);
            driver.setLevel(before);
        }
        synchronized (byThread) {
            var ours = byThread.values().stream().filter(t -> t.stream().anyMatch(l -> l.contains(marker))).toList();
            assertEquals(1, ours.size(), "one thread did the work");
            return new Work(answer, ours.getFirst().stream().filter(l -> l.contains("FE=> Execute")).toList());
        }
    }

    private static String text(LogRecord line) {
        String message = String.valueOf(line.getMessage());
        for (int i = 0; line.getParameters() != null && i < line.getParameters().length; i++) {
            message = message.replace("{" + i + "}", String.valueOf(line.getParameters()[i]));
        }
        return message;
    }
}
