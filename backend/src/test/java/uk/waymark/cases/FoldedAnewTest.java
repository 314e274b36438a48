package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.WaymarkTest;

/** What a newer version makes of events is there for cases of before as well, and nobody is told by it. */
class FoldedAnewTest extends WaymarkTest {

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.messaging.sends", false);
    }

    @Test
    void courtDatesFromBeforeTheyHadRowsComeWithoutAnEvent() throws SQLException {
        String reference = "NM/ANEW/1";
        report(recorded("anew-1", reference, at(-60), victim("anew-v", "07700 900644")),
            event("anew-2", reference, at(-50), "hearing_listed", Map.of("hearing_id", "anew-h", "kind", "trial", "starts_at",
                "2031-03-03T10:00:00Z", "court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court"), "required", List.of("anew-v"))));
        assertEquals(1, required());
        int messages = messages();
        try (var c = database.superuser(); var s = c.createStatement()) {
            s.execute("truncate waymark.hearing cascade");
            s.execute("update waymark.case_file set folded_by = 0");
        }
        assertEquals(0, required());
        assertEquals(1, bean(FoldedAnew.class).drain());
        assertEquals(1, required());
        assertEquals(messages, messages());
        assertEquals(0, bean(FoldedAnew.class).drain());
    }

    /** Nothing that a force reports makes one; whatever else does must not see its people go ten seconds after a start. */
    @Test
    void aCaseWithoutEventsIsLeftAsItIs() throws SQLException {
        try (var c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.case_file (id, force_id, crime_reference, crime_reference_key, recorded, updated_at, folded_by)
                values (gen_random_uuid(), ?, 'NM/ANEW/2', 'NM/ANEW/2', true, now(), 0)""", force("northmoor"));
        }
        assertEquals(0, bean(FoldedAnew.class).drain());
        assertEquals(1, count("select count(*) from waymark.case_file where crime_reference = 'NM/ANEW/2' and recorded"));
    }

    private int required() {
        return count("select count(*) from waymark.hearing_person where required");
    }

    private int messages() {
        return count("select count(*) from notifications.message");
    }

    private int count(String sql) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, sql, r -> r.getInt(1)).orElseThrow());
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plus(Duration.ofMinutes(minutes)).toString();
    }

    @SafeVarargs
    private void report(Map<String, Object>... events) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(events)).expect(200).body().path("results")
            .forEach(r -> assertEquals("accepted", r.path("status").asText(), r.toString()));
    }
}
