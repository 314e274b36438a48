package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** When people have to know of a court date; data in {@code hearings/notices.yaml}, which says what each is. */
@Singleton
final class NoticeTimes {
    private final Duration gather;
    private final Duration leaves;
    private final LocalTime usualStart;
    private final Duration letter;
    private final Duration call;

    NoticeTimes() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream in = NoticeTimes.class.getResourceAsStream("/hearings/notices.yaml")) {
            Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(in);
            gather = Duration.parse(String.valueOf(file.get("gather")));
            leaves = Duration.parse(String.valueOf(file.get("leaves")));
            usualStart = LocalTime.parse(String.valueOf(file.get("usual_start")));
            letter = Duration.parse(String.valueOf(file.get("letter")));
            call = Duration.parse(String.valueOf(file.get("call")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Duration gather() {
        return gather;
    }

    /** When somebody leaves home for it, at the earliest. */
    Instant leavesHome(HearingDay day) {
        return day.start(usualStart).minus(leaves);
    }

    Instant starts(HearingDay day) {
        return day.start(usualStart);
    }

    Duration letter() {
        return letter;
    }

    /** Whether a letter that is posted now comes too late for this day, or may. */
    boolean letterTooLate(HearingDay day, Instant now) {
        return day.known() && now.plus(letter).isAfter(leavesHome(day));
    }

    Duration call() {
        return call;
    }
}
