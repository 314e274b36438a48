package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page that says 'met' beside a class which is gone is worse than no page. */
class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/security.md");
    private static final Path IDS = Path.of("src/test/resources/security/asvs-5.0.0-levels-1-and-2.txt");
    private static final Pattern ROW = Pattern.compile("\\| (V\\d+\\.\\d+\\.\\d+) \\| ([12]) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*");
    private static final Pattern FILE = Pattern.compile("[\\w./-]+\\.(md|yaml|yml|sql|xml|properties)");
    /** Names that are not ours. */
    private static final Set<String> FOREIGN = Set.of("SecureRandom", "Clear-Site-Data");

    private record Row(String id, String state, String where) { }

    private static List<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results()
            .map(r -> new Row(r.group(1), r.group(4), r.group(5))).toList();
    }

    @Test
    void everyRequirementStandsThereOnce() throws IOException {
        List<String> ids = Files.readAllLines(IDS).stream().filter(l -> !l.startsWith("#")).toList();
        assertEquals(ids, rows().stream().map(Row::id).toList());
    }

    @Test
    void everyRowHasAStateAndTheFiguresAreRight() throws IOException {
        var counts = new TreeMap<>(Map.of("met", 0, "n/a", 0, "open", 0));
        for (Row row : rows()) {
            assertTrue(counts.containsKey(row.state()), row.id() + ": " + row.state());
            assertTrue(row.where().strip().length() > 3, row.id() + " says nothing");
            counts.merge(row.state(), 1, Integer::sum);
        }
        String said = "**Met " + counts.get("met") + " · not applicable " + counts.get("n/a") + " · open " + counts.get("open") + "**";
        assertTrue(Files.readString(PAGE).contains(said), "the page should say " + said);
    }

    @Test
    void everythingNamedIsThere() throws IOException {
        Set<String> files = files();
        Set<String> names = files.stream().map(f -> f.substring(f.lastIndexOf('/') + 1)).collect(Collectors.toSet());
        var missing = new ArrayList<String>();
        Matcher named = NAMED.matcher(Files.readString(PAGE));
        while (named.find()) {
            String name = named.group(1);
            boolean there = FOREIGN.contains(name)
                || (CLASS.matcher(name).matches() ? names.contains(name + ".java")
                : !FILE.matcher(name).matches() || (name.contains("/") ? files.contains(name) : names.contains(name)));
            if (!there) {
                missing.add(name);
            }
        }
        assertEquals(List.of(), missing);
    }

    private static Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.map(p -> ROOT.relativize(p).toString().replace('\\', '/'))
                .filter(p -> !p.contains("target/") && !p.startsWith(".git/")).collect(Collectors.toSet());
        }
    }
}
