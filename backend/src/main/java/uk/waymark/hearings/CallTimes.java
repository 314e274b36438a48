package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import uk.waymark.platform.WorkingDays;

/** When people are rung about court dates; data in {@code hearings/calls.yaml}, which says what each is. */
@Singleton
final class CallTimes {
    private final WorkingDays workingDays;
    private final ReminderTimes reminders;
    private final int noAnswerDays;
    private final LocalTime noAnswerAt;
    private final Duration spoken;
    private final Duration grace;
    private final Duration answer;
    private final Duration due;
    private final Duration again;
    private final Duration kindsDiffer;

    CallTimes(WorkingDays workingDays, ReminderTimes reminders) {
        this.workingDays = workingDays;
        this.reminders = reminders;
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream in = CallTimes.class.getResourceAsStream("/hearings/calls.yaml")) {
            Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(in);
            noAnswerDays = (Integer) file.get("no_answer_days");
            noAnswerAt = LocalTime.parse(String.valueOf(file.get("no_answer_at")));
            spoken = duration(file, "spoken");
            grace = duration(file, "grace");
            answer = duration(file, "answer");
            due = duration(file, "due");
            again = duration(file, "again");
            kindsDiffer = duration(file, "kinds_differ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration duration(Map<String, Object> file, String name) {
        return Duration.parse(String.valueOf(file.get(name)));
    }

    PersonStanding.Times of(CourtHearing h) {
        LocalDate day = h.on() == null ? h.weekOf() : h.on();
        Instant over = day == null ? null : HearingDay.of(h).over();
        Instant askBy = day == null ? null : askBy(day);
        return new PersonStanding.Times(grace, answer, askBy, askBy == null ? null : askBy.minus(spoken), over);
    }

    /** From then on, silence about a court date of this day is a call. */
    Instant askBy(LocalDate day) {
        LocalDate found = day;
        for (int left = noAnswerDays; left > 0;) {
            found = found.minusDays(1);
            left -= workingDays.isOne(found) ? 1 : 0;
        }
        return found.atTime(noAnswerAt).atZone(WorkingDays.LONDON).toInstant();
    }

    Duration grace() {
        return grace;
    }

    /** Working time, of days from nine to five, by which somebody asks what a date is for. */
    Duration kindsDiffer() {
        return kindsDiffer;
    }

    Duration answer() {
        return answer;
    }

    /** By when somebody should ring, so that the person can still come, or stay at home. */
    Instant due(CourtHearing h, boolean again, Instant now) {
        Instant usual = now.plus(again ? this.again : due);
        Instant leaves = reminders.leaves(h);
        Instant sooner = leaves == null || usual.isBefore(leaves) ? usual : leaves;
        return sooner.isBefore(now) ? now : sooner;
    }
}
