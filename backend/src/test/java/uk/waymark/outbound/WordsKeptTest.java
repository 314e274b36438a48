package uk.waymark.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.testing.WaymarkTest;

/** For how long what was put out is kept, who may put it, and that nobody reads it from the database. */
class WordsKeptTest extends WaymarkTest {
    private static final String WORDS = "I still cannot sleep";

    private String ask(String sql) {
        try (Connection c = database.superuser()) {
            return String.join(",", Sql.list(c, sql, r -> String.valueOf(r.getString(1))));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private boolean put(String key, String force, UUID caseId) {
        return acting().as(worker(force), (Connection c) -> bean(Outbound.class).put(c, new NewParcel(force("northmoor"), "statement_signed",
            caseId, null, bean(Ids.class).next(), key, JsonNodeFactory.instance.objectNode().put("text", WORDS))));
    }

    @Test
    void wordsGoAWhileAfterTheyArrivedAndThatTheyDidStays() {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(recorded("k-1", "NM/K/1",
            clocks.caseNow().minusSeconds(600).toString(), victim("k-v", "07700 900701")))).expect(200);
        UUID caseId = UUID.fromString(ask("select id::text from waymark.case_file"));
        assertTrue(put("one", "northmoor", caseId));
        assertEquals(false, put("one", "northmoor", caseId), "once a key");
        assertTrue(put("two", "northmoor", caseId));
        assertThrows(DatabaseFailure.class, () -> put("three", "glanafon", caseId), "nobody puts for another force");
        assertEquals("f,f", ask("select position('sleep' in encode(data, 'escape')) > 0 from waymark.outbound_parcel"));
        UUID one = UUID.fromString(ask("select id::text from waymark.outbound_parcel where dedupe_key = 'one'"));
        assertEquals(Arrivals.Said.NOTED, acting().as(worker("northmoor"),
            (Connection c) -> bean(Arrivals.class).acknowledged(c, worker("northmoor"), one, "N-1")));
        assertEquals(Arrivals.Said.NOT_THERE, acting().as(worker("glanafon"),
            (Connection c) -> bean(Arrivals.class).acknowledged(c, worker("glanafon"), one, "N-1")));
        clocks.advanceCase(Duration.ofDays(29));
        assertEquals(0, bean(WordsKept.class).wipe());
        clocks.advanceCase(Duration.ofDays(2));
        assertEquals(1, bean(WordsKept.class).wipe());
        assertEquals(0, bean(WordsKept.class).wipe());
        assertEquals("acknowledged false true,waiting true false", ask("""
            select state || ' ' || (data is not null)::text || ' ' || (reference is not null)::text
              from waymark.outbound_parcel order by number"""));
    }
}
