package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import uk.waymark.notifications.Circuits;
import uk.waymark.platform.Audit;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** An alert that names a figure which nobody writes is silent for ever; one without a playbook wakes somebody in vain. */
class AlertsTest extends WaymarkTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern METRIC = Pattern.compile("\\b((?:notifications|waymark)_[a-z_]+)(\\{[^}]*})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final List<String> PARTS =
        List.of("What it means", "What people notice", "First look", "What to do", "What not to do");
    /** Does not happen on a good day, and is written as these are. */
    private static final Set<String> BAD_DAY = Set.of("unavailable", "rejected", "unknown", "failed", "unmatched", "given_up");

    /** As in production: what only a job writes is written. */
    @Override
    protected Map<String, Object> properties() {
        return Map.of(RunningWaymark.JOBS, "true", "waymark.audit.seal-every", "1s");
    }

    private record Rule(String name, String expression, String playbook, String severity) { }

    @SuppressWarnings("unchecked")
    private static List<Rule> rules() throws IOException {
        Map<String, List<Map<String, Object>>> file = new Yaml().load(Files.readString(DOCS.resolve("alerts.yaml")));
        var rules = new ArrayList<Rule>();
        for (Map<String, Object> group : file.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                rules.add(new Rule((String) rule.get("alert"), (String) rule.get("expr"),
                    ((Map<String, String>) rule.get("annotations")).get("playbook"),
                    ((Map<String, String>) rule.get("labels")).get("severity")));
            }
        }
        return rules;
    }

    @Test
    void everyAlertHasItsPlaybookAndEveryPlaybookItsAlert() throws IOException {
        var named = new TreeSet<String>();
        for (Rule rule : rules()) {
            String kebab = rule.name().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
            assertEquals("docs/playbooks/" + kebab + ".md", rule.playbook());
            assertTrue(Set.of("page", "ticket").contains(rule.severity()), rule.name());
            String text = Files.readString(DOCS.resolveSibling(rule.playbook()));
            assertTrue(text.startsWith("# " + rule.name() + "\n"), rule.playbook());
            List<String> parts = text.lines().filter(l -> l.startsWith("## ")).map(l -> l.substring(3)).toList();
            assertEquals(PARTS, parts, rule.playbook());
            named.add(kebab + ".md");
        }
        try (Stream<Path> files = Files.list(DOCS.resolve("playbooks"))) {
            assertEquals(named, files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void everyFigureThatAnAlertNamesIsThere() throws IOException {
        String at = bean(CaseClock.class).instant().minusSeconds(60).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events",
            batch(recorded("al-0", "NM/AL/1", at, victim("al-1", "07700 900451")))).expect(200);
        SignUp.person(this, "al-1");
        SignUp.drain(this);
        bean(Circuits.class).round();
        var wrong = new ArrayList<String>();
        List<String> scraped = api().get("/prometheus").expect(200).text().lines().filter(l -> !l.startsWith("#")).toList();
        for (Rule rule : rules()) {
            Matcher metrics = METRIC.matcher(rule.expression());
            boolean any = false;
            while (metrics.find()) {
                any = true;
                String name = metrics.group(1);
                List<String> samples = scraped.stream().filter(l -> l.startsWith(name + "{") || l.startsWith(name + " ")).toList();
                if (samples.isEmpty()) {
                    wrong.add(rule.name() + ": nobody writes " + name);
                }
                Matcher labels = LABEL.matcher(metrics.group(2) == null ? "" : metrics.group(2));
                while (labels.find()) {
                    String wanted = BAD_DAY.contains(labels.group(2)) ? labels.group(1) + "=\"" : labels.group();
                    if (samples.stream().noneMatch(s -> s.contains(wanted))) {
                        wrong.add(rule.name() + ": no sample of " + name + " has " + wanted);
                    }
                }
            }
            assertTrue(any, rule.name() + " names no figure");
        }
        assertEquals(List.of(), wrong);
    }

    /** In every other test somebody calls them. */
    @Test
    void whatRepeatsBeginsByItself() throws SQLException {
        acting().as(worker("northmoor"), c -> {
            bean(Audit.class).record(c, worker("northmoor"), "case_read", null, null);
            return null;
        });
        long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        try (Connection c = database.superuser()) {
            while (Sql.one(c, "select count(*) as n from waymark.audit_unsealed", r -> r.getInt("n")).orElseThrow() > 0) {
                assertTrue(System.nanoTime() < patience, "nobody seals the audit log");
                Thread.onSpinWait();
            }
        }
    }
}
