package uk.waymark.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.access.Reading;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** What a person must not download, taken out by a supervisor: that person's own file, by their own wish, and nothing else. */
class StaffExportTest extends WaymarkTest {
    private static int people;
    private Reading northmoor;
    private Api supervisor;
    private String source;
    private String reference;
    private String mobile;

    @BeforeEach
    void somebodyNew() {
        northmoor = new Reading(waymark, api(), "northmoor");
        supervisor = northmoor.as("supervisor");
        source = "se-" + ++people;
        reference = "SE/" + people;
        mobile = "07700 9008" + String.format("%02d", people);
    }

    private String path() {
        return "/v1/staff/people/" + northmoor.person(source) + "/export";
    }

    /** As if asked for: for people without a flag too, whose own file can be had beside it. */
    private UUID wish(String kind) {
        UUID person = UUID.fromString(northmoor.person(source));
        String key = "test:" + UUID.randomUUID();
        return acting().as(worker("northmoor"), c -> {
            bean(WorkItems.class).open(c, new NewWorkItem(kind, key, null, person, null, kind, null,
                bean(CaseClock.class).instant().plusSeconds(60)));
            return bean(WorkItems.class).idOf(c, key).orElseThrow();
        });
    }

    private void claim(UUID item) {
        supervisor.post("/v1/staff/queue/" + item + "/claim", null).expect(200);
    }

    private Map<String, String> taken(UUID item) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = Zips.post(waymark.base().resolve(path()), staffToken("supervisor", "northmoor"),
            "{\"item\":\"" + item + "\"}");
        assertEquals(200, answer.statusCode());
        assertEquals("application/zip", answer.headers().firstValue("content-type").orElseThrow());
        assertEquals("no-store", answer.headers().firstValue("cache-control").orElseThrow());
        return Zips.files(answer.body());
    }

    private static JsonNode json(Map<String, String> files) throws IOException {
        return Api.JSON.readTree(files.get("my-information.json"));
    }

    private static String page(Map<String, String> files) {
        return files.get("index.html").replaceAll("Made on [^<]*", "").replaceAll("(?s)<h2 id=\"access_log\">.*", "");
    }

    @Test
    void itIsThePersonsOwnFile() throws Exception {
        northmoor.crime(reference, List.of(), "Penrose", Map.of(source, mobile, source + "-other", ""));
        String token = SignUp.person(this, source);
        // answers once the receipts are in, which say how what was sent went
        api().post("/sandbox/clock", Map.of("advance", "PT1S")).expect(200);
        Map<String, String> own = Zips.files(Zips.download(waymark.base().resolve("/v1/me/export"), token, "en").body());
        UUID item = wish("export_wanted");
        claim(item);
        Map<String, String> taken = taken(item);
        assertEquals(Set.of("index.html", "my-information.json"), taken.keySet());
        var theirs = (ObjectNode) json(own);
        var ours = (ObjectNode) json(taken);
        assertTrue(ours.path("devices").size() == 1 && ours.path("cases").size() > 1, ours.toString());
        for (ObjectNode file : List.of(theirs, ours)) {
            file.remove(List.of("made_at", "access_log"));
        }
        assertEquals(theirs, ours);
        assertEquals(page(own), page(taken));
        Answer log = api().as(token).get("/v1/me/access-log").expect(200);
        assertEquals("Took out a copy of what is kept about you, to give it to you", log.at("/items/0/what"));
        assertEquals(List.of("export_read task"), acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select action, reason from waymark.audit_log where action = 'export_read' and reason_item = ?""",
            r -> r.getString("action") + ' ' + r.getString("reason"), item)));
    }

    @Test
    void whoIsInDangerAsksAndTheUnitTakesItOut() throws Exception {
        northmoor.crime(reference, List.of("stalking"), "Penrose", Map.of(source, mobile));
        String token = SignUp.person(this, source);
        api().as(token).get("/v1/me/export").expect(409);
        String person = northmoor.person(source);
        UUID item = northmoor.queue("supervisor", "export_wanted").stream().filter(i -> i.path("person_id").asText().equals(person))
            .map(i -> UUID.fromString(i.path("id").asText())).findFirst().orElseThrow();
        Map<String, Object> wanted = Map.of("item", item, "language", "cy");
        for (String role : List.of("officer", "victim_care", "witness_care", "administrator", "analyst")) {
            northmoor.as(role).post(path(), wanted).expect(403);
        }
        assertTrue(supervisor.post(path(), wanted).expect(422).text().contains("/item"), "not claimed");
        northmoor.as("victim_care").post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        supervisor.post(path(), wanted).expect(422);
        assertEquals(List.of(), acting().as(worker("northmoor"), (Connection c) -> Sql.list(c,
            "select id from waymark.audit_log where action = 'export_read' and person_id = ?", r -> r.getLong("id"),
            UUID.fromString(person))), "what was refused is not told as done");
        acting().as(worker("northmoor"), c -> Sql.run(c, "update waymark.work_item set claimed_by = null where id = ?", item));
        claim(item);
        Map<String, String> files = Zips.files(Zips.post(waymark.base().resolve(path()), staffToken("supervisor", "northmoor"),
            Api.JSON.writeValueAsString(wanted)).body());
        assertTrue(files.get("index.html").contains("<html lang=\"cy\">"));
        assertEquals(1, json(files).path("devices").size());
        assertFalse(files.get("my-information.json").contains("stalking"));
        new Reading(waymark, api(), "glanafon").as("supervisor").post(path(), wanted).expect(404);
        supervisor.post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(204);
        supervisor.post(path(), wanted).expect(422);
    }

    @Test
    void anItemOfAnotherKindOrPersonOpensNothing() {
        northmoor.crime(reference, List.of(), "Penrose", Map.of(source, mobile));
        UUID erasure = wish("erasure_wanted");
        claim(erasure);
        supervisor.post(path(), Map.of("item", erasure)).expect(422);
        supervisor.post(path(), Map.of("item", UUID.randomUUID())).expect(422);
        supervisor.post(path(), Map.of()).expect(400);
        UUID item = wish("export_wanted");
        claim(item);
        northmoor.crime(reference + "x", List.of(), "Penrose", Map.of(source + "x", ""));
        supervisor.post("/v1/staff/people/" + northmoor.person(source + "x") + "/export", Map.of("item", item)).expect(422);
    }

    @Test
    void restrictedCasesAreForNamedPeopleOnly() throws Exception {
        String open = northmoor.crime(reference, List.of(), "Penrose", Map.of(source, mobile));
        UUID item = wish("export_wanted");
        claim(item);
        String closed = northmoor.crime(reference + "r", List.of("restricted_access"), "Penrose", Map.of(source, mobile));
        assertFalse(open.equals(closed));
        assertTrue(supervisor.post(path(), Map.of("item", item)).expect(409).at("/type").endsWith("restricted-case"));
        String access = "/v1/staff/cases/" + closed;
        supervisor.post(access + "/break-glass", Map.of("reason", "She asks for her file.")).expect(200);
        supervisor.post(path(), Map.of("item", item)).expect(409);
        Api administrator = northmoor.as("administrator");
        String tag = administrator.get(access + "/access").expect(200).header("etag").orElseThrow();
        administrator.with("If-Match", tag).put(access + "/access", Map.of("names", List.of("northmoor-supervisor"))).expect(200);
        assertEquals(reference.length(), json(taken(item)).at("/cases/0/crime_reference").asText().replace("r", "").length());
    }

    @Test
    void whoeverElseIsOnTheAccountIsLeftOut() throws Exception {
        northmoor.crime(reference, List.of(), "Penrose", Map.of(source, mobile, source + "-b", ""));
        SignUp.person(this, source);
        UUID item = wish("export_wanted");
        claim(item);
        assertEquals(1, json(taken(item)).path("devices").size());
        try (Connection c = database.superuser()) {
            Sql.run(c, """
                insert into waymark.account_person (account_id, person_id, force_id, number_held, linked_at)
                select account_id, ?::uuid, force_id, false, linked_at from waymark.account_person where person_id = ?::uuid""",
                northmoor.person(source + "-b"), northmoor.person(source));
        }
        JsonNode file = json(taken(item));
        assertTrue(file.path("devices").isEmpty(), "they may be the other's: " + file.path("devices"));
    }

    /** The entry itself, as code that has gone wrong might use it. */
    @Test
    void theEntryReadsOnlyAndIsForSupervisorsAlone() {
        northmoor.crime(reference, List.of(), "Penrose", Map.of(source, mobile));
        SignUp.person(this, source);
        UUID item = wish("export_wanted");
        claim(item);
        UUID person = UUID.fromString(northmoor.person(source));
        var view = new Caller.ForPerson(new Caller.Staff(force("northmoor"), "northmoor-supervisor", Set.of("supervisor")), person, item);
        assertEquals(List.of(person), acting().as(view, (Connection c) -> Sql.list(c, "select id from waymark.person",
            r -> Sql.uuid(r, "id"))));
        assertThrows(DatabaseFailure.class, () -> acting().as(view, (Connection c) -> Sql.run(c,
            "update waymark.account set pin_hash = null")));
        assertThrows(DatabaseFailure.class, () -> acting().as(view, (Connection c) -> Sql.run(c,
            "set transaction read write")));
        for (Caller.Staff other : List.of(new Caller.Staff(force("northmoor"), "northmoor-supervisor", Set.of("officer")),
                new Caller.Staff(force("northmoor"), "northmoor-another", Set.of("supervisor")),
                new Caller.Staff(force("glanafon"), "northmoor-supervisor", Set.of("supervisor")))) {
            assertThrows(ProblemException.class, () -> acting().as(new Caller.ForPerson(other, person, item), () -> null));
        }
    }
}
