package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;
import uk.waymark.testing.TestDatabase;

/** {@code verify audit} as an operator runs it, on the database of a demo that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyTest {
    @TempDir
    static Path folder;
    private TestDatabase database;

    private record Ended(int code, String said) { }

    @BeforeAll
    void demo() throws IOException {
        database = TestDatabase.fresh();
        Settings settings = database.settings(8080);
        var secrets = new Properties();
        secrets.putAll(Map.of("owner", settings.ownerPassword(), "app", settings.appPassword(), "dispatcher",
            settings.dispatcherPassword(), "sealing", settings.sealingKeyset(), "lookup", settings.lookupKeyset(),
            "token", new String(settings.tokenSecret(), StandardCharsets.UTF_8)));
        try (OutputStream out = Files.newOutputStream(folder.resolve("secrets"))) {
            secrets.store(out, null);
        }
        RunningDemo.announce(folder, settings);
    }

    private static Ended run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var said = new ByteArrayOutputStream();
        var to = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(to);
        System.setErr(to);
        try {
            return new Ended(VerifyCommand.run(arguments, Map.of()), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    void checksWhatPeopleHaveSigned() {
        Ended said = run("statements", "--data", folder.toString());
        assertEquals(0, said.code(), said.said());
        assertTrue(said.said().contains("All statements are as they were signed: 0 in"), said.said());
    }

    @Test
    void saysWhatHoldsAndNamesWhatDoesNot() throws Exception {
        String[] here = {"audit", "--data", folder.toString()};
        Ended empty = run(here);
        assertEquals(0, empty.code(), empty.said());
        assertTrue(empty.said().contains("The audit log holds: 0 links"), empty.said());
        try (Connection c = database.superuser()) {
            Sql.run(c, "insert into waymark.audit_log (caller, action) values ('worker', 'case_read')");
            assertTrue(run(here).said().contains("1 rows not sealed yet"));
            Sql.run(c, "alter table waymark.audit_link disable trigger is_signed");
            Sql.call(c, "select waymark.gate_seal_audit(10)");
            Sql.run(c, "alter table waymark.audit_link enable always trigger is_signed");
        }
        Ended unsigned = run(here);
        assertEquals(1, unsigned.code());
        assertTrue(unsigned.said().contains("force none, link 1, row "), unsigned.said());
    }

    @Test
    void wrongArgumentsAndFoldersAreToldApart() {
        for (List<String> wrong : List.of(List.<String>of(), List.of("nothing"), List.of("audit", "x"), List.of("audit", "--data"))) {
            assertEquals(64, run(wrong.toArray(String[]::new)).code(), wrong.toString());
        }
        assertEquals(78, run("audit", "--data", folder.resolve("none").toString()).code());
    }
}
