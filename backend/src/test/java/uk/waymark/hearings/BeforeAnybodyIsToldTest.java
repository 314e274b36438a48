package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;

/** Who may not hear of a date yet, by the word of a source or since an officer comes first, is reminded of nothing and forgotten by nobody. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BeforeAnybodyIsToldTest extends CourtDay {

    private void changed(Needed needed, String id, Map<String, Object> what) {
        var data = new HashMap<>(what);
        data.put("hearing_id", needed.reference() + "h");
        report(event(needed.reference() + id, needed.reference(), at(-1), "hearing_changed", data));
    }

    private Needed added(Needed to) {
        return added(to, "+447700900190");
    }

    private Needed added(Needed to, String mobile) {
        String id = to.id() + "-second";
        report(event(to.reference() + "-add", to.reference(), at(-2), "person_added", Map.of("source_person_id", id, "role", "witness",
            "given_name", "Bryn", "family_name", "Penrose", "mobile", mobile, "mobile_safe", "safe", "language", "en",
            "entitlement", "standard")));
        UUID person = acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), id)).orElseThrow();
        return new Needed(to.reference(), id, mobile, person, to.caseId(), to.hearing());
    }

    private List<UUID> planned(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select id from waymark.reminder where hearing_id = ? and person_id = ? and state = 'planned' order by id""",
            r -> Sql.uuid(r, "id"), needed.hearing(), needed.person()));
    }

    private CourtHearing date(Needed needed) {
        return acting().as(worker("northmoor"), c -> bean(HearingStore.class).one(c, needed.hearing())).orElseThrow();
    }

    private List<JsonNode> items(String kind, Needed needed) {
        var found = new java.util.ArrayList<JsonNode>();
        staff().get("/v1/staff/queue?limit=100").expect(200).body().path("items").forEach(i -> {
            if (kind.equals(i.path("kind").asText()) && i.path("case_id").asText().equals(needed.caseId().toString())) {
                found.add(i);
            }
        });
        return found;
    }

    @Test
    @Order(1)
    void whoIsNewlyNeededByQuietNewsIsRemindedOfNothingBeforeTheUnitHasDecided() {
        Needed first = needed();
        Needed second = added(first);
        List<UUID> before = planned(first);
        assertFalse(before.isEmpty());
        changed(first, "q", Map.of("required", List.of(first.id(), second.id()), "notify", false));
        assertEquals(List.of(), planned(second), "nobody has told them");
        assertEquals(before, planned(first), "who knows of it is reminded as before");
        assertEquals(1, items("quiet_change", first).size());
        assertEquals(0, items("hearing_without_reminder", first).size());
        // a plan that is made anew meanwhile changes nothing of that
        acting().as(worker("northmoor"), c -> {
            var hearing = bean(HearingStore.class).one(c, first.hearing()).orElseThrow();
            bean(ReminderPlanner.class).plan(c, force("northmoor"), hearing, bean(ReminderPlans.class).of(c, hearing.kind()),
                clocks.caseNow());
            return null;
        });
        assertEquals(List.of(), planned(second));
        staff().post("/v1/staff/queue/" + items("quiet_change", first).getFirst().path("id").asText() + "/completion",
            Map.of("outcome", "tell")).expect(204);
        assertEquals(before.size(), planned(second).size(), "by now they are told of it");
        assertEquals(1, date(first).version());
    }

    @Test
    @Order(2)
    void aRoomThatChangesQuietlyIsNoOtherDate() {
        Needed witness = needed();
        List<UUID> before = planned(witness);
        changed(witness, "r", Map.of("court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court", "room", "7"), "notify", false));
        assertEquals(1, date(witness).version(), "what was told and answered stands");
        assertEquals("7", date(witness).room());
        assertEquals(before, planned(witness));
        assertEquals(0, items("quiet_change", witness).size());
        changed(witness, "s", Map.of("court", Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court", "room", "8")));
        assertEquals("8", date(witness).room());
    }

    @Test
    @Order(3)
    void whatIsDecidedOfAQuietCallHoldsForTheQuietMoveBeforeIt() {
        Needed first = needed();
        api().post("/sandbox/clock", Map.of("advance", Duration.ofMinutes(10).toString())).expect(200);
        Needed second = added(first, "+447700900191");
        assertTrue(phone(first).getFirst().contains("Tuesday 8 June, 10am"), phone(first)::toString);
        quietly(first, "rms", -9, "hearing_changed", Map.of("starts_at", "2027-06-10T10:00:00+01:00", "notify", false));
        assertEquals(1, items("quiet_change", first).size());
        // another source has it there as well, so that the call is not of whoever spoke last
        quietly(first, "courts", -8, "hearing_listed", Map.of("kind", "trial", "starts_at", "2027-06-10T10:00:00+01:00", "court",
            Map.of("ou_code", "C44SA00", "name", "Leeds Crown Court")));
        quietly(first, "rms", -7, "hearing_changed", Map.of("required", List.of(first.id(), second.id()), "notify", false));
        JsonNode decision = items("quiet_change", first).getFirst();
        assertEquals(1, items("quiet_change", first).size(), "one open decision a hearing");
        assertTrue(phone(first).stream().noneMatch(t -> t.contains("10 June")), phone(first)::toString);
        staff().post("/v1/staff/queue/" + decision.path("id").asText() + "/completion", Map.of("outcome", "tell")).expect(204);
        api().post("/sandbox/clock", Map.of("advance", Duration.ofMinutes(5).toString())).expect(200);
        assertTrue(phone(first).getFirst().startsWith("The court date has moved. You are now needed on Thursday 10 June, 10am."),
            phone(first)::toString);
        assertTrue(phone(second).getFirst().startsWith("You are needed at court on Thursday 10 June, 10am."), phone(second)::toString);
        assertFalse(date(first).quiet());
        assertEquals(0, items("quiet_change", first).size());
    }

    private void quietly(Needed needed, String source, int minutes, String type, Map<String, Object> what) {
        var data = new HashMap<>(what);
        data.put("hearing_id", needed.reference() + (source.equals("rms") ? "h" : "other"));
        var result = api().as(systemToken("northmoor")).post("/v1/bridge/events", Map.of("source", source, "events",
            List.of(event(needed.reference() + source + minutes, needed.reference(), at(minutes), type, data)))).expect(200).body().at("/results/0");
        assertEquals("accepted", result.path("status").asText(), result::toString);
    }

    @Test
    @Order(4)
    void whomAnOfficerTellsAfterTheDateBecameQuietIsRemindedAndWhoeverWasQuietlyCalledIsNot() {
        Needed first = needed("family_liaison");
        Needed second = added(first, "+447700900192");
        assertEquals(List.of(), planned(first), "nobody has told them");
        changed(first, "q", Map.of("required", List.of(first.id(), second.id()), "notify", false));
        assertTrue(date(first).quiet());
        for (Needed one : List.of(first, second)) {
            api().as(staffToken("officer", "northmoor")).post("/v1/staff/cases/" + first.caseId() + "/told-in-person",
                Map.of("person_id", one.person())).expect(204);
        }
        assertFalse(planned(first).isEmpty(), "they had to be there before it became quiet");
        assertEquals(List.of(), planned(second), "the unit has not decided");
    }

    @Test
    @Order(9)
    void whomAnOfficerTellsFirstReachesTheQueueWhereNobodyDoes() {
        Needed her = needed("family_liaison");
        JsonNode line = row(her);
        assertEquals("not_told", line.path("state").asText(), line::toString);
        assertEquals("hearing_without_reminder", line.at("/next/item_kind").asText(), line::toString);
        staff().post("/v1/staff/queue/" + line.at("/next/item_id").asText() + "/completion", Map.of("outcome", "done")).expect(204);
        assertEquals("officer", row(her).at("/next/step").asText());
        assertTrue(items("hearing_to_tell", her).isEmpty());
        api().post("/sandbox/clock", Map.of("at", LocalDateTime.parse("2027-06-07T12:00").atZone(WorkingDays.LONDON).toInstant().toString()))
            .expect(200);
        JsonNode item = items("hearing_to_tell", her).getFirst();
        assertEquals("officer_first", item.path("reason").asText());
        assertTrue(item.path("detail").asText().contains("do not ring"), item::toString);
        assertEquals(item.path("id"), row(her).at("/next/item_id"));
        api().as(staffToken("officer", "northmoor")).post("/v1/staff/cases/" + her.caseId() + "/told-in-person",
            Map.of("person_id", her.person())).expect(204);
        api().post("/sandbox/clock", Map.of("advance", Duration.ofMinutes(5).toString())).expect(200);
        assertTrue(items("hearing_to_tell", her).stream().noneMatch(i -> "officer_first".equals(i.path("reason").asText())),
            "an officer has told them");
        assertTrue(phone(her).stream().noneMatch(t -> t.contains("court date") || t.contains("at court on")), phone(her)::toString);
    }

    private JsonNode row(Needed needed) {
        return staff().get("/v1/staff/hearings/" + needed.hearing() + "/people").expect(200).body().at("/items/0");
    }
}
