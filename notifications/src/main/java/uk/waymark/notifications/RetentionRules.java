package uk.waymark.notifications;

import java.io.InputStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * How long what is kept, from the YAML document of the {@link MessageClasses}. Durations are ISO 8601:
 *
 * <pre>
 * retention:
 *   words: P7D              # text, fields and numbers, from the end of a message
 *   traces: P730D           # who it went to; afterwards only counts stay
 *   zone: Europe/London     # where a day of the counts begins
 *   erase_every: PT15M      # until a provider is asked again to forget; doubled with each try, at most a day
 *   erase_tries: 20         # and then it is given up, and somebody has to look
 * </pre>
 */
public record RetentionRules(Duration words, Duration traces, ZoneId zone, Duration eraseEvery, int eraseTries) {

    /** @throws IllegalArgumentException for what cannot work */
    public RetentionRules {
        if (!words.isPositive() || traces.compareTo(words) < 0 || !eraseEvery.isPositive() || eraseTries < 1) {
            throw new IllegalArgumentException("retention: words and erase_every longer than nothing, traces no shorter than "
                + "words, and at least one try");
        }
    }

    /** @throws IllegalArgumentException where something is left out or cannot be read */
    public static RetentionRules load(InputStream yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Map<String, Object> document = new Yaml(new SafeConstructor(options)).load(yaml);
        if (!(document.get("retention") instanceof Map<?, ?> rules)) {
            throw new IllegalArgumentException("no retention is given");
        }
        try {
            return new RetentionRules(Duration.parse(text(rules, "words")), Duration.parse(text(rules, "traces")),
                ZoneId.of(text(rules, "zone")), Duration.parse(text(rules, "erase_every")),
                Integer.parseInt(text(rules, "erase_tries")));
        } catch (java.time.DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException("a rule of retention cannot be read", e);
        }
    }

    private static String text(Map<?, ?> rules, String name) {
        return String.valueOf(rules.get(name));
    }
}
