package uk.waymark.hearings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.messaging.MessageEnded;
import uk.waymark.notifications.EndedMessage;
import uk.waymark.notifications.MessageState;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;

/** What staff put down of a court date is of the date that they spoke of, and a letter is read when it comes. In the order of case time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HearingContactsTest extends CourtDay {

    private void to(String local) {
        api().post("/sandbox/clock", Map.of("at", LocalDateTime.parse(local).atZone(WorkingDays.LONDON).toInstant().toString())).expect(200);
    }

    private static String line(Needed needed) {
        return "/v1/staff/hearings/" + needed.hearing() + "/people/" + needed.person();
    }

    private JsonNode put(Needed needed, Map<String, Object> contact) {
        return staff().post(line(needed) + "/contacts", contact).expect(201).body();
    }

    /** What, how, state and version of each word, the oldest first. */
    private List<String> told(Needed needed) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select what, how, state, version from waymark.hearing_told where person_id = ? order by told_at, id""",
            r -> r.getString("what") + ' ' + r.getString("how") + ' ' + r.getString("state") + " v" + r.getInt("version"), needed.person()));
    }

    @Test
    @Order(1)
    void whoWasRungAboutADateThatNobodyElseWasToldOfHearsThatItMoves() throws SQLException {
        to("2027-05-17T12:00");
        Needed written = needed();
        Needed before = needed();
        for (Needed n : List.of(written, before)) {
            SignUp.drain(this);
            moveQuietly(n, "2027-06-15T10:00:00+01:00");
            put(n, Map.of("how", "call", "outcome", "told"));
        }
        try (var c = database.superuser()) {
            assertEquals(1, Sql.run(c, """
                update waymark.hearing_told set starts_at = null, on_date = null where person_id = ? and how = 'call'""", before.person()));
        }
        to("2027-05-17T12:30");
        for (Needed n : List.of(written, before)) {
            move(n, "2027-06-22T10:00:00+01:00");
        }
        to("2027-05-17T13:00");
        for (Needed n : List.of(written, before)) {
            assertTrue(phone(n).getFirst().startsWith("The court date has moved. You are now needed on Tuesday 22 June, 10am."), phone(n)::toString);
        }
    }

    @Test
    @Order(2)
    void whatIsPutDownIsOfTheDateThatWasSpokenOf() {
        to("2027-05-18T12:00");
        Needed n = neededWith("unsafe", "en");
        to("2027-05-18T12:30");
        String rung = called(n, 0);
        move(n, "2027-06-22T10:00:00+01:00");
        staff().post("/v1/staff/queue/" + rung + "/completion", Map.of("outcome", "told")).expect(204);
        assertEquals(List.of("notice call reached v1"), told(n).stream().filter(t -> t.contains("call")).toList());
        called(n, 1);
        SignUp.drain(this);
        assertEquals(List.of("message_withheld"), withheld(n), "the new day waits to be told");
        JsonNode line = put(n, Map.of("how", "call", "outcome", "told"));
        assertFalse(line.path("state").asText().equals("told"), line::toString);
        assertEquals(List.of("message_withheld"), withheld(n));
        assertTrue(told(n).stream().noneMatch(t -> t.contains("call reached v2")), told(n)::toString);
        called(n, 2);
        assertTrue(staff().put(line(n) + "/attendance", Map.of("answer", "yes")).expect(409).text().contains("date-changed"));
        staff().put(line(n) + "/attendance", Map.of("answer", "yes", "version", 1)).expect(409);
        var refused = staff().post(line(n) + "/contacts", Map.of("how", "call", "outcome", "told", "version", 1)).expect(409);
        assertTrue(refused.text().contains("with version 2"), refused::text);
        assertEquals("told", put(n, Map.of("how", "call", "outcome", "told", "version", 2)).path("state").asText());
        staff().put(line(n) + "/attendance", Map.of("answer", "yes", "version", 2)).expect(200);
        assertEquals(List.of("yes staff confirmed v2"), answers(n));
    }

    private List<String> withheld(Needed n) {
        return acting().as(worker("northmoor"), c -> Sql.list(c, """
            select kind from waymark.work_item where person_id = ? and kind like 'message_%' and completed_at is null""",
            r -> r.getString("kind"), n.person()));
    }

    /** A call about the date as it was at first, which staff have claimed. @return its id */
    private String called(Needed n, int times) {
        String key = HearingCalls.TO_TELL + ':' + n.hearing() + ":1:" + n.person() + ':' + times;
        UUID id = acting().as(worker("northmoor"), c -> {
            var now = bean(CaseClock.class).instant();
            bean(WorkItems.class).open(c, new NewWorkItem(HearingCalls.TO_TELL, key, n.caseId(), n.person(), n.hearing(), "not_told",
                "Tell them.", now.plusSeconds(3600)));
            // at once: a call of another version that nobody has claimed is taken off the queue
            return Sql.one(c, """
                update waymark.work_item set claimed_by = 'northmoor-witness-care', claimed_at = ? where dedupe_key = ? returning id""",
                r -> Sql.uuid(r, "id"), now, key).orElseThrow();
        });
        return id.toString();
    }

    @Test
    @Order(3)
    void aLetterInTimeHasToldThemAndOneThatComesTooLateHasNot() {
        to("2027-05-20T12:00");
        Needed early = neededWith("unsafe", "en");
        Needed late = neededWith("unsafe", "en");
        Needed texted = needed();
        to("2027-05-20T12:30");
        assertEquals("told", put(early, Map.of("how", "letter", "outcome", "told")).path("state").asText());
        assertEquals(List.of("notice letter reached v1"), told(early).stream().filter(t -> t.contains("letter")).distinct().toList());
        to("2027-06-07T09:00");
        JsonNode line = put(late, Map.of("how", "letter", "outcome", "told"));
        assertEquals("no_safe_channel", line.path("state").asText(), line::toString);
        assertTrue(told(late).stream().filter(t -> t.contains("letter")).allMatch(t -> t.contains("letter sent")), told(late)::toString);
        put(texted, Map.of("how", "letter", "outcome", "told"));
        to("2027-06-07T10:10");
        assertTrue(phone(texted).stream().anyMatch(t -> t.contains("Expect a bag search")), phone(texted)::toString);
        assertTrue(queue(late).stream().anyMatch(i -> i.startsWith("hearing_to_tell")), queue(late)::toString);
        assertFalse(queue(early).stream().anyMatch(i -> i.startsWith("hearing_to_tell")), queue(early)::toString);
    }

    @Test
    @Order(4)
    void whoWasRemindedOfOneCourtIsToldOfTheOtherOrRung() {
        to("2027-06-07T11:00");
        Needed plain = needed();
        Needed welsh = neededWith("safe", "cy");
        Needed discreet = needed("domestic_abuse");
        Needed failing = needed("domestic_abuse");
        Needed rung = needed("domestic_abuse");
        for (Needed n : List.of(plain, welsh, discreet, failing, rung)) {
            move(n, "2027-06-22T10:00:00+01:00");
        }
        to("2027-06-21T09:50");
        put(rung, Map.of("how", "call", "outcome", "told"));
        to("2027-06-21T10:10");
        assertTrue(phone(plain).getFirst().contains("needed at Leeds Crown Court"), phone(plain)::toString);
        assertTrue(phone(rung).stream().noneMatch(t -> t.contains("plenty of time")), "who was rung this morning is not reminded as well");
        to("2027-06-21T14:00");
        for (Needed n : List.of(plain, welsh, discreet, failing, rung)) {
            report(event(n.reference() + "-york", n.reference(), at(-1), "hearing_changed", Map.of("hearing_id", n.reference() + "h", "court",
                Map.of("name", "York Crown Court"))));
        }
        to("2027-06-21T14:10");
        assertEquals("The court date on Tuesday 22 June, 10am is now at York Crown Court. The day and the time stay.", phone(plain).getFirst());
        assertEquals("Mae dyddiad y llys ar ddydd Mawrth 22 Mehefin, 10am nawr yn York Crown Court. Mae'r diwrnod a'r amser yn aros.",
            phone(welsh).getFirst());
        assertEquals("The appointment on Tuesday 22 June, 10am is now in another place. The day and the time stay. Sign in to read where, or "
            + "reply CALL.", phone(discreet).getFirst());
        assertTrue(queue(discreet).stream().anyMatch(i -> i.startsWith("hearing_to_tell other_court")), queue(discreet)::toString);
        assertFalse(queue(plain).stream().anyMatch(i -> i.contains("other_court")), queue(plain)::toString);
        assertTrue(detail(discreet, "hearing_to_tell").contains("is at another court now"), detail(discreet, "hearing_to_tell"));
        assertTrue(queue(rung).stream().anyMatch(i -> i.startsWith("hearing_to_tell other_court")), "they know the place from the call");
        put(discreet, Map.of("how", "call", "outcome", "told"));
        assertFalse(queue(discreet).stream().anyMatch(i -> i.contains("other_court")), queue(discreet)::toString);
        assertTrue(queue(failing).stream().anyMatch(i -> i.contains("other_court")), queue(failing)::toString);
        notArrived(failing, OtherCourt.THERE);
        assertFalse(queue(failing).stream().anyMatch(i -> i.contains("other_court")), "who is rung since the text did not arrive is rung once");
    }

    @Test
    @Order(5)
    void whoIsCalledAgainAfterTheyWereTakenOffHasSaidNothingYetAndWasNotTold() {
        to("2027-06-22T12:00");
        Needed came = needed();
        Needed could = needed();
        List<Needed> all = List.of(came, could);
        for (Needed n : all) {
            move(n, "2027-07-20T10:00:00+01:00");
        }
        to("2027-06-22T12:30");
        for (Needed n : all) {
            staff().put(line(n) + "/attendance", Map.of("answer", n == could ? "cannot" : "yes", "version", 2)).expect(200);
        }
        Api me = api().as(SignUp.person(this, came.id()));
        String mine = "/v1/me/hearings/" + came.hearing() + "/attendance";
        me.put(mine, Map.of("answer", "yes", "version", 2)).expect(200);
        to("2027-06-22T13:00");
        for (Needed n : all) {
            takeOff(n);
        }
        to("2027-06-23T12:00");
        assertTrue(phone(came).getFirst().startsWith("You are no longer needed at court on Tuesday 20 July"), phone(came)::toString);
        calledAgain(came);
        calledAgain(could);
        to("2027-06-23T12:30");
        assertTrue(phone(came).getFirst().startsWith("You are needed at court on Tuesday 20 July, 10am."), phone(came)::toString);
        assertEquals("told", state(came));
        assertEquals("told", state(could));
        assertFalse(me.get("/v1/me/cases/" + came.caseId() + "/hearings").expect(200).text().contains("answered"));
        assertFalse(me.get(mine).expect(200).text().contains("answer"));
        to("2027-07-15T12:00");
        for (Needed n : List.of(came, could)) {
            assertTrue(phone(n).getFirst().contains("How will you get there?"), phone(n)::toString);
            assertEquals("no_answer", state(n));
            assertTrue(queue(n).stream().anyMatch(i -> i.startsWith("no_answer_call")), queue(n)::toString);
        }
        me.put(mine, Map.of("answer", "yes", "version", 2)).expect(200);
        assertEquals("confirmed", state(came), "sent again it is said again");
    }

    private void calledAgain(Needed n) {
        report(event(n.reference() + "-again", n.reference(), at(0), "hearing_changed", Map.of("hearing_id", n.reference() + "h", "required",
            List.of(n.id()))));
    }

    private String state(Needed n) {
        JsonNode items = staff().get("/v1/staff/hearings/" + n.hearing() + "/people").expect(200).body().path("items");
        return items.path(0).path("state").asText();
    }

    /** The provider says that it did not arrive. */
    private void notArrived(Needed n, String template) {
        acting().as(worker("northmoor"), c -> {
            var message = Sql.one(c, "select id, class, subject_ref from notifications.message where recipient_ref = ? and template = ?",
                r -> new EndedMessage(UUID.randomUUID(), Sql.uuid(r, "id"), force("northmoor"), n.person(), Sql.uuid(r, "subject_ref"),
                    r.getString("class"), template, MessageState.FAILED, "30005", clocks.caseNow()), n.person(), template).orElseThrow();
            bean(NoticesTold.class).ended(new MessageEnded(c, force("northmoor"), n.caseId(), message));
            return null;
        });
    }
}
