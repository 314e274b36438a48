package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.access.Reading;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Cases that only named people open: for everybody else of the force they are not there, unless the glass is broken. */
class RestrictedCasesTest extends WaymarkTest {
    private static int crimes;
    private Reading northmoor;
    private Api officer;
    private Api supervisor;
    private String reference;
    private String caseId;
    private String path;
    private String person;

    @BeforeEach
    void aRestrictedCase() {
        northmoor = new Reading(waymark, api(), "northmoor");
        officer = northmoor.as("officer");
        supervisor = northmoor.as("supervisor");
        reference = "RC/" + ++crimes;
        caseId = northmoor.crime(reference, List.of(crimes % 2 == 0 ? "restricted_access" : "police_suspect"), "Penrose",
            Map.of("rc-" + crimes, "07700 9007" + String.format("%02d", crimes)));
        path = "/v1/staff/cases/" + caseId;
        person = northmoor.person("rc-" + crimes);
    }

    private Answer name(Api by, String... names) {
        Answer known = by.get(path + "/access").expect(200);
        return by.with("If-Match", known.header("etag").orElseThrow()).put(path + "/access", Map.of("names", List.of(names)));
    }

    private String item() {
        String key = "test:" + UUID.randomUUID();
        return acting().as(worker("northmoor"), c -> {
            bean(WorkItems.class).open(c, new NewWorkItem("reply", key, UUID.fromString(caseId), UUID.fromString(person), null,
                "reply", "Her own words", bean(CaseClock.class).instant().minusSeconds(1)));
            return bean(WorkItems.class).idOf(c, key).orElseThrow().toString();
        });
    }

    @Test
    void itIsNotThereForWhoIsNotNamed() {
        String item = item();
        SignUp.drain(this);
        String found = "/v1/staff/cases?crime_reference=" + Api.encode(reference);
        for (String role : List.of("officer", "witness_care", "supervisor")) {
            Api staff = northmoor.as(role);
            staff.get(path).expect(404);
            assertTrue(staff.get(found).expect(200).body().path("items").isEmpty(), role);
            staff.get("/v1/staff/people/" + person + "/contact-preferences").expect(404);
            staff.post("/v1/staff/people/" + person + "/invitations", Map.of("hand_over", "in_person")).expect(404);
            staff.delete("/v1/staff/people/" + person + "/account-link").expect(404);
            for (String list : List.of("/v1/staff/notifications?limit=100", "/v1/staff/notifications?case_id=" + caseId)) {
                String sent = staff.get(list).expect(200).text();
                assertFalse(sent.contains(person) || sent.contains(caseId), role + ": " + sent);
            }
        }
        assertFalse(officer.get("/v1/staff/queue?limit=100").expect(200).text().contains(item));
        officer.post("/v1/staff/queue/" + item + "/claim", null).expect(404);
        // somebody has to know that something waits; what it says is not for who is not named
        Answer queue = supervisor.get("/v1/staff/queue?limit=100").expect(200);
        assertTrue(queue.text().contains(item));
        assertFalse(queue.text().contains("Her own words") || queue.text().contains(person), "neither what nor whom");
        assertTrue(supervisor.post("/v1/staff/queue/" + item + "/claim", null).expect(409).at("/type").endsWith("restricted-case"));
        supervisor.post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(409);
    }

    @Test
    void whoIsNamedOpensItUntilTheyAreTakenOff() {
        assertTrue(supervisor.get(path + "/access").expect(200).body().path("restricted").asBoolean());
        supervisor.put(path + "/access", Map.of("names", List.of())).expect(428);
        supervisor.with("If-Match", "\"x\"").put(path + "/access", Map.of("names", List.of())).expect(412);
        officer.get(path + "/access").expect(403);
        name(supervisor, "northmoor-supervisor").expect(422);
        assertEquals("northmoor-officer", name(supervisor, "northmoor-officer").expect(200).at("/members/0/name"));
        officer.get(path).expect(200);
        String item = item();
        officer.get("/v1/staff/people/" + person + "/contact-preferences").expect(200);
        officer.post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        officer.post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(204);
        northmoor.as("witness_care").get(path).expect(404);
        new Reading(waymark, api(), "glanafon").as("supervisor").get(path + "/access").expect(404);
        name(northmoor.as("administrator"), "northmoor-officer", "northmoor-supervisor").expect(200);
        supervisor.get(path).expect(200);
        name(supervisor, "northmoor-supervisor").expect(200);
        officer.get(path).expect(404);
    }

    /** A force may have one supervisor only. */
    @Test
    void whatASupervisorDidAnAdministratorLooksInto() {
        Api administrator = northmoor.as("administrator");
        String ordinary = item();
        officer.post(path + "/break-glass", Map.of("reason", "He is at the desk.")).expect(200);
        supervisor.post(path + "/break-glass", Map.of("reason", "She is at the desk.")).expect(200);
        var alerts = northmoor.queue("supervisor", "break_glass");
        String ofOfficer = alerts.stream().filter(a -> a.path("detail").asText().contains("northmoor-officer")
            && a.path("case_id").asText().equals(caseId)).findFirst().orElseThrow().path("id").asText();
        String ofSupervisor = alerts.stream().filter(a -> a.path("detail").asText().contains("northmoor-supervisor")
            && a.path("case_id").asText().equals(caseId)).findFirst().orElseThrow().path("id").asText();
        var seen = administrator.get("/v1/staff/queue?limit=100").expect(200).body().path("items");
        assertTrue(seen.findValuesAsText("id").contains(ofSupervisor), seen.toString());
        seen.forEach(i -> assertTrue(i.path("detail").asText().contains("northmoor-supervisor"), "nothing else of the queue: " + i));
        for (String closed : List.of(ordinary, ofOfficer)) {
            administrator.post("/v1/staff/queue/" + closed + "/claim", null).expect(404);
            administrator.post("/v1/staff/queue/" + closed + "/completion", Map.of("outcome", "done")).expect(404);
        }
        assertTrue(supervisor.post("/v1/staff/queue/" + ofSupervisor + "/completion", Map.of("outcome", "done")).expect(409).at("/type")
            .endsWith("about-yourself"));
        administrator.post("/v1/staff/queue/" + ofSupervisor + "/claim", null).expect(200);
        administrator.post("/v1/staff/queue/" + ofSupervisor + "/completion", Map.of("outcome", "done",
            "note", "Rang the desk: she was there.")).expect(204);
        assertTrue(northmoor.reasons(caseId).containsAll(List.of("queue_item_claimed task", "queue_item_completed task")),
            northmoor.reasons(caseId).toString());
        new Reading(waymark, api(), "glanafon").as("administrator").post("/v1/staff/queue/" + ofSupervisor + "/claim", null).expect(404);
    }

    @Test
    void theGlassIsBrokenForAnHourAndASupervisorIsTold() {
        String before = Integer.toString(northmoor.queue("supervisor", "break_glass").size());
        officer.post(path + "/break-glass", Map.of("reason", "x")).expect(400);
        Answer opened = officer.post(path + "/break-glass", Map.of("reason", "She is at the desk and afraid.")).expect(200);
        assertEquals(caseId, opened.at("/case_id"));
        officer.get(path).expect(200);
        northmoor.as("witness_care").get(path).expect(404);
        assertTrue(northmoor.as("victim_care").post("/v1/staff/break-glass", Map.of("crime_reference", reference.toLowerCase(),
            "reason", "Asked at the desk.")).expect(200).at("/case_id").equals(caseId));
        northmoor.as("victim_care").get(path).expect(200);
        var told = northmoor.queue("supervisor", "break_glass");
        assertEquals(Integer.parseInt(before) + 2, told.size());
        var mine = told.stream().filter(i -> i.path("detail").asText().contains("She is at the desk and afraid.")).findFirst().orElseThrow();
        assertEquals(caseId, mine.path("case_id").asText());
        assertTrue(mine.path("detail").asText().contains("northmoor-officer"));
        assertEquals(List.of(), northmoor.queue("officer", "break_glass"), "only supervisors look into it");
        supervisor.get(path).expect(404);
        supervisor.post("/v1/staff/queue/" + mine.path("id").asText() + "/completion", Map.of("outcome", "done")).expect(204);
        clocks.advanceMachine(Duration.ofMinutes(61));
        new Reading(waymark, api(), "northmoor").as("officer").get(path).expect(404);
    }

    @Test
    void nobodyLooksIntoWhatTheyDidThemselves() {
        supervisor.post(path + "/break-glass", Map.of("reason", "I wanted to see it.")).expect(200);
        String mine = northmoor.queue("supervisor", "break_glass").stream()
            .filter(i -> i.path("detail").asText().contains("I wanted to see it.")).findFirst().orElseThrow().path("id").asText();
        for (Answer refused : List.of(supervisor.post("/v1/staff/queue/" + mine + "/claim", null),
                supervisor.post("/v1/staff/queue/" + mine + "/completion", Map.of("outcome", "done")))) {
            assertTrue(refused.expect(409).at("/type").endsWith("about-yourself"));
        }
    }

    @Test
    void nothingElseIsInItsWay() {
        String open = northmoor.crime(reference + "/A", List.of(), "Penrose", Map.of("rc-open-" + crimes, ""));
        officer.post("/v1/staff/cases/" + open + "/break-glass", Map.of("reason", "For no reason.")).expect(409);
        supervisor.with("If-Match", supervisor.get("/v1/staff/cases/" + open + "/access").expect(200).header("etag").orElseThrow())
            .put("/v1/staff/cases/" + open + "/access", Map.of("names", List.of("a"))).expect(409);
        officer.post("/v1/staff/cases/" + UUID.randomUUID() + "/break-glass", Map.of("reason", "For no reason.")).expect(404);
        officer.post("/v1/staff/break-glass", Map.of("crime_reference", "NO/1", "reason", "For no reason.")).expect(404);

        // the force's systems, the person and what is sent go on as ever
        Api me = api().as(SignUp.person(this, "rc-" + crimes));
        me.get("/v1/me/cases/" + caseId).expect(200);
        String at = bean(CaseClock.class).instant().toString();
        assertEquals("accepted", northmoor.report(event("go-" + crimes, reference, at, "suspect_arrested", Map.of("suspect_ref", "S")))
            .at("/results/0/status").asText());
        assertEquals(2, me.get("/v1/me/cases/" + caseId + "/timeline").expect(200).body().path("items").size());
        // once the flags are gone it is a case like any other
        northmoor.report(event("fl-" + crimes, reference, at, "case_changed", Map.of("flags", List.of("hate_crime"))));
        officer.get(path).expect(200);
        officer.get("/v1/staff/people/" + person + "/contact-preferences").expect(200);
    }
}
