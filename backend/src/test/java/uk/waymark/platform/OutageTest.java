package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;
import uk.waymark.testing.WaymarkTest;

/** The database goes away and comes back. */
class OutageTest extends WaymarkTest {

    @Test
    void readinessFollowsTheDatabaseAndLivenessDoesNot() throws SQLException {
        api().get("/health/readiness").expect(200);
        allowConnections(false);
        assertEquals("DOWN", api().get("/health/readiness").expect(503).at("/status"));
        api().get("/health/liveness").expect(200);
        Answer refused = api().post("/v1/sign-in/codes", Map.of("mobile", "07700 900001")).expect(503);
        assertEquals("application/problem+json", refused.header("content-type").orElseThrow());
        assertTrue(refused.header("retry-after").isPresent());
        allowConnections(true);
        assertTrue(readyAgain(), "ready within a minute of the database's return");
    }

    /** The pool waits longer after each refused connection, up to some seconds, and may hold one that was just ended. */
    private boolean readyAgain() {
        Instant until = Instant.now().plusSeconds(60);
        boolean ready;
        do {
            ready = api().get("/health/readiness").status() == 200;
        } while (!ready && Instant.now().isBefore(until));
        return ready;
    }

    private void allowConnections(boolean allowed) throws SQLException {
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        try (var c = database.administrator(); var statement = c.createStatement()) {
            statement.execute("alter database " + name + " allow_connections " + allowed);
            if (!allowed) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
            }
        }
    }
}
