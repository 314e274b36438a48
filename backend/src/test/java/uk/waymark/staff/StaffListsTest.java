package uk.waymark.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** The work queue and the list of what was sent, over HTTP with tokens of a force's identity provider. */
class StaffListsTest extends WaymarkTest {
    private static final Map<String, String> DONE = Map.of("outcome", "done");

    /** Sees completions as another feature would, and may refuse one. */
    @Singleton
    static final class Completions implements ApplicationEventListener<WorkItemCompleted> {
        static final List<String> SEEN = new CopyOnWriteArrayList<>();
        static volatile boolean refuse;

        @Override
        public void onApplicationEvent(WorkItemCompleted done) {
            if (refuse && done.subjectId() == null) {
                throw new IllegalStateException("not now");
            }
            SEEN.add(done.id() + " " + done.kind() + " " + done.outcome());
        }
    }

    @Test
    void anItemIsListedClaimedAndCompletedOnce() {
        UUID person = person("northmoor");
        String key = "test:" + person;
        assertTrue(open("northmoor", item("reply", key, person, "She said: ŵyth o'r gloch", Duration.ofHours(2))));
        assertFalse(open("northmoor", item("reply", key, person, "again", Duration.ZERO)));
        Answer list = staff("witness_care", "northmoor").get("/v1/staff/queue?limit=100").expect(200);
        var shown = find(list, person);
        assertEquals("reply", shown.get("kind").asText());
        assertEquals("She said: ŵyth o'r gloch", shown.get("detail").asText());
        assertTrue(shown.get("due_at").asText().endsWith("Z"), shown.get("due_at").asText());
        assertFalse(shown.has("claimed_by"));

        String path = "/v1/staff/queue/" + shown.get("id").asText();
        Answer mine = staff("witness_care", "northmoor").post(path + "/claim", null).expect(200);
        assertFalse(mine.at("/claimed_by").isEmpty());
        assertEquals(mine.text(), staff("witness_care", "northmoor").post(path + "/claim", null).expect(200).text());
        staff("officer", "northmoor").post(path + "/claim", null).expect(409);

        staff("officer", "northmoor").post(path + "/completion", Map.of("outcome", "show_text")).expect(422);
        staff("officer", "northmoor").post(path + "/completion", Map.of("outcome", "forgotten")).expect(400);
        staff("officer", "northmoor").post(path + "/completion", Map.of("outcome", "done", "more", 1)).expect(400);
        staff("officer", "northmoor").post(path + "/completion", Map.of("outcome", "done", "note", "Rang her."))
            .expect(204);
        staff("officer", "northmoor").post(path + "/completion", Map.of("outcome", "done")).expect(409);
        staff("officer", "northmoor").post(path + "/claim", null).expect(409);
        assertTrue(find(staff("witness_care", "northmoor").get("/v1/staff/queue?limit=100"), person) == null);
        assertTrue(Completions.SEEN.contains(shown.get("id").asText() + " reply done"));
        assertFalse(open("northmoor", item("reply", key, person, "again", Duration.ZERO)), "completed, and known");
    }

    @Test
    void anotherForceAndOtherRolesGetNothing() {
        UUID person = person("northmoor");
        open("northmoor", item("reply", "test:" + person, person, "x", Duration.ZERO));
        String id = find(staff("officer", "northmoor").get("/v1/staff/queue?limit=100"), person).get("id").asText();
        assertTrue(find(staff("officer", "glanafon").get("/v1/staff/queue?limit=100").expect(200), person) == null);
        staff("officer", "glanafon").post("/v1/staff/queue/" + id + "/claim", null).expect(404);
        staff("officer", "glanafon").post("/v1/staff/queue/" + id + "/completion", DONE).expect(404);
        for (String path : List.of("/v1/staff/queue", "/v1/staff/notifications")) {
            api().get(path).expect(401);
            staff("analyst", "northmoor").get(path).expect(403);
            staff("system", "northmoor").get(path).expect(403);
            staff("officer", "northmoor").get(path + "?cursor=nonsense").expect(400);
            staff("officer", "northmoor").get(path + "?limit=0").expect(400);
            staff("officer", "northmoor").get(path + "?limit=101").expect(400);
        }
    }

    @Test
    void pagesFollowWhatIsDueFirst() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            UUID person = person("glanafon");
            open("glanafon", item("reply", "test:" + person, person, null, Duration.ofDays(i - 2)));
            expected.add(person.toString());
        }
        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            Answer page = staff("supervisor", "glanafon")
                .get("/v1/staff/queue?limit=2" + (cursor == null ? "" : "&cursor=" + Api.encode(cursor))).expect(200);
            page.body().get("items").forEach(i -> seen.add(i.get("person_id").asText()));
            cursor = page.body().get("next_cursor").isNull() ? null : page.at("/next_cursor");
        } while (cursor != null);
        assertEquals(expected, seen);
    }

    @Test
    void whatAListenerRefusesIsNotCompleted() {
        UUID person = person("northmoor");
        open("northmoor", item("reply", "test:" + person, person, null, Duration.ZERO));
        String id = find(staff("officer", "northmoor").get("/v1/staff/queue?limit=100"), person).get("id").asText();
        Completions.refuse = true;
        try {
            staff("officer", "northmoor").post("/v1/staff/queue/" + id + "/completion", DONE).expect(500);
        } finally {
            Completions.refuse = false;
        }
        staff("officer", "northmoor").post("/v1/staff/queue/" + id + "/completion", DONE).expect(204);
    }

    @Test
    void readsAreWrittenDown() {
        UUID person = person("northmoor");
        open("northmoor", item("reply", "test:" + person, person, null, Duration.ZERO));
        staff("officer", "northmoor").get("/v1/staff/queue?limit=100").expect(200);
        assertEquals(List.of("queue_read"), acting().as(worker("northmoor"), c -> Sql.list(c,
            "select action from waymark.audit_log where person_id = ? and caller like 'staff:%'",
            r -> r.getString("action"), person)));
    }

    @Test
    void onlyAForceOpensItems() {
        var item = item("reply", "test:nobody", null, null, Duration.ZERO);
        assertThrows(DatabaseFailure.class,
            () -> acting().as(new Caller.Nobody(), c -> bean(WorkItems.class).open(c, item)));
        assertFalse(item("reply", "k", null, "my words", Duration.ZERO).toString().contains("my words"));
    }

    @Test
    void whatWasSentIsListedFailuresFirstAndByCase() {
        UUID told = person("glanafon");
        UUID untold = person("glanafon");
        UUID caseId = caseOf(untold, "glanafon");
        announce(told, "glanafon", Duration.ofDays(2));
        announce(untold, "glanafon", Duration.ZERO);
        bean(uk.waymark.messaging.Messaging.class).drain();
        Answer all = staff("witness_care", "glanafon").get("/v1/staff/notifications?limit=1").expect(200);
        assertEquals(untold.toString(), all.at("/items/0/person_id"));
        assertEquals(caseId.toString(), all.at("/items/0/case_id"));
        assertEquals("withheld", all.at("/items/0/state"));
        assertEquals("no_number", all.at("/items/0/reason"));
        assertEquals("case_update", all.at("/items/0/class"));
        Answer next = staff("witness_care", "glanafon")
            .get("/v1/staff/notifications?limit=1&cursor=" + Api.encode(all.at("/next_cursor"))).expect(200);
        assertEquals(told.toString(), next.at("/items/0/person_id"));
        assertEquals("queued", next.at("/items/0/state"));

        Answer byCase = staff("officer", "glanafon").get("/v1/staff/notifications?case_id=" + caseId).expect(200);
        assertEquals(1, byCase.body().get("items").size());
        assertTrue(byCase.body().get("next_cursor").isNull());
        assertEquals(0, staff("officer", "northmoor").get("/v1/staff/notifications?case_id=" + caseId).expect(200)
            .body().get("items").size());
    }

    private Api staff(String role, String force) {
        return api().as(staffToken(role, force));
    }

    private static com.fasterxml.jackson.databind.JsonNode find(Answer list, UUID person) {
        for (var item : list.body().get("items")) {
            if (item.path("person_id").asText().equals(person.toString())) {
                return item;
            }
        }
        return null;
    }

    private NewWorkItem item(String kind, String key, UUID person, String detail, Duration due) {
        Instant at = clocks.caseNow().plus(due);
        return new NewWorkItem(kind, key, null, person, null, "reply", detail, at);
    }

    private boolean open(String force, NewWorkItem item) {
        return acting().as(worker(force), c -> bean(WorkItems.class).open(c, item));
    }

    /** Somebody without a number, in a case of their own. */
    private UUID person(String force) {
        UUID person = bean(Ids.class).next();
        UUID caseId = bean(Ids.class).next();
        acting().as(worker(force), c -> {
            Sql.run(c, """
                insert into waymark.person (id, force_id, source, source_person_id) values (?, ?, 'test', ?)""",
                person, force(force), person.toString());
            Sql.run(c, """
                insert into waymark.case_file (id, force_id, crime_reference, crime_reference_key, recorded, updated_at)
                values (?, ?, ?, ?, true, ?)""", caseId, force(force), "x" + caseId, "x" + caseId, clocks.caseNow());
            Sql.run(c, """
                insert into waymark.participant (case_id, person_id, force_id, role, facts_key)
                values (?, ?, ?, 'victim', 'x')""", caseId, person, force(force));
            return null;
        });
        return person;
    }

    private UUID caseOf(UUID person, String force) {
        return acting().as(worker(force), c -> Sql.one(c, "select case_id from waymark.participant where person_id = ?",
            r -> Sql.uuid(r, "case_id"), person).orElseThrow());
    }

    private void announce(UUID person, String force, Duration in) {
        UUID event = bean(Ids.class).next();
        UUID caseId = caseOf(person, force);
        Instant at = clocks.caseNow().plus(in);
        acting().as(worker(force), c -> {
            Sql.run(c, """
                insert into waymark.case_event (id, force_id, case_id, source, source_event_id, type, occurred_at,
                                                received_at, content_mac, content_mac_version, payload, sort_key)
                values (?, ?, ?, 'test', ?, 'verdict', ?, ?, '\\x00', 1, '\\x00', 'x')""",
                event, force(force), caseId, event.toString(), at, at);
            Sql.run(c, """
                insert into waymark.announcement (event_id, person_id, force_id, case_id, dedupe_key, wanted)
                values (?, ?, ?, ?, ?, true)""", event, person, force(force), caseId, "event:" + event);
            bean(Outbox.class).enqueue(c, new NewMessage(force(force), person, "case_update", "case_update", Map.of(),
                "event:" + event, event, at, at.plus(Duration.ofDays(7))));
            return null;
        });
    }
}
