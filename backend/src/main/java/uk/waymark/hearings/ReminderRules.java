package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import uk.waymark.cases.HearingKind;
import uk.waymark.hearings.ReminderPlan.Step;
import uk.waymark.hearings.ReminderPlan.Words;

/** What holds of reminders for all forces, and the plans of those that have none; data in {@code hearings/reminder-plans.yaml}. */
@Singleton
final class ReminderRules {
    private final Duration leaveHome;
    private final LocalTime starts;
    private final LocalTime from;
    private final LocalTime to;
    private final int together;
    private final Map<HearingKind, List<Step>> plans = new EnumMap<>(HearingKind.class);

    ReminderRules() {
        Map<String, Object> file = file();
        leaveHome = Duration.parse(text(file.get("leave_home")));
        starts = LocalTime.parse(text(file.get("starts")));
        Map<?, ?> hours = (Map<?, ?>) file.get("hours");
        from = LocalTime.parse(text(hours.get("from")));
        to = LocalTime.parse(text(hours.get("to")));
        together = (Integer) file.get("together");
        Map<?, ?> byKind = (Map<?, ?>) file.get("plans");
        for (HearingKind kind : HearingKind.values()) {
            List<?> steps = (List<?>) byKind.get(kind.wireName());
            if (steps == null) {
                throw new IllegalStateException("reminder-plans.yaml says nothing of " + kind.wireName());
            }
            plans.put(kind, steps.stream().map(s -> step((Map<?, ?>) s)).toList());
        }
    }

    private static Step step(Map<?, ?> s) {
        return new Step((Integer) s.get("days_before"), (Boolean) s.get("working_days"), LocalTime.parse(text(s.get("at"))),
            Words.valueOf(text(s.get("words")).toUpperCase(Locale.ROOT)), (Boolean) s.get("only_required"));
    }

    /** How long before the start people leave home. */
    Duration leaveHome() {
        return leaveHome;
    }

    /** When a hearing begins of which only the day is known. */
    LocalTime starts() {
        return starts;
    }

    /** From this hour on a reminder may leave. */
    LocalTime from() {
        return from;
    }

    /** From this hour on it waits for the morning. */
    LocalTime to() {
        return to;
    }

    /** Days within which several questions to one person become one. */
    int together() {
        return together;
    }

    /** The plan of forces that have none of their own. */
    ReminderPlan shared(HearingKind kind) {
        return new ReminderPlan(kind, 0, plans.get(kind), null, null);
    }

    private static Map<String, Object> file() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream in = ReminderRules.class.getResourceAsStream("/hearings/reminder-plans.yaml")) {
            return new Yaml(new SafeConstructor(options)).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Object value) {
        return String.valueOf(value);
    }
}
