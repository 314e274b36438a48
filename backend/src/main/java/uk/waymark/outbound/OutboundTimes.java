package uk.waymark.outbound;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import uk.waymark.platform.WorkingDays;

/** When what waits is late, what staff are to do by when, and how long words are kept; data in {@code outbound/outbound.properties}. */
@Singleton
final class OutboundTimes {
    private final WorkingDays days;
    private final Properties file = file();

    OutboundTimes(WorkingDays days) {
        this.days = days;
    }

    private static Properties file() {
        try (var in = new InputStreamReader(OutboundTimes.class.getResourceAsStream("/outbound/outbound.properties"),
                StandardCharsets.UTF_8)) {
            var file = new Properties();
            file.load(in);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String value(String name) {
        return file.getProperty(name).strip();
    }

    /** Case time from which staff should know that it still waits. */
    Instant lateAt(Instant put) {
        return days.after(put, Integer.parseInt(value("late_after_working_days")));
    }

    /** @param kind of the work item */
    Instant due(String kind, Instant from) {
        return from.plus(Duration.parse(value("due." + kind)));
    }

    /** What staff read. @param says the reason that the force's system gave, or null */
    String detail(String kind, String type, String says) {
        String words = value("detail." + kind).replace("{type}", type);
        return says == null ? words : words + "\n\n" + value("says").replace("{says}", says);
    }

    /** What arrived before this moment keeps its words no longer. */
    Instant wordsGoBefore(Instant now) {
        return now.minus(Duration.parse(value("words_kept")));
    }

    int atOnce() {
        return Integer.parseInt(value("at_once"));
    }
}
