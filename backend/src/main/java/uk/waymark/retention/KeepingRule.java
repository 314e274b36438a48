package uk.waymark.retention;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One line of {@code retention/rules.yaml}.
 *
 * @param kept  ISO 8601, or in words whose it is to say
 * @param clock {@code machine} or {@code case}: by which time it is kept
 * @param runs  {@code here}, {@code none}, or the class that runs it
 */
record KeepingRule(String what, String kept, String clock, String runs, String why) {

    boolean here() {
        return "here".equals(runs);
    }

    Instant before(Instant now) {
        return now.minus(Duration.parse(kept));
    }

    static List<KeepingRule> all() {
        try (InputStream in = KeepingRule.class.getResourceAsStream("/retention/rules.yaml")) {
            Map<String, List<Map<String, String>>> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            return file.get("rules").stream()
                .map(r -> new KeepingRule(r.get("what"), r.get("kept"), r.get("clock"), r.get("runs"), r.get("why"))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
