package uk.waymark.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/**
 * The same events in any order, twice, with late and retracted ones, give the same timeline and the same messages. Random
 * sets of events from printed seeds; each set is sent in three random orders, to three cases, in batches of random size.
 */
class EventOrderPropertyTest extends WaymarkTest {
    private static final int SETS = 25;
    private static final int ORDERS = 3;
    private static final List<String> SUSPECT_TYPES = List.of("suspect_arrested", "suspect_interviewed", "suspect_bailed",
        "bail_changed", "suspect_charged", "plea_entered", "verdict", "sentence", "prosecution_stopped");

    private String system;
    private String staff;

    /** Nothing goes out in between: what had been told when it was taken back is rightly told again. */
    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.messaging.sends", false);
    }

    @Test
    void orderOfArrivalLeavesNoTrace() {
        system = systemToken("northmoor");
        staff = staffToken("officer", "northmoor");
        for (int seed = 1; seed <= SETS; seed++) {
            Map<String, Object> expected = null;
            for (int order = 1; order <= ORDERS; order++) {
                String name = "S" + seed + "O" + order;
                String phone = "07700 900%03d".formatted(100 + seed * ORDERS + order);
                send(events(new Random(seed), name, phone), new Random(1000L * seed + order));
                SignUp.drain(this);
                Map<String, Object> got = outcome(name, phone);
                if (expected == null) {
                    expected = got;
                } else {
                    assertEquals(expected, got, "seed " + seed + ", order " + order);
                }
            }
        }
    }

    /** The same random set for every order: only the case and the prefix of the ids differ. */
    private List<Map<String, Object>> events(Random random, String name, String phone) {
        Instant now = bean(CaseClock.class).instant();
        var events = new ArrayList<Map<String, Object>>();
        String reference = "NM/ORDER/" + name;
        events.add(recorded(name + "-00", reference, now.minusSeconds(9 * 3600).toString(), victim(name + "-v", phone)));
        int count = 4 + random.nextInt(8);
        for (int i = 1; i <= count; i++) {
            String id = "%s-%02d".formatted(name, i);
            // hours collide on purpose; some lie before the crime was recorded, some are too old to be told
            String at = now.minusSeconds(3600L * (random.nextInt(10) == 0 ? 24 * 20 : random.nextInt(12))).toString();
            var data = new HashMap<String, Object>();
            String type;
            int kind = random.nextInt(10);
            if (kind < 5) {
                type = SUSPECT_TYPES.get(random.nextInt(SUSPECT_TYPES.size()));
                data.put("suspect_ref", "s" + random.nextInt(3));
                data.put(type.startsWith("suspect") || type.startsWith("bail") ? "detail" : "explanation",
                    Map.of("en", random.nextInt(4) == 0 ? "The victim was uncooperative." : "We will tell you more."));
            } else if (kind < 7) {
                type = random.nextBoolean() ? "hearing_listed" : "hearing_vacated";
                data.put("hearing_id", "h" + random.nextInt(2));
                if ("hearing_listed".equals(type)) {
                    data.put("court", Map.of("ou_code", "B01", "name", "Northmoor Crown Court"));
                    data.put("starts_at", "2027-01-0" + (1 + random.nextInt(9)) + "T10:00:00Z");
                    data.put("required", List.of());
                }
            } else if (kind < 8) {
                type = "officer_changed";
                data.put("officer", Map.of("name", "DC " + (char) ('A' + random.nextInt(5))));
            } else {
                type = "event_retracted";
                data.put("source_event_id", "%s-%02d".formatted(name, random.nextInt(count + 2)));
            }
            events.add(event(id, reference, at, type, data));
        }
        return events;
    }

    private void send(List<Map<String, Object>> events, Random random) {
        var twice = new ArrayList<>(events);
        twice.addAll(events);
        Collections.shuffle(twice, random);
        while (!twice.isEmpty()) {
            var part = twice.subList(0, Math.min(twice.size(), 1 + random.nextInt(6)));
            api().as(system).post("/v1/bridge/events", batch(new ArrayList<>(part))).expect(200);
            part.clear();
        }
    }

    private Map<String, Object> outcome(String name, String phone) {
        String id = api().as(staff).get("/v1/staff/cases?crime_reference=NM/ORDER/" + name).expect(200).at("/items/0/id");
        JsonNode found = api().as(staff).get("/v1/staff/cases/" + id).expect(200).body();
        var timeline = new ArrayList<String>();
        found.path("timeline").forEach(e -> timeline.add(e.path("source_event_id").asText().substring(name.length()) + ' '
            + e.path("kind").asText() + ' ' + e.path("headline").asText() + ' ' + e.path("held_back").asText()
            + e.path("retracted").asText()));
        List<String> shown = acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select substr(e.source_event_id, ?) || ' ' || t.kind from waymark.timeline_entry t
              join waymark.case_event e on e.id = t.id where t.case_id = ?::uuid order by t.sort_key""",
            r -> r.getString(1), name.length() + 1, id));
        List<String> messages = acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select substr(e.source_event_id, ?) as event from waymark.announcement a join waymark.case_event e on e.id = a.event_id
             where a.case_id = ?::uuid and a.wanted order by 1""", r -> r.getString(1), name.length() + 1, id));
        // of court dates a person is told what they do not know yet, so that the order matters there: HearingNoticesTest holds that
        int ofDates = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select count(*) from notifications.message m join waymark.case_event e on e.id = m.subject_ref
             where e.case_id = ?::uuid and e.type like 'hearing%' and m.state <> 'cancelled'""", r -> r.getInt(1), id).orElseThrow());
        return Map.of("texts", messages(phone).body().path("items").size() - ofDates, "stage", found.path("stage").asText(), "timeline", timeline, "shown", shown, "messages", messages);
    }
}
