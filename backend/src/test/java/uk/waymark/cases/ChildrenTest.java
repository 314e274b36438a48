package uk.waymark.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** A child and whoever acts for them: who is contacted, and what happens at 18. */
class ChildrenTest extends WaymarkTest {

    @SafeVarargs
    private void send(Map<String, Object>... events) {
        for (JsonNode result : api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(events))).expect(200)
                .body().path("results")) {
            assertEquals("accepted", result.path("status").asText(), result::toString);
        }
        SignUp.drain(this);
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }

    private LocalDate today() {
        return bean(CaseClock.class).instant().atZone(HearingDays.LONDON).toLocalDate();
    }

    private Map<String, Object> child(String id, String mobile, LocalDate born, String contact) {
        var child = new HashMap<>(victim(id, mobile));
        child.put("date_of_birth", born.toString());
        if (contact != null) {
            child.put("contact", contact);
        }
        return child;
    }

    private Map<String, Object> parent(String id, String mobile, String of) {
        var parent = new HashMap<>(victim(id, mobile));
        parent.put("role", "parent");
        parent.put("for", List.of(of));
        return parent;
    }

    private int status(String token) {
        return api().as(token).get("/v1/me/cases").status();
    }

    private List<String> invitations(String person) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select i.hand_over || case when i.withdrawn_at is null then '' else ' withdrawn' end as invitation
              from waymark.invitation i join waymark.person p on p.id = i.person_id where p.source_person_id = ? order by i.id""",
            r -> r.getString("invitation"), person));
    }

    @Test
    void theForceSaysWhoIsContactedAndEndsItAtOnce() {
        send(recorded("a-0", "NM/CH/A", at(-90), child("a-c", "07700 900601", today().minusYears(15), "adult"),
            parent("a-p", "07700 900602", "a-c")));
        assertEquals(List.of(), invitations("a-c"));
        assertEquals(List.of("sms"), invitations("a-p"));
        String parent = SignUp.person(this, "a-p");
        assertEquals(200, status(parent));
        int texts = messages("07700 900602").body().path("items").size();

        send(event("a-1", "NM/CH/A", at(-10), "person_changed", Map.of("source_person_id", "a-c", "contact", "child")),
            event("a-2", "NM/CH/A", at(-5), "suspect_charged", Map.of("suspect_ref", "s")));
        assertEquals(401, status(parent), "their access has ended");
        assertEquals(texts, messages("07700 900602").body().path("items").size());
        assertEquals(List.of("sms"), invitations("a-c"));
        assertEquals(200, status(SignUp.person(this, "a-c")));
    }

    @Test
    void atEighteenTheAdultsAccessEndsAndTheYoungPersonIsInvited() {
        LocalDate birthday = today().plusDays(20);
        send(recorded("b-0", "NM/CH/B", at(-90), child("b-c", "07700 900603", birthday.minusYears(18), "adult"),
            parent("b-p", "07700 900604", "b-c")));
        String parent = SignUp.person(this, "b-p");
        clocks.advanceCase(Duration.between(bean(CaseClock.class).instant(), birthday.atStartOfDay(HearingDays.LONDON).toInstant()
            .minusSeconds(60)));
        bean(Birthdays.class).drain();
        assertEquals(200, status(parent));
        assertEquals(birthday.atStartOfDay(HearingDays.LONDON).toInstant(), ((DueWork) bean(Birthdays.class)).nextDue().orElseThrow());
        clocks.advanceCase(Duration.ofMinutes(2));
        bean(Birthdays.class).drain();
        assertEquals(401, status(parent));
        assertEquals(List.of("sms"), invitations("b-c"));
        assertTrue(bean(Birthdays.class).nextDue().filter(d -> !d.isAfter(bean(CaseClock.class).instant())).isEmpty());
    }

    @Test
    void atEighteenItIsTheYoungPersonWhoHasToBeAtCourtAndNobodyBringsThem() {
        LocalDate birthday = today().plusDays(3);
        send(recorded("j-0", "NM/CH/J", at(-90), child("j-c", "07700 900616", birthday.minusYears(18), "adult"),
                parent("j-p", "07700 900617", "j-c")),
            event("j-1", "NM/CH/J", at(-80), "hearing_listed", Map.of("hearing_id", "j-h", "kind", "trial", "starts_on",
                birthday.plusDays(40).toString(), "court", Map.of("name", "Leeds Crown Court"), "required", List.of("j-c"))));
        assertEquals(List.of("j-p"), required("NM/CH/J"), "who brings the child is on the list");
        clocks.advanceCase(Duration.ofDays(4));
        bean(Birthdays.class).drain();
        assertEquals(List.of("j-c"), required("NM/CH/J"));
    }

    private List<String> required(String reference) {
        return acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select who.source_person_id as it from waymark.hearing_person p join waymark.case_file f on f.id = p.case_id
              join waymark.person who on who.id = p.person_id where f.crime_reference = ? and p.required order by 1""",
            r -> r.getString("it"), reference));
    }

    @Test
    void aRecordThatTheForceSendsAgainGivesTheAdultNothingBack() {
        LocalDate birthday = today().plusDays(4);
        var young = child("g-c", "07700 900609", birthday.minusYears(18), "both");
        send(recorded("g-0", "NM/CH/G", at(-90), young, parent("g-p", "07700 900610", "g-c")));
        String parent = SignUp.person(this, "g-p");
        clocks.advanceCase(Duration.ofDays(5));
        bean(Birthdays.class).drain();
        assertEquals(401, status(parent));
        var again = new HashMap<>(young);
        again.put("mobile", "07700 900611");
        send(event("g-1", "NM/CH/G", at(-10), "person_changed", again));
        assertEquals(List.of("sms"), invitations("g-p"), "nothing was said of who is contacted");
        send(event("g-2", "NM/CH/G", at(-5), "person_changed", Map.of("source_person_id", "g-c", "contact", "child")),
            event("g-3", "NM/CH/G", at(-4), "person_changed", Map.of("source_person_id", "g-c", "contact", "both")));
        assertEquals(2, invitations("g-p").size(), "said otherwise since, it holds");
    }

    @Test
    void whatCannotBeReadOfOnePersonKeepsNobodyElseFromComingOfAge() {
        LocalDate birthday = today().plusDays(6);
        send(recorded("h-0", "NM/CH/H", at(-90), child("h-c", "07700 900612", birthday.minusYears(18), "adult"),
                parent("h-p", "07700 900613", "h-c")),
            recorded("h-1", "NM/CH/H2", at(-90), child("h-d", "07700 900614", birthday.minusYears(18), "adult"),
                parent("h-q", "07700 900615", "h-d")));
        String parent = SignUp.person(this, "h-q");
        byte[] facts = acting().as(worker("northmoor"), (Connection c) -> Sql.one(c, """
            select facts from waymark.participant where person_id = (select id from waymark.person where source_person_id = 'h-c')""",
            r -> r.getBytes("facts")).orElseThrow());
        facts("h-c", new byte[] {1, 2, 3});
        clocks.advanceCase(Duration.ofDays(7));
        bean(Birthdays.class).drain();
        facts("h-c", facts);
        assertEquals(401, status(parent));
    }

    private void facts(String person, byte[] sealed) {
        acting().as(worker("northmoor"), (Connection c) -> Sql.run(c, """
            update waymark.participant set facts = ?
             where person_id = (select id from waymark.person where source_person_id = ?)""", sealed, person));
    }

    @Test
    void aPhoneThatTheTwoShareIsSignedOutAndTheInvitationIsHandedOver() {
        LocalDate birthday = today().plusDays(2);
        send(recorded("c-0", "NM/CH/C", at(-90), child("c-c", "07700 900605", birthday.minusYears(18), null),
            parent("c-p", "07700 900605", "c-c")));
        String parent = SignUp.person(this, "c-p");
        String child = SignUp.person(this, "c-c");
        assertEquals(200, status(parent));
        assertEquals(200, status(child));
        clocks.advanceCase(Duration.ofDays(3));
        bean(Birthdays.class).drain();
        assertEquals(401, status(parent));
        assertEquals(401, status(child));
        assertEquals(List.of("sms", "in_person"), invitations("c-c"));
        assertEquals(List.of("invitation_to_hand_over number_shared"), acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select w.kind || ' ' || w.reason as item from waymark.work_item w join waymark.person p on p.id = w.person_id
             where p.source_person_id = 'c-c' and w.completed_at is null""", r -> r.getString("item"))));
    }

    @Test
    void aParentWhoIsPutOutOfTheCaseDoesNotReadOnAsTheChild() {
        send(recorded("e-0", "NM/CH/E", at(-90), child("e-c", "07700 900607", today().minusYears(12), null),
            parent("e-p", "07700 900607", "e-c")));
        String parent = SignUp.person(this, "e-p");
        String child = SignUp.person(this, "e-c");
        // the parent has a case of their own as well, which stays theirs
        send(recorded("e-9", "NM/CH/E2", at(-80), victim("e-p", "07700 900607")));
        send(event("e-1", "NM/CH/E", at(-10), "person_removed", Map.of("source_person_id", "e-p")));
        for (String session : List.of(parent, child)) {
            assertTrue(status(session) == 401
                || !api().as(session).get("/v1/me/cases").expect(200).text().contains("NM/CH/E\""), "the child's case is out of sight");
        }
        assertEquals(List.of("sms", "in_person"), invitations("e-c"));
    }

    @Test
    void nothingGoesToAPhoneThatTheTwoSharedOnceOneOfThemIsOut() {
        send(recorded("f-0", "NM/CH/F", at(-90), child("f-c", "07700 900608", today().minusYears(12), null),
            parent("f-p", "07700 900608", "f-c")));
        SignUp.person(this, "f-c");
        send(event("f-1", "NM/CH/F", at(-20), "suspect_arrested", Map.of("suspect_ref", "s")));
        int before = messages("07700 900608").body().path("items").size();
        send(event("f-2", "NM/CH/F", at(-10), "person_removed", Map.of("source_person_id", "f-p")),
            event("f-3", "NM/CH/F", at(-5), "suspect_charged", Map.of("suspect_ref", "s")));
        assertEquals(before, messages("07700 900608").body().path("items").size());
        assertTrue(acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select w.kind || ' ' || w.reason as item from waymark.work_item w join waymark.person p on p.id = w.person_id
             where p.source_person_id = 'f-c' and w.completed_at is null""", r -> r.getString("item")))
            .contains("message_withheld unsafe"), "the unit tells the child another way");
    }

    @Test
    void whoCameTooLateToBeInvitedIsATaskForStaff() {
        send(recorded("d-0", "NM/CH/D", at(-60 * 24 * 20), victim("d-v", "07700 900606")));
        assertEquals(List.of(), invitations("d-v"));
        assertEquals(List.of("invite_late"), acting().as(worker("northmoor"), (Connection c) -> Sql.list(c, """
            select w.kind from waymark.work_item w join waymark.person p on p.id = w.person_id
             where p.source_person_id = 'd-v'""", r -> r.getString("kind"))));
    }
}
