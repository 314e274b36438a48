package uk.waymark.outbound;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

    /** Case time from which staff should know that it still waits. @param type of what was put */
    Instant lateAt(String type, Instant put) {
        String minutes = file.getProperty("late_after_minutes." + type);
        return minutes == null ? lateAt(put) : put.plus(Duration.ofMinutes(Integer.parseInt(minutes.strip())));
    }

    /** Of what cannot wait for office hours staff are told in minutes. */
    boolean urgent(String type) {
        return file.containsKey("late_after_minutes." + type);
    }

    /** Of types that are not named. */
    Instant lateAt(Instant put) {
        return days.after(put, Integer.parseInt(value("late_after_working_days")));
    }

    /** What is late whether the force has a system that takes it or not. */
    List<String> alwaysLate() {
        return Arrays.stream(value("always_late").split(",")).map(String::strip).toList();
    }

    /** @param kind of the work item @param type of what was put */
    Instant due(String kind, String type, Instant from) {
        return from.plus(Duration.parse(special("due." + kind, type)));
    }

    private String special(String name, String of) {
        return file.containsKey(name + '.' + of) ? value(name + '.' + of) : value(name);
    }

    /** What staff read. @param why as the item's reason @param says the reason that the force's system gave, or null */
    String detail(String kind, String type, String why, String says) {
        String words = special("detail." + kind, why).replace("{type}", type);
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
