package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Sealing;
import uk.waymark.testing.Api;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.TestDatabase;

/** {@code serve} as a process of its own, as an operator meets it. */
class ServeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PASSWORD = "not-a-secret-of-the-demo";

    /** What a process says on standard error and standard output. */
    private static final Map<Long, List<Path>> SAID = new ConcurrentHashMap<>();

    private record Ended(int code, String errors, String output) { }

    @Test
    void refusesAtOnceAndNamesEverySetting() throws Exception {
        Ended ended = await(start(List.of("serve"), Map.of()));
        assertEquals(78, ended.code());
        for (String setting : List.of("WAYMARK_DB_URL", "WAYMARK_DB_APP_PASSWORD", "WAYMARK_DB_DISPATCHER_PASSWORD",
                "WAYMARK_DB_OWNER_PASSWORD", "WAYMARK_SEALING_KEYSET", "WAYMARK_LOOKUP_KEYSET", "WAYMARK_TOKEN_SECRET",
                "WAYMARK_PUBLIC_URL")) {
            assertTrue(ended.errors().contains(setting), setting);
        }
        assertFalse(ended.errors().contains("\tat "), "no stack trace");
    }

    @Test
    void saysInOneLineThatTheDatabaseIsAway() throws Exception {
        Ended ended = await(start(List.of("serve"),
            environment("jdbc:postgresql://127.0.0.1:" + RunningWaymark.freePort() + "/waymark", 0)));
        assertEquals(1, ended.code());
        assertTrue(ended.errors().contains("WAYMARK_DB_URL"));
        assertFalse(ended.errors().contains("\tat "), "no stack trace");
        assertFalse((ended.errors() + ended.output()).contains(PASSWORD));
    }

    @Test
    void takesNoUnknownCommand() throws Exception {
        assertEquals(64, await(start(List.of("sreve"), Map.of())).code());
        assertEquals(64, await(start(List.of("demo", "--port", "x"), Map.of())).code());
    }

    @Test
    void servesWithoutASandboxAndStopsWhenTold() throws Exception {
        TestDatabase database = TestDatabase.empty();
        passwords(PASSWORD);
        try {
            int port = RunningWaymark.freePort();
            Process serve = start(List.of("serve"), environment(database.url(), port));
            try {
                var api = new Api(URI.create("http://localhost:" + port));
                awaitReady(api, serve);
                for (String path : List.of("/sandbox", "/sandbox/people", "/sandbox/clock", "/sandbox/idp/northmoor/jwks")) {
                    assertEquals(404, api.get(path).status(), path);
                }
                assertEquals(404, api.post("/sandbox/tokens", Map.of("as", "officer")).status());
                assertEquals(401, api.get("/v1/me").status());
                serve.destroy();
                assertTrue(serve.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
                assertEquals(0, serve.exitValue());
            } finally {
                serve.destroyForcibly();
            }
        } finally {
            passwords(TestDatabase.PASSWORD);
        }
    }

    /** Who does not feel safe at night would wait for the morning. */
    @Test
    void doesNotStartWhereAForceHasNobodyAtNightAndSaysWhichAndWhatToAdd() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        passwords(PASSWORD);
        try {
            Map<String, String> environment = environment(database.url(), RunningWaymark.freePort());
            try (var c = database.superuser(); var statement = c.createStatement()) {
                statement.execute("insert into waymark.force (id, code, name_en, name_cy, welsh) values ('" + UUID.randomUUID()
                    + "', 'nobodythere', 'Nobody there', 'Neb yno', false)");
            }
            Ended ended = await(start(List.of("serve"), environment));
            assertEquals(78, ended.code());
            assertTrue(ended.errors().contains("force nobodythere has nobody") && ended.errors().contains("call_backs: {out_of_hours: "
                + "{name: NAME, phone: NUMBER}}") && ended.errors().contains("./waymark force add FILE"), ended.errors());
            assertFalse(ended.errors().contains("\tat "), "no stack trace");
        } finally {
            passwords(TestDatabase.PASSWORD);
        }
    }

    /** Those of the tests are the sandbox's, and refused. */
    private static void passwords(String password) throws SQLException {
        try (var c = TestDatabase.empty().administrator(); var statement = c.createStatement()) {
            for (String role : List.of("waymark_owner", "waymark_app", "waymark_dispatcher")) {
                statement.execute("alter role " + role + " password '" + password + "'");
            }
        }
    }

    private static void awaitReady(Api api, Process serve) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && serve.isAlive()) {
            try {
                if (api.get("/health/readiness").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                serve.waitFor(100, TimeUnit.MILLISECONDS); // not listening yet
            }
        }
        throw new AssertionError("serve did not become ready");
    }

    private static Map<String, String> environment(String url, int port) {
        var environment = new HashMap<String, String>();
        environment.put("WAYMARK_DB_URL", url);
        environment.put("WAYMARK_DB_OWNER_PASSWORD", PASSWORD);
        environment.put("WAYMARK_DB_APP_PASSWORD", PASSWORD);
        environment.put("WAYMARK_DB_DISPATCHER_PASSWORD", PASSWORD);
        environment.put("WAYMARK_SEALING_KEYSET", Sealing.newSealingKeyset());
        environment.put("WAYMARK_LOOKUP_KEYSET", Sealing.newLookupKeyset());
        environment.put("WAYMARK_TOKEN_SECRET", Base64.getEncoder().encodeToString(
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        environment.put("WAYMARK_PUBLIC_URL", "https://waymark.example.uk");
        environment.put("PORT", Integer.toString(port));
        return environment;
    }

    /** Without the tests' own classes, resources and environment. */
    private static Process start(List<String> arguments, Map<String, String> environment) throws IOException {
        String classPath = String.join(System.getProperty("path.separator"),
            Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .filter(p -> !p.endsWith("test-classes")).toList());
        var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-cp",
            classPath, "uk.waymark.Application"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(File.createTempFile("serve", ".out"));
        builder.redirectError(File.createTempFile("serve", ".err"));
        Process process = builder.start();
        SAID.put(process.pid(), List.of(builder.redirectError().file().toPath(), builder.redirectOutput().file().toPath()));
        return process;
    }

    private static Ended await(Process process) throws Exception {
        try {
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it did not end");
        } finally {
            process.destroyForcibly();
        }
        var files = SAID.get(process.pid());
        return new Ended(process.exitValue(), Files.readString(files.get(0)), Files.readString(files.get(1)));
    }
}
