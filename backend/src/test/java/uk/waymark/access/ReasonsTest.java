package uk.waymark.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;
import uk.waymark.testing.Api;
import uk.waymark.testing.WaymarkTest;

/** Why staff read: what is noted, what is refused, and what nobody can make up. */
class ReasonsTest extends WaymarkTest {
    private static int crimes;
    private Reading northmoor;
    private String caseId;
    private String path;
    private String person;

    @BeforeEach
    void aCase() {
        northmoor = new Reading(waymark, api(), "northmoor");
        caseId = northmoor.crime("RE/" + ++crimes, List.of(), "Penrose", Map.of("re-" + crimes, ""));
        path = "/v1/staff/cases/" + caseId;
        person = northmoor.person("re-" + crimes);
    }

    private String item() {
        String key = "test:" + UUID.randomUUID();
        return acting().as(worker("northmoor"), c -> {
            bean(WorkItems.class).open(c, new NewWorkItem("reply", key, UUID.fromString(caseId), UUID.fromString(person), null,
                "reply", "x", bean(CaseClock.class).instant()));
            return bean(WorkItems.class).idOf(c, key).orElseThrow().toString();
        });
    }

    @Test
    void aReadWithoutAReasonIsNotedAsSuch() {
        northmoor.as("officer").get(path).expect(200);
        assertEquals(List.of("case_read none_given", "case_read none_given"), northmoor.reasons(caseId));
    }

    @Test
    void aTaskThatIsClaimedIsTheReasonOfItself() {
        Api officer = northmoor.as("officer");
        String item = item();
        officer.post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        officer.get(path).expect(200);
        officer.get("/v1/staff/people/" + person + "/contact-preferences").expect(200);
        assertEquals(List.of("queue_item_claimed task", "case_read task +item", "case_read task +item"), northmoor.reasons(caseId));
        northmoor.as("victim_care").get(path).expect(200);
        assertTrue(northmoor.reasons(caseId).getLast().equals("case_read none_given"), "another's task is no reason");
        officer.post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(204);
        officer.get(path).expect(200);
        assertEquals("case_read none_given", northmoor.reasons(caseId).getLast());
    }

    @Test
    void aReasonIsChosenAndTyped() throws SQLException {
        Api officer = northmoor.as("officer");
        officer.with("Waymark-Reason", "enquiry").get(path).expect(200);
        assertEquals("case_read enquiry", northmoor.reasons(caseId).getLast());
        officer.with("Waymark-Reason", "other").with("Waymark-Reason-Text", "Her sister rang; t%C5%B7 is Welsh").get(path).expect(200);
        assertEquals("case_read other +words", northmoor.reasons(caseId).getLast());
        String words = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select r.id, r.words from waymark.access_reason r
             where r.id = (select reason_id from waymark.audit_log order by id desc limit 1)""",
            r -> bean(Sealing.class).openText("access_reason.words", Sql.uuid(r, "id"), r.getBytes("words"))).orElseThrow());
        assertEquals("Her sister rang; tŷ is Welsh", words);
    }

    @Test
    void aReasonThatDoesNotHoldIsRefusedAndNothingIsShown() {
        Api officer = northmoor.as("officer");
        assertEquals("/Waymark-Reason", officer.with("Waymark-Reason", "curiosity").get(path).expect(400).at("/errors/0/pointer"));
        assertEquals("/Waymark-Reason-Text", officer.with("Waymark-Reason", "other").get(path).expect(422).at("/errors/0/pointer"));
        officer.with("Waymark-Reason", "other").with("Waymark-Reason-Text", "%zz").get(path).expect(400);
        officer.with("Waymark-Reason", "other").with("Waymark-Reason-Text", "%00").get(path).expect(400);
        assertEquals("/Waymark-Reason-Task", officer.with("Waymark-Reason", "task").get(path).expect(422).at("/errors/0/pointer"));
        officer.with("Waymark-Reason-Task", "x").get(path).expect(400);
        officer.with("Waymark-Reason-Task", UUID.randomUUID().toString()).get(path).expect(422);
        String item = item();
        officer.with("Waymark-Reason-Task", item).get(path).expect(422);
        // an operation whose contract does not list them takes them as well
        officer.with("Waymark-Reason", "curiosity").get("/v1/staff/people/" + person + "/contact-preferences").expect(400);
        assertEquals(List.of(), northmoor.reasons(caseId));
        officer.post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        officer.with("Waymark-Reason-Task", item).get(path).expect(200);
        assertEquals("case_read task +item", northmoor.reasons(caseId).getLast());
    }

    @Test
    void aTaskIsNoReasonToReadAboutSomebodyElseNorForEver() {
        Api officer = northmoor.as("officer");
        String item = item();
        officer.post("/v1/staff/queue/" + item + "/claim", null).expect(200);
        String other = northmoor.crime("RE/x" + crimes, List.of(), "Other", Map.of("re-x" + crimes, ""));
        assertEquals("/Waymark-Reason-Task",
            officer.with("Waymark-Reason-Task", item).get("/v1/staff/cases/" + other).expect(422).at("/errors/0/pointer"));
        officer.with("Waymark-Reason-Task", item)
            .get("/v1/staff/people/" + northmoor.person("re-x" + crimes) + "/contact-preferences").expect(422);
        assertEquals(List.of(), northmoor.reasons(other));
        officer.post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "done")).expect(204);
        clocks.advanceCase(Duration.ofHours(3));
        officer.with("Waymark-Reason-Task", item).get(path).expect(200);
        clocks.advanceCase(Duration.ofHours(2));
        officer.with("Waymark-Reason-Task", item).get(path).expect(422);
    }

    @Test
    void aForceCanWantAReasonOfEveryRead() throws SQLException {
        try (var owner = database.login("waymark_owner")) {
            Sql.run(owner, "update waymark.force set read_reasons = 'required' where code = 'northmoor'");
            Api officer = northmoor.as("officer");
            for (String read : List.of(path, "/v1/staff/cases?crime_reference=RE%2F" + crimes,
                    "/v1/staff/people/" + person + "/contact-preferences")) {
                var refused = officer.get(read).expect(428);
                assertTrue(refused.at("/type").endsWith("reason-needed"), refused.text());
                assertFalse(refused.text().contains("Penrose"));
                officer.with("Waymark-Reason", "enquiry").get(read).expect(200);
            }
            officer.get("/v1/staff/queue").expect(200);
            officer.post("/v1/staff/queue/" + item() + "/claim", null).expect(200);
            officer.get(path).expect(200);
        } finally {
            try (var owner = database.login("waymark_owner")) {
                Sql.run(owner, "update waymark.force set read_reasons = 'asked' where code = 'northmoor'");
            }
        }
    }
}
