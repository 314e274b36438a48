package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.platform.Settings;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/**
 * {@code docs/integrate.md} keeps what it promises: its blocks are run as they stand, and its examples are the
 * contract's.
 */
class IntegratePageTest extends WaymarkTest {
    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();
    private static final Pattern EXAMPLE = Pattern.compile("^event (\\w+) '(.*?)'(?: ', (.*)')?$", Pattern.MULTILINE);
    private static final long MINUTES = 10;

    private static String page() throws IOException {
        return Files.readString(DOCS.resolve("integrate.md"));
    }

    /** The code between the two marks, in order. */
    private static String walkThrough() throws IOException {
        String marked = page().split("<!-- walk-through")[1].split("<!-- end of walk-through")[0];
        return Pattern.compile("^```bash\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL).matcher(marked).results()
            .map(block -> block.group(1)).collect(Collectors.joining());
    }

    @Test
    void theExamplesAreTheContractsOneOfEachType() throws IOException {
        JsonNode contract = contract();
        var wanted = new TreeMap<String, JsonNode>();
        contract.path("x-event-types").fieldNames().forEachRemaining(type ->
            wanted.put(type, contract.at("/components/examples/" + type + "/value/events/0/data")));
        ((ObjectNode) wanted.get("event_retracted")).put("source_event_id", "suspect_arrested-X");
        var shown = new TreeMap<String, JsonNode>();
        // what bash makes of an apostrophe and of the crime reference
        String text = page().replace("'\\''", "\u2019").replace("'\"$CRIME\"'", "X");
        for (Matcher example = EXAMPLE.matcher(text); example.find();) {
            shown.put(example.group(1), Api.JSON.readTree(example.group(2).replace("\u2019", "'")));
        }
        assertEquals(wanted, shown);
    }

    private static JsonNode contract() throws IOException {
        try (InputStream in = IntegratePageTest.class.getResourceAsStream("/openapi/openapi.json")) {
            return Api.JSON.readTree(in);
        }
    }

    @Test
    void everyBlockWorksFromTopToBottom(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("docs/examples"));
        Files.copy(DOCS.resolve("examples/force.yaml"), folder.resolve("docs/examples/force.yaml"));
        demoIn(folder, waymark.settings());
        launcherIn(folder);
        Path script = Files.writeString(folder.resolve("walk.sh"), walkThrough());
        Path log = folder.resolve("walk.log");
        var builder = new ProcessBuilder("bash", "-eu", script.toString()).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile());
        builder.environment().put("WAYMARK", waymark.base().toString());
        Process walk = builder.start();
        try {
            assertTrue(walk.waitFor(MINUTES, TimeUnit.MINUTES), () -> "it did not end: " + read(log));
        } finally {
            walk.destroyForcibly();
        }
        String said = read(log);
        assertEquals(0, walk.exitValue(), said);
        assertTrue(said.contains("Force northshire, new:"), said);
        assertTrue(said.contains("\"would_tell\":[{\"source_person_id\""), said);
        assertTrue(said.contains("invalid_data"), said);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void demoIn(Path folder, Settings settings) throws IOException {
        var secrets = new Properties();
        secrets.putAll(Map.of("owner", settings.ownerPassword(), "app", settings.appPassword(), "dispatcher",
            settings.dispatcherPassword(), "sealing", settings.sealingKeyset(), "lookup", settings.lookupKeyset(),
            "token", new String(settings.tokenSecret(), StandardCharsets.UTF_8)));
        try (var out = Files.newOutputStream(folder.resolve("secrets"))) {
            secrets.store(out, null);
        }
        RunningDemo.announce(folder, settings);
    }

    /** In place of the launcher, which would build first: the same class, on the classes of this run. */
    private static void launcherIn(Path folder) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .filter(p -> !p.endsWith("test-classes")).collect(Collectors.joining(":"));
        Path launcher = Files.writeString(folder.resolve("waymark"), "#!/bin/sh\nexec '" + System.getProperty("java.home")
            + "/bin/java' -XX:TieredStopAtLevel=1 -cp '" + classPath + "' uk.waymark.Application \"$@\" --data '" + folder + "'\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
