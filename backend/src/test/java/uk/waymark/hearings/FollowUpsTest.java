package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
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

/** What follows where a word comes late, in vain or under another record. In the order of case time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FollowUpsTest extends CourtDay {

    private void to(String local) {
        api().post("/sandbox/clock", Map.of("at", LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant().toString())).expect(200);
    }

    private UUID person(String id) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, "select id from waymark.person where source_person_id = ?",
            r -> Sql.uuid(r, "id"), id)).orElseThrow();
    }

    /** The same person under another record. */
    private Needed again(Needed n, String mobile) {
        String id = n.id() + "-again";
        report(event(n.reference() + "-again", n.reference(), at(-5), "person_added", Map.of("source_person_id", id, "role", "witness",
            "given_name", "Alys", "family_name", "Penrose", "mobile", mobile, "mobile_safe", "safe", "language", "en", "entitlement", "standard")));
        return new Needed(n.reference(), id, mobile, person(id), n.caseId(), n.hearing());
    }

    private void merge(Needed from, Needed into) {
        report(event(from.reference() + "-one", from.reference(), at(-1), "people_merged", Map.of("source_person_id", into.id(), "merged",
            List.of(from.id()))));
    }

    /** Whether texts are stopped, and whether START was asked for since. */
    private String texts(Needed n) {
        return acting().as(worker("northmoor"), c -> Sql.one(c, """
            select texts_stopped_at is not null as stopped, texts_start_asked_at is not null as asked from waymark.person where id = ?""",
            r -> (r.getBoolean("stopped") ? "stopped" : "open") + (r.getBoolean("asked") ? ", asked" : ""), n.person()).orElseThrow());
    }

    private void prefer(Needed n, List<Map<String, Object>> channels) {
        String path = "/v1/staff/people/" + n.person() + "/contact-preferences";
        staff().with("If-Match", staff().get(path).expect(200).header("etag").orElseThrow()).put(path, Map.of("language", "en",
            "discreet_mode", true, "reason", "Spoke with them.", "channels", channels)).expect(200);
    }

    @Test
    @Order(1)
    void whoAskedForTextsUnderTheOtherRecordHasAskedForThem() {
        to("2027-05-17T12:00");
        Needed asked = needed("domestic_abuse");
        Needed survivor = again(asked, "+447700900193");
        reply(asked, "STOP");
        reply(asked, "START");
        assertEquals("stopped, asked", texts(asked));
        merge(asked, survivor);
        assertEquals("stopped, asked", texts(survivor));
        prefer(survivor, List.of(Map.of("channel", "sms", "safety", "safe")));
        assertEquals("open", texts(survivor), "they have said it to staff as well");
    }

    @Test
    @Order(2)
    void whoStoppedTextsUnderOneRecordAndAskedUnderTheOtherStillHasThemStopped() {
        Needed stopped = needed("domestic_abuse");
        Needed survivor = again(stopped, "+447700900194");
        reply(stopped, "STOP");
        reply(survivor, "STOP");
        reply(survivor, "START");
        assertEquals("stopped, asked", texts(survivor));
        merge(stopped, survivor);
        assertEquals("stopped", texts(survivor));
        prefer(survivor, List.of(Map.of("channel", "sms", "safety", "safe")));
        assertEquals("stopped", texts(survivor), "that texts are safe starts nothing that nobody asked for");
    }

    @Test
    @Order(3)
    void fromTheCourtToTheUnitAndFromTheUnitToThePersonAreTwoClocks() {
        Needed n = needed();
        Instant had = clocks.caseNow().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
        Instant now = clocks.caseNow();
        report(event(n.reference() + "-two", n.reference(), at(-1), "hearing_changed", Map.of("hearing_id", n.reference() + "h", "starts_at",
            "2027-06-09T10:00:00+01:00", "received_at", had.toString())));
        api().post("/sandbox/clock", Map.of("advance", "PT5M")).expect(200);
        JsonNode date = staff().get("/v1/staff/hearings/" + n.hearing()).expect(200).body();
        assertEquals(had, Instant.parse(date.path("said_at").asText()), "the unit had it from the court");
        assertFalse(Instant.parse(date.path("taken_in_at").asText()).isBefore(now), "it came to stand here so");
        JsonNode told = date.at("/people/0/told");
        Instant at = Instant.parse(told.get(told.size() - 1).path("at").asText());
        assertFalse(at.isBefore(now), "the person had it from the unit");
    }

    @Test
    @Order(4)
    void whatComesOfAReminderIsOfItsCase() {
        Needed n = needed();
        report(event(n.reference() + "-unsafe", n.reference(), at(-1), "person_changed", Map.of("source_person_id", n.id(), "mobile_safe",
            "unsafe")));
        to("2027-06-01T10:10");
        List<UUID> cases = acting().as(worker("northmoor"), c -> Sql.list(c, """
            select w.case_id from waymark.work_item w join notifications.message m on m.id = w.subject_id
             where w.person_id = ? and m.class = 'reminder' and w.kind = 'message_withheld'""", r -> Sql.uuid(r, "case_id"), n.person()));
        assertEquals(List.of(n.caseId()), cases);
    }

    @Test
    @Order(5)
    void aLetterThatIsPostedTheDayBeforeHasToldNobodyWhoeverPostsIt() {
        Needed n = needed();
        api().post("/sandbox/clock", Map.of("advance", "PT5M")).expect(200); // the first notice is a text
        prefer(n, List.of(new HashMap<>(Map.of("channel", "letter", "address", "Ann Example\n1 High Street\nNorthmoor\nNM1 1AA", "safety", "safe"))));
        to("2027-06-07T09:00");
        move(n, "2027-06-08T14:00:00+01:00");
        to("2027-06-07T09:05");
        UUID item = acting().as(worker("northmoor"), c -> Sql.one(c, """
            select id from waymark.work_item where person_id = ? and kind = 'letter_to_post' and completed_at is null order by id desc limit 1""",
            r -> Sql.uuid(r, "id"), n.person())).orElseThrow();
        staff().post("/v1/staff/queue/" + item + "/claim", Map.of()).expect(200);
        staff().post("/v1/staff/queue/" + item + "/completion", Map.of("outcome", "posted")).expect(204);
        to("2027-06-07T10:00");
        List<String> told = acting().as(worker("northmoor"), c -> Sql.list(c, """
            select t.state from waymark.hearing_told t join waymark.hearing h on h.id = t.hearing_id and h.version = t.version
             where t.person_id = ? and t.how = 'letter'""", r -> r.getString("state"), n.person()));
        assertEquals(List.of("sent"), told, "it comes after they have left home");
        assertTrue(queue(n).stream().anyMatch(i -> i.startsWith("hearing_to_tell")), queue(n)::toString);
        assertFalse(queue(n).stream().anyMatch(i -> i.startsWith("letter_to_post")), queue(n)::toString);
    }

    @Test
    @Order(6)
    void aLetterOfAnotherDayThatNobodyHasPostedHidesNobody() {
        Needed n = needed();
        prefer(n, List.of(Map.of("channel", "letter", "address", "Ann Example\n1 High Street\nNorthmoor\nNM1 1AA", "safety", "safe")));
        api().post("/sandbox/clock", Map.of("advance", "PT5M")).expect(200);
        assertTrue(queue(n).stream().anyMatch(i -> i.startsWith("letter_to_post")), queue(n)::toString);
        move(n, "2027-06-08T15:00:00+01:00");
        api().post("/sandbox/clock", Map.of("advance", "PT5M")).expect(200);
        staff().post("/v1/staff/hearings/" + n.hearing() + "/people/" + n.person() + "/contacts", Map.of("how", "letter", "outcome", "told",
            "version", 2)).expect(201);
        api().post("/sandbox/clock", Map.of("advance", "PT1H")).expect(200);
        assertTrue(queue(n).stream().anyMatch(i -> i.startsWith("hearing_to_tell")), queue(n)::toString);
    }
}
