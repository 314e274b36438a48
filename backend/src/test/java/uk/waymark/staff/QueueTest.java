package uk.waymark.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.waymark.api.model.QueueGroup;
import uk.waymark.api.model.QueueItemKind;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;
import uk.waymark.web.staff.StaffOutcomes;

/** The queue by what it is about and by who has it, also where it is long. */
class QueueTest extends WaymarkTest {

    private Api staff(String role, String force) {
        return api().as(staffToken(role, force));
    }

    private void open(String force, String kind, String key, Duration due) {
        acting().as(worker(force), c -> bean(WorkItems.class).open(c, new NewWorkItem(kind, key, null, null, null, kind, "About " + key,
            bean(CaseClock.class).instant().plus(due))));
    }

    private List<JsonNode> items(Api staff, String query) {
        var all = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = staff.get("/v1/staff/queue?limit=100" + query + cursor).expect(200).body();
            page.path("items").forEach(all::add);
            cursor = page.path("next_cursor").isNull() ? null : "&cursor=" + Api.encode(page.path("next_cursor").asText());
        } while (cursor != null);
        return all;
    }

    private Set<String> kinds(Api staff, String query) {
        return items(staff, query).stream().map(i -> i.path("kind").asText()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKindIsInOneGroupAndThePagesOfferWhatItTakes() {
        var all = new ArrayList<String>();
        QueueGroups.KINDS.values().forEach(all::addAll);
        assertEquals(new HashSet<>(all).size(), all.size(), "no kind is in two groups");
        assertEquals(Arrays.stream(QueueItemKind.values()).map(QueueItemKind::getValue).collect(Collectors.toCollection(TreeSet::new)),
            new TreeSet<>(all));
        assertEquals(Arrays.stream(QueueGroup.values()).map(QueueGroup::getValue).collect(Collectors.toSet()), QueueGroups.KINDS.keySet());
        for (String kind : all) {
            Set<String> taken = new HashSet<>(WorkQueue.OUTCOMES.getOrDefault(kind, Set.of(WorkQueue.DONE)));
            if (taken.size() > 1) {
                taken.remove(WorkQueue.DONE);
            }
            assertEquals(taken, Set.copyOf(StaffOutcomes.of(kind)), kind);
        }
    }

    @Test
    void itIsReadByWhatItIsAboutAndByWhoHasIt() {
        open("northmoor", "reply", "q-reply", Duration.ofHours(1));
        open("northmoor", "message_failed", "q-failed", Duration.ofHours(2));
        open("northmoor", "call_to_correct", "q-call", Duration.ofHours(-1));
        Api worker = staff("witness_care", "northmoor");
        assertEquals(Set.of("reply"), kinds(worker, "&group=replies"));
        assertEquals(Set.of("call_to_correct"), kinds(worker, "&group=calls"));
        assertEquals(Set.of(), kinds(worker, "&group=statements"));
        worker.get("/v1/staff/queue?group=nonsense").expect(400);
        String call = items(worker, "&group=calls").getFirst().path("id").asText();
        worker.post("/v1/staff/queue/" + call + "/claim", null).expect(200);
        assertEquals(Set.of("call_to_correct"), kinds(worker, "&claimed_by=me"));
        assertEquals(Set.of("call_to_correct"), kinds(staff("officer", "northmoor"), "&claimed_by=northmoor-witness-care"));
        assertFalse(kinds(worker, "&claimed_by=nobody").contains("call_to_correct"));
        assertEquals(Set.of("message_failed"), kinds(worker, "&group=failures&claimed_by=nobody"));

        Api supervisor = staff("supervisor", "northmoor");
        worker.get("/v1/staff/queue/summary").expect(403);
        var counts = new LinkedHashMap<String, String>();
        for (JsonNode one : supervisor.get("/v1/staff/queue/summary").expect(200).body().path("items")) {
            counts.put(one.path("claimed_by").asText("-") + ' ' + one.path("group").asText(), one.path("open").asInt() + " "
                + one.path("overdue").asInt());
        }
        assertEquals(List.of("- failures", "- replies", "northmoor-witness-care calls"), List.copyOf(counts.keySet()));
        assertEquals("1 1", counts.get("northmoor-witness-care calls"));
        assertEquals("1 0", counts.get("- replies"));

        staff("officer", "northmoor").delete("/v1/staff/queue/" + call + "/claim").expect(409);
        worker.delete("/v1/staff/queue/" + call + "/claim").expect(204);
        worker.delete("/v1/staff/queue/" + call + "/claim").expect(204);
        assertEquals(Set.of(), kinds(worker, "&claimed_by=me"));
        staff("officer", "northmoor").post("/v1/staff/queue/" + call + "/claim", null).expect(200);
        worker.delete("/v1/staff/queue/" + UUID.randomUUID() + "/claim").expect(404);
        staff("witness_care", "glanafon").delete("/v1/staff/queue/" + call + "/claim").expect(404);
    }

    private void seen(String force, String subject, String name, String role) {
        bean(Colleagues.class).seen(new Caller.Staff(worker(force).requireForce(), subject, Set.of(role), null,
            new Caller.Self(name, null, null, null)));
    }

    /** @return the colleagues of a force, id and name */
    private List<String> colleagues(String force) {
        var all = new ArrayList<String>();
        staff("witness_care", force).get("/v1/staff/colleagues").expect(200).body().path("items")
            .forEach(one -> all.add(one.path("id").asText() + " " + one.path("name").asText()));
        return all;
    }

    @Test
    void colleaguesAreNamedToTheirOwnForceAloneAsTheyAreCalledNow() throws SQLException {
        seen("northmoor", "oid-1", "Sioned Ellis", "officer");
        seen("glanafon", "oid-1", "Aled Parry", "officer");
        seen("northmoor", "oid-2", "Joanna Lindqvist", "analyst");
        staff("analyst", "northmoor").get("/v1/staff/colleagues").expect(403);
        assertEquals(List.of("northmoor-witness-care Ruth Pemberton", "oid-1 Sioned Ellis"),
            colleagues("northmoor").stream().filter(one -> one.matches("(northmoor-witness-care|oid-).*")).toList(),
            "by name, and nobody who takes nothing on");
        assertTrue(colleagues("glanafon").contains("oid-1 Aled Parry"), "the same id is somebody else there");
        assertFalse(colleagues("glanafon").toString().contains("Sioned"));
        seen("northmoor", "oid-1", "Sioned Rees", "officer");
        assertTrue(colleagues("northmoor").contains("oid-1 Sioned Rees") && !colleagues("northmoor").contains("oid-1 Sioned Ellis"));
        assertTrue(colleagues("glanafon").contains("oid-1 Aled Parry"));

        open("northmoor", "number_passed_on", "q-named", Duration.ofHours(3));
        Api worker = staff("witness_care", "northmoor");
        String path = "/v1/staff/queue/" + items(worker, "&group=contact").getFirst().path("id").asText();
        assertEquals("Ruth Pemberton", worker.post(path + "/claim", null).expect(200).at("/claimed_by_name"));
        worker.post(path + "/assignment", Map.of("to", "oid-2")).expect(422);
        worker.post(path + "/assignment", Map.of("to", "oid-1")).expect(204);
        assertEquals("Sioned Rees", items(worker, "&claimed_by=oid-1").getFirst().path("claimed_by_name").asText());
        assertTrue(staff("supervisor", "northmoor").get("/v1/staff/queue/summary").expect(200).text().contains("\"Sioned Rees\""));

        try (Connection c = database.superuser()) {
            assertEquals(1, Sql.run(c, """
                update waymark.staff_name set seen_on = seen_on - 91
                 where caller = 'staff:oid-1' and force_id = (select id from waymark.force where code = 'northmoor')"""));
        }
        assertFalse(colleagues("northmoor").toString().contains("Sioned"), "has left");
        assertEquals("Sioned Rees", items(worker, "&claimed_by=oid-1").getFirst().path("claimed_by_name").asText(), "still called so");
        worker.post(path + "/completion", Map.of("outcome", "done")).expect(204);
    }

    /** Rows that PostgreSQL reads for a page, counted and not timed. */
    @Test
    void aPageOfTenThousandReadsFewRows() throws SQLException {
        try (Connection c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.work_item (id, force_id, kind, dedupe_key, reason, due_at, created_at)
                select gen_random_uuid(), f.id, case when n % 500 = 0 then 'statement_signed' else 'message_failed' end, 'long:' || n, 'x',
                       timestamptz '2026-12-01' + n * interval '1 minute', timestamptz '2026-11-01'
                  from waymark.force f, generate_series(1, 10000) n where f.code = 'glanafon'""");
            Sql.run(c, "analyze waymark.work_item");
        }
        var staff = new Caller.Staff(worker("glanafon").requireForce(), "glanafon-witness-care", Set.of("witness_care"));
        for (String group : new String[] {null, "failures", "statements"}) {
            assertTrue(read(staff, group, null) <= 200, "the first page of " + group);
        }
        List<WorkQueue.Item> first = bean(WorkQueue.class).page(staff, new WorkQueue.Wanted(false, null, null), null, 5000);
        WorkQueue.Item last = first.getLast();
        assertTrue(read(staff, null, new WorkQueue.Place(last.later(), last.dueAt(), last.id())) <= 200, "a page in the middle");
        assertEquals(20, items(staff("witness_care", "glanafon"), "&group=statements").size());
    }

    /** The most rows that one step of the plan has read, those that it threw away counted in. */
    private int read(Caller.Staff staff, String group, WorkQueue.Place after) {
        var values = new ArrayList<Object>();
        String sql = WorkQueue.sql(staff, new WorkQueue.Wanted(false, group, null), after, values);
        values.add(51);
        String plan = acting().as(staff, c -> Sql.one(c, "explain (analyze, timing off, costs off, format json) " + sql,
            r -> r.getString(1), values.toArray()).orElseThrow());
        try {
            JsonNode root = Api.JSON.readTree(plan);
            int most = 0;
            for (String field : List.of("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")) {
                most = Math.max(most, root.findValues(field).stream().mapToInt(JsonNode::asInt).max().orElse(0));
            }
            return most;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
