package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Api;

/** The courts' own system belongs to no force: a list is matched force by force. */
class NationalListsTest extends CourtListTest {

    private Api national() {
        return api().as(staffToken("national_system", "northmoor"));
    }

    @Test
    void aListIsMatchedForceByForce() {
        Crime ours = crime("BOTH1");
        Crime theirs = new Crime("glanafon", "BOTH1");
        Lists list = Lists.of("crown_firm", "BOTH1", day(2), now().minusSeconds(900)).with("RESERVE", "NOBODYS1");
        JsonNode answer = national().post("/v1/bridge/court-lists", list.text()).expect(200).body();
        assertEquals("2 0 0 0", counts(answer));
        assertEquals(1, answer.path("unknown_urns").asInt());
        assertEquals("glanafon", answer.at("/forces/0/force").asText());
        assertEquals(1, answer.at("/forces/1/listed").asInt());
        for (Crime crime : List.of(ours, theirs)) {
            assertEquals(1, crime.entries().size());
            assertEquals(1, crime.texts());
        }
        // what a later edition leaves out is off in each, though neither is named in it any more
        JsonNode dropped = national().post("/v1/bridge/court-lists", list.with("URN", "NOBODYS2").published(now()).text()).expect(200).body();
        assertEquals("0 0 2 0", counts(dropped));
        assertEquals(1, ours.texts());
    }

    @Test
    void itCanDoNothingElse() {
        national().post("/v1/bridge/events", Map.of("source", "x", "events", List.of())).expect(403);
        national().get("/v1/staff/cases").expect(403);
        national().get("/v1/me").expect(403);
        // a force's own provider cannot make one
        api().as(systemToken("northmoor")).post("/v1/bridge/court-lists", "{}").expect(422);
    }
}
