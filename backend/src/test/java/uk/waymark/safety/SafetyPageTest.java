package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/safety.md and the suite say the same: each scenario in the same words, with the test that plays it. */
class SafetyPageTest {
    private static final Path PAGE = Path.of("../docs/safety.md");
    private static final Pattern PLAYED = Pattern.compile("@DisplayName\\(\"(S\\d\\d) (.*)\"\\)\\s+void (\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("\\| (S\\d\\d) \\| ([^|]+) \\| ([^|]+) \\| `([^`]+)` \\|");
    private static final int AT_LEAST = 40;

    private static Map<String, String> played() throws IOException {
        var played = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(Path.of("src/test/java/uk/waymark/safety"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                for (MatchResult m : PLAYED.matcher(Files.readString(file)).results().toList()) {
                    assertEquals(null, played.put(m.group(1), m.group(2) + " | " + name + '.' + m.group(3)), m.group(1) + " twice");
                }
            }
        }
        return played;
    }

    @Test
    @DisplayName("the page has every scenario of the suite, and no other")
    void thePageIsTheSuite() throws IOException {
        String page = Files.readString(PAGE);
        var told = new TreeMap<String, String>();
        for (MatchResult row : ROW.matcher(page).results().toList()) {
            told.put(row.group(1), row.group(2) + " | " + row.group(4));
            assertTrue(row.group(3).length() > 10, row.group(1) + " does not say what happens");
        }
        assertEquals(played(), told);
        assertTrue(told.size() >= AT_LEAST);
        assertTrue(page.contains(told.size() + " scenarios"), "the page should say " + told.size() + " scenarios");
    }

    @Test
    @DisplayName("the scanner finds what tells, and lets pass what does not")
    void theScannerWorks() {
        for (String telling : List.of("News about your case", "gan yr heddlu", "eich achos", "Llys y Goron", "a POLICE officer",
                "Waymark", "see https://example.org", "the Victim", "newyddion am drosedd")) {
            assertTrue(!TellingWords.in(telling).isEmpty(), telling);
        }
        assertEquals(List.of(), TellingWords.in("There is something new for you. Sign in when it suits you to read it."));
        assertEquals(List.of(), TellingWords.in("Mae rhywbeth newydd i chi. Mewngofnodwch pan fydd yn gyfleus i'w ddarllen."));
    }
}
