package uk.waymark.outbound;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.WorkingDays;

/** When what waits is late, what staff are to do by when, and how long words are kept; data in {@code outbound/outbound.properties}. */
@Singleton
final class OutboundTimes {
    private final WorkingDays days;
    private final DataFile file = DataFile.of("/outbound/outbound.properties");

    OutboundTimes(WorkingDays days) {
        this.days = days;
    }

    /** Case time from which staff should know that it still waits. @param type of what was put */
    Instant lateAt(String type, Instant put) {
        return urgent(type) ? put.plus(Duration.ofMinutes(file.number("late_after_minutes." + type))) : lateAt(put);
    }

    /** Of what cannot wait for office hours staff are told in minutes. */
    boolean urgent(String type) {
        return file.find("late_after_minutes." + type).isPresent();
    }

    /** Of types that are not named. */
    Instant lateAt(Instant put) {
        return days.after(put, file.number("late_after_working_days"));
    }

    /** What is late whether the force has a system that takes it or not. */
    List<String> alwaysLate() {
        return Arrays.stream(file.text("always_late").split(",")).map(String::strip).toList();
    }

    /** @param kind of the work item @param type of what was put */
    Instant due(String kind, String type, Instant from) {
        return from.plus(Duration.parse(special("due." + kind, type)));
    }

    private String special(String name, String of) {
        return file.find(name + '.' + of).orElseGet(() -> file.text(name)).strip();
    }

    /** What staff read. @param why as the item's reason @param says the reason that the force's system gave, or null */
    String detail(String kind, String type, String why, String says) {
        String words = special("detail." + kind, why).replace("{type}", type);
        return says == null ? words : words + "\n\n" + file.text("says").replace("{says}", says);
    }

    /** What arrived before this moment keeps its words no longer. */
    Instant wordsGoBefore(Instant now) {
        return now.minus(file.duration("words_kept"));
    }

    int atOnce() {
        return file.number("at_once");
    }
}
