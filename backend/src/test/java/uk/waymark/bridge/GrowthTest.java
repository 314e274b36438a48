package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.Settings;
import uk.waymark.platform.WorkingDays;
import uk.waymark.sandbox.SandboxForces;
import uk.waymark.testing.Api;
import uk.waymark.testing.RunningWaymark;
import uk.waymark.testing.TestClocks;
import uk.waymark.testing.TestDatabase;

/**
 * What one more case costs does not depend on how many there are. Tables read whole are counted, not seconds: a forgotten index
 * shows with 220 cases, long before anybody waits for it (50,000 took more than ten minutes once).
 */
@Tag("slow")
class GrowthTest {
    private static final int CASES = 20;
    /** What an event reads, writes and tells by; those that rounds look through, such as court dates ahead, are not among them. */
    private static final String ON_ITS_WAY = "('case_file', 'case_event', 'participant', 'person', 'hearing_person', 'hearing_subject')";
    private final TestClocks clocks = new TestClocks();
    private final TestDatabase database = TestDatabase.fresh();
    private final Settings settings = database.settings(RunningWaymark.freePort());
    private int cases;

    @Test
    void anEventReadsNoTableOfItsWayWhole() throws SQLException {
        SandboxForces.prepare(settings);
        aloneWhereNoIndexServesAreTablesReadWhole();
        bringIn(10 * CASES);
        Map<String, Long> before = readWhole();
        bringIn(CASES);
        Map<String, Long> after = readWhole();
        assertEquals(6, after.size());
        after.replaceAll((table, rows) -> (rows - before.get(table)) / (10 * CASES));
        assertEquals(Map.of(), after.entrySet().stream().filter(e -> e.getValue() >= CASES)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)), "times that a table was read whole, for 20 cases");
    }

    /** What PostgreSQL does by itself once a table has grown beyond a few pages. */
    private void aloneWhereNoIndexServesAreTablesReadWhole() throws SQLException {
        try (var c = database.superuser(); var s = c.createStatement()) {
            s.execute("alter database " + c.getCatalog() + " set enable_seqscan = off");
        }
    }

    /** An instance of its own: what a connection has counted is certain to be told when it closes. */
    private void bringIn(int howMany) {
        try (var waymark = RunningWaymark.start(settings, clocks, Map.of())) {
            Api api = waymark.api();
            var events = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < howMany; i++) {
                int n = ++cases;
                String reference = "NM/GROW/" + n;
                String at = clocks.caseNow().truncatedTo(ChronoUnit.SECONDS).toString();
                events.add(recorded("c" + n, reference, at, victim("v" + n, String.format(Locale.ROOT, "+44790%07d", n))));
                events.add(event("h" + n, reference, at, "hearing_listed", Map.of("hearing_id", "h" + n, "kind", "trial",
                    "starts_at", clocks.caseNow().atZone(WorkingDays.LONDON).toLocalDate().plusDays(40) + "T10:00:00Z",
                    "required", List.of("v" + n), "court", Map.of("name", "Leeds Crown Court"))));
            }
            String token = api.post("/sandbox/tokens", Map.of("as", "system", "force", "northmoor")).expect(200).at("/access_token");
            for (int from = 0; from < events.size(); from += CASES) {
                api.as(token).post("/v1/bridge/events", Batches.batch(events.subList(from, from + CASES))).expect(200);
            }
            api.post("/sandbox/clock", Map.of("advance", Duration.ofMinutes(5).toString())).expect(200);
        }
    }

    /** Rows read without an index so far. */
    private Map<String, Long> readWhole() throws SQLException {
        var rows = new TreeMap<String, Long>();
        try (var c = database.superuser(); var s = c.createStatement();
             var r = s.executeQuery("select relname, coalesce(seq_tup_read, 0) from pg_stat_user_tables where schemaname = 'waymark' and relname in "
                 + ON_ITS_WAY)) {
            while (r.next()) {
                rows.put(r.getString(1), r.getLong(2));
            }
        }
        return rows;
    }
}
