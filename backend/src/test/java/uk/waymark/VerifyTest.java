package uk.waymark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.Verifying.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uk.waymark.Verifying.Ended;
import uk.waymark.platform.Sql;
import uk.waymark.testing.TestDatabase;

/** {@code verify audit} as an operator runs it; {@code verify statements} on statements is in {@code SignedStatementsTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyTest {
    @TempDir
    static Path folder;
    private TestDatabase database;

    @BeforeAll
    void demo() throws IOException {
        database = TestDatabase.fresh();
        Verifying.demoIn(folder, database.settings(8080));
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
