package uk.waymark.notifications;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** When a provider account's share of messages moves, as {@code circuits.yaml} says it. */
public record CircuitRules(Errors errors, Slow slow, Recovery recovery) {

    /**
     * Too many calls fail.
     *
     * @param moreThan    errors, or
     * @param orShare     of the calls, 0 to 1, once there were
     * @param ofAtLeast   calls
     * @param within      the time over which both are counted
     * @param move        hundredths of its weight that the account loses
     * @param atMostEvery how soon after any other change
     */
    public record Errors(int moreThan, double orShare, int ofAtLeast, Duration within, int move, Duration atMostEvery) {
        boolean met(long calls, long errors) {
            return errors > moreThan || calls >= ofAtLeast && errors >= orShare * calls;
        }
    }

    /**
     * Too many messages take long to be delivered. Parameters as in {@link Errors}.
     *
     * @param slowerThan from hand-off to delivery, or to now while there is no receipt
     */
    public record Slow(Duration slowerThan, double share, int ofAtLeast, Duration within, int move, Duration atMostEvery) {
        boolean met(long messages, long slow) {
            return messages >= ofAtLeast && slow >= share * messages;
        }
    }

    /** Gives weight back once it has been quiet. */
    public record Recovery(Duration quietFor, int move, Duration every) {
    }

    /** The figures that the library brings. */
    public static CircuitRules standard() {
        try (InputStream yaml = CircuitRules.class.getResourceAsStream("/circuits.yaml")) {
            return load(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException where something is missing or cannot be read */
    public static CircuitRules load(InputStream yaml) {
        Map<String, Map<String, Object>> all = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        Section errors = new Section(all, "errors");
        Section slow = new Section(all, "slow");
        Section recovery = new Section(all, "recovery");
        return new CircuitRules(
            new Errors(errors.whole("more_than"), errors.number("or_share"), errors.whole("of_at_least"),
                errors.time("within"), errors.whole("move"), errors.time("at_most_every")),
            new Slow(slow.time("slower_than"), slow.number("share"), slow.whole("of_at_least"), slow.time("within"),
                slow.whole("move"), slow.time("at_most_every")),
            new Recovery(recovery.time("quiet_for"), recovery.whole("move"), recovery.time("every")));
    }

    private record Section(Map<String, Map<String, Object>> all, String name) {
        int whole(String field) {
            return (int) number(field);
        }

        double number(String field) {
            return value(field) instanceof Number n ? n.doubleValue() : wrong(field);
        }

        Duration time(String field) {
            try {
                return Duration.parse(String.valueOf(value(field)));
            } catch (DateTimeParseException e) {
                return wrong(field);
            }
        }

        private Object value(String field) {
            return all == null || all.get(name) == null ? null : all.get(name).get(field);
        }

        private <T> T wrong(String field) {
            throw new IllegalArgumentException("circuits: " + name + "." + field + " is missing or cannot be read");
        }
    }
}
