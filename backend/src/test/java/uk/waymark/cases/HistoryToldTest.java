package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What comes in late of the past, in a case whose officer tells people first, was told by nobody. */
class HistoryToldTest extends WaymarkTest {

    @SafeVarargs
    private void load(Map<String, Object>... events) {
        List<Map<String, Object>> history = new ArrayList<>();
        for (Map<String, Object> event : events) {
            var with = new HashMap<>(event);
            with.put("backfill", true);
            history.add(with);
        }
        for (JsonNode result : api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(history)).expect(200).body()
                .path("results")) {
            assertEquals("accepted", result.path("status").asText(), result::toString);
        }
        SignUp.drain(this);
    }

    private String at(int days) {
        return bean(CaseClock.class).instant().plus(Duration.ofDays(days)).toString();
    }

    private Map<String, Object> recorded(String id, String reference, String person, String mobile) {
        return event(id, reference, at(-400), "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "flags",
            List.of("family_liaison"), "people", List.of(victim(person, mobile))));
    }

    private Map<String, Object> charged(String id, String reference, int days) {
        return event(id, reference, at(days), "suspect_charged", Map.of("suspect_ref", id));
    }

    private List<JsonNode> items(String person) {
        String id = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c,
            "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id").toString(), person).orElseThrow());
        var items = new ArrayList<JsonNode>();
        for (JsonNode i : api().as(staffToken("officer", "northmoor")).get("/v1/staff/queue?limit=100").expect(200).body().path("items")) {
            if ("tell_in_person".equals(i.path("kind").asText()) && id.equals(i.path("person_id").asText())) {
                items.add(i);
            }
        }
        return items;
    }

    private int told(JsonNode item) {
        return api().as(staffToken("officer", "northmoor")).post("/v1/staff/queue/" + item.path("id").asText() + "/completion",
            Map.of("outcome", "told")).status();
    }

    private List<String> shown(String person) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select e.source_event_id as id from waymark.timeline_entry t join waymark.case_event e on e.id = t.id
              join waymark.person p on p.id = any (t.shown_to) where p.source_person_id = ? order by 1""",
            r -> r.getString("id"), person));
    }

    @Test
    void anItemStandsForNothingThatCameInAfterItWasRead() {
        load(recorded("a-0", "NM/HT/A", "a-v", "07700 900521"), charged("a-1", "NM/HT/A", -300));
        JsonNode read = items("a-v").getFirst();
        clocks.advanceCase(Duration.ofHours(2));
        load(charged("a-2", "NM/HT/A", -200));
        assertFalse(told(read) == 204 && shown("a-v").contains("a-2"), "whoever read the item had not read of it");
        assertEquals(List.of(), shown("a-v"));
        JsonNode now = items("a-v").getFirst();
        assertEquals(1, items("a-v").size());
        assertFalse(now.path("id").asText().equals(read.path("id").asText()));
        assertFalse(Instant.parse(now.path("due_at").asText()).isAfter(Instant.parse(read.path("due_at").asText())),
            "what comes in late does not put off what waits");
        assertEquals(204, told(now));
        assertEquals(List.of("a-0", "a-1", "a-2"), shown("a-v"));
        assertEquals(List.of(), items("a-v"));
    }

    @Test
    void whatAnOfficerHasClaimedStaysAndWhatCameInSinceIsBesideIt() {
        load(recorded("c-0", "NM/HT/C", "c-v", "07700 900523"), charged("c-1", "NM/HT/C", -300));
        JsonNode read = items("c-v").getFirst();
        api().as(staffToken("officer", "northmoor")).post("/v1/staff/queue/" + read.path("id").asText() + "/claim", null);
        clocks.advanceCase(Duration.ofHours(2));
        load(charged("c-2", "NM/HT/C", -200));
        assertEquals(2, items("c-v").size());
        load(charged("c-3", "NM/HT/C", -500));
        assertEquals(2, items("c-v").size(), "the one of before, and one for all since");
        assertEquals(204, told(read));
        assertEquals(List.of("c-0", "c-1"), shown("c-v"));
        assertEquals(1, items("c-v").size());
        assertEquals(204, told(items("c-v").getFirst()));
        assertEquals(List.of("c-0", "c-1", "c-2", "c-3"), shown("c-v"));
        assertEquals(List.of(), items("c-v"));
    }

    @Test
    void whatComesInOnceTheyWereToldIsAnotherItem() {
        load(recorded("b-0", "NM/HT/B", "b-v", "07700 900522"), charged("b-1", "NM/HT/B", -100));
        assertEquals(204, told(items("b-v").getFirst()));
        clocks.advanceCase(Duration.ofHours(2));
        load(charged("b-2", "NM/HT/B", -200), charged("b-3", "NM/HT/B", -50));
        assertEquals(List.of("b-0", "b-1"), shown("b-v"));
        assertEquals(1, items("b-v").size());
        assertTrue(items("b-v").getFirst().path("reason").asText().equals("history"));
        assertEquals(204, told(items("b-v").getFirst()));
        assertEquals(List.of("b-0", "b-1", "b-2", "b-3"), shown("b-v"));
    }
}
