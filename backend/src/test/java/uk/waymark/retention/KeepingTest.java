package uk.waymark.retention;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What the rules keep no longer goes, when it is due and not before; and people are told the same. */
class KeepingTest extends WaymarkTest {

    private int count(String sql) throws SQLException {
        try (Connection c = database.superuser()) {
            return Sql.one(c, "select count(*) from waymark." + sql, r -> r.getInt(1)).orElseThrow();
        }
    }

    @Test
    void endedSessionsClosedInvitationsAndReplayedEventsGoInTheirTime() throws SQLException {
        String at = bean(CaseClock.class).instant().minusSeconds(600).toString();
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(recorded("r-0", "NM/R/1", at, victim("r-ann", "07700 900801")),
            event("r-1", "NM/R/1", at, "no_such_type", Map.of()), event("r-2", "NM/R/1", at, "no_such_type", Map.of("a", 1)))).expect(200);
        String token = SignUp.person(this, "r-ann");
        api().as(token).post("/v1/me/contact-changes", Map.of("email", "ann@example.org")).expect(202);
        String change = api().as(token).get("/v1/me/contact-changes").expect(200).at("/items/0/id");
        api().as(token).delete("/v1/me/contact-changes/" + change).expect(204);
        api().as(token).delete("/v1/sign-in/session").expect(204);
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.quarantined_event set replayed_at = ?, replay_status = 'accepted' where source_event_id = 'r-1'",
                bean(CaseClock.class).instant());
        }
        Keeping keeping = bean(Keeping.class);
        assertEquals(0, keeping.forget());
        clocks.advanceMachine(Duration.ofDays(89));
        clocks.advanceCase(Duration.ofDays(89));
        SignUp.drain(this);
        codesGo();
        assertEquals(0, keeping.forget(), "not before");
        clocks.advanceMachine(Duration.ofDays(2));
        clocks.advanceCase(Duration.ofDays(2));
        assertEquals(3, keeping.forget());
        assertEquals(0, count("contact_change"));
        assertEquals(0, count("device_session"));
        assertEquals(0, count("refresh_token"));
        assertEquals(1, count("quarantined_event"), "what nobody has brought back stays");
        assertEquals(1, count("invitation"));
        clocks.advanceMachine(Duration.ofDays(275));
        assertEquals(1, keeping.forget());
        assertEquals(0, count("invitation"));
        assertEquals(0, keeping.forget());
        oneThatFailsIsCountedAndKeepsNoOtherFromRunning(keeping);
    }

    private void oneThatFailsIsCountedAndKeepsNoOtherFromRunning(Keeping keeping) throws SQLException {
        try (Connection c = database.superuser()) {
            Sql.run(c, "update waymark.quarantined_event set replayed_at = ?, replay_status = 'accepted'",
                bean(CaseClock.class).instant().minus(Duration.ofDays(91)));
            Sql.run(c, "alter table waymark.contact_change rename to contact_change_away");
            try {
                assertEquals(1, keeping.forget());
            } finally {
                Sql.run(c, "alter table waymark.contact_change_away rename to contact_change");
            }
        }
        for (String rule : new String[] {"finished_changes", "ended_sessions", "replayed_events"}) {
            assertEquals(rule.equals("replayed_events") ? 0 : 1,
                bean(MeterRegistry.class).get("waymark.retention.failures").tag("rule", rule).counter().count(), rule);
        }
    }

    private void codesGo() {
        acting().as(new uk.waymark.platform.Caller.Nobody(), c -> {
            Sql.call(c, "select waymark.gate_clean_up(?)", clocks.machineNow());
            return null;
        });
    }

    @Test
    void everyRuleHasSomebodyWhoRunsItAndIsToldToPeople() throws IOException {
        String page = Files.readString(Path.of("../docs/retention.md"));
        for (KeepingRule rule : KeepingRule.all()) {
            assertTrue(page.contains("`" + rule.what() + "`"), rule.what());
            if (rule.here()) {
                assertTrue(page.contains(rule.kept()), rule.what());
                assertDoesNotThrow(() -> Duration.parse(rule.kept()));
            } else if (!"none".equals(rule.runs())) {
                assertDoesNotThrow(() -> Class.forName(rule.runs()), rule.what());
            }
        }
    }
}
