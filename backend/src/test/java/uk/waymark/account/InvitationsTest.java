package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

class InvitationsTest extends AccountTest {

    @Test
    void aSafeNumberIsInvitedBySmsByItself() {
        Told told = victim(NORTHMOOR, "Abe", "Field", number());
        send();
        String text = messages(told.mobile()).at("/items/0/body");
        assertTrue(text.contains(invitationCode(told)), "the invitation's code is in the text");
        assertTrue(invitationCode(told).matches("[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}"));
    }

    @Test
    void aFlaggedOrUnknownNumberIsNeverInvitedBySms() {
        for (var flagged : List.of(List.of("domestic_abuse"), List.of("a_flag_nobody_knows"))) {
            String id = "flag-" + flagged.getFirst();
            String number = number();
            Told told = report(NORTHMOOR, "REF/" + id, flagged, person(id, "Bo", "Field", number, "safe")).getFirst();
            neverBySms(told, "safety_flag");
        }
        for (String safe : List.of("unknown", "unsafe")) {
            String number = number();
            Told told = report(NORTHMOOR, "REF/safe-" + safe, List.of(), person("safe-" + safe, "Cy", "Field", number,
                safe))
                .getFirst();
            neverBySms(told, "number_" + safe);
        }
    }

    private void neverBySms(Told told, String reason) {
        send();
        assertEquals(0, messages(told.mobile()).body().path("items").size());
        assertEquals(List.of(reason), workItems(told, "invitation_to_hand_over"));
        var officer = api().as(staffToken("officer", NORTHMOOR));
        assertEquals("urn:waymark:problem:not-safe-by-sms", invite(officer, told, "sms").expect(409).at("/type"));
        Answer letter = invite(officer, told, "letter").expect(201);
        assertEquals("open", letter.at("/state"));
        Tokens tokens = signUp(told);
        assertEquals(List.of(told.reference()), references(tokens));
    }

    @Test
    void theCodeForStaffToHandOverIsInTheirQueue() {
        String number = number();
        Told told = report(NORTHMOOR, "REF/QUEUE/1", List.of(), person("queue-1", "Di", "Field", number,
            "unknown")).getFirst();
        var items = api().as(staffToken("victim_care", NORTHMOOR)).get("/v1/staff/queue?limit=100").expect(200).body();
        boolean there = false;
        for (var item : items.path("items")) {
            there |= item.path("person_id").asText().equals(told.id().toString())
                && item.path("detail").asText().equals(invitationCode(told));
        }
        assertTrue(there, "the queue has the code to hand over");
    }

    @Test
    void theDeadAreNeverInvited() {
        var dead = person("dead-1", "Ed", "Field", null, "unknown");
        dead.put("deceased", true);
        Told told = report(NORTHMOOR, "REF/DEAD/1", List.of(), dead).getFirst();
        assertTrue(workItems(told, "invitation_to_hand_over").isEmpty());
        invite(api().as(staffToken("officer", NORTHMOOR)), told, "letter").expect(409);
        Told dies = victim(NORTHMOOR, "Flo", "Field", number());
        String code = invitationCode(dies);
        tell(NORTHMOOR, dies.reference(), "person_changed", Map.of("source_person_id", dies.sourceId(), "deceased",
            true));
        takeUp(code, dies.reference(), dies.mobile()).expect(422);
    }

    @Test
    void anInvitationWorksOnceHoweverItIsTyped() {
        Told told = victim(NORTHMOOR, "Gil", "Field", number());
        String code = invitationCode(told);
        String typed = code.toLowerCase().replace("-", " ");
        takeUp(typed, told.reference().toLowerCase().replace("/", " / "), told.mobile()).expect(202);
        send(); // two codes on their way at once may arrive in either order, and only the newest counts
        takeUp(code, told.reference(), told.mobile()).expect(202);
        signIn(told.mobile(), code(told.mobile()));
        takeUp(code, told.reference(), told.mobile()).expect(422);
    }

    @Test
    void ofTwoWhoAskWithOneInvitationOnlyOneGetsIn() {
        Told told = report(NORTHMOOR, "REF/TWO/1", List.of(), person("two-1", "Hy", "Field", null,
            "unknown")).getFirst();
        String one = number();
        String other = number();
        activate(api(), told, one).expect(202);
        activate(api(), told, other).expect(202);
        String first = code(one);
        String second = code(other);
        Tokens tokens = signIn(one, first);
        trySignIn(api(), other, second).expect(401);
        assertEquals(List.of(told.reference()), references(tokens));
    }

    @Test
    void whatDoesNotFitIsRefusedInTheSameWords() {
        Told told = victim(NORTHMOOR, "Ivo", "Field", number());
        Told other = victim(NORTHMOOR, "Jan", "Field", number());
        Answer wrongCode = takeUp("ABCD-EFGH-JKLM", told.reference(), told.mobile()).expect(422);
        Answer wrongReference = takeUp(invitationCode(told), other.reference(), told.mobile()).expect(422);
        String withdrawn = invitationCode(other);
        withdraw(other);
        Answer gone = takeUp(withdrawn, other.reference(), other.mobile()).expect(422);
        String late = invitationCode(told);
        clocks.advanceMachine(Duration.ofDays(14));
        Answer expired = takeUp(late, told.reference(), told.mobile()).expect(422);
        for (Answer answer : List.of(wrongReference, gone, expired)) {
            assertEquals(wrongCode.text(), answer.text());
        }
        takeUp("\u0000\u0000\u0000\u0000\u0000\u0000", "\u0000", told.mobile()).expect(400);
    }

    private void withdraw(Told told) {
        var officer = api().as(staffToken("officer", NORTHMOOR));
        String id = invite(officer, told, "in_person").expect(201).at("/id");
        String path = "/v1/staff/people/" + told.id() + "/invitations/";
        api().as(staffToken("officer", GLANAFON)).delete(path + id).expect(404);
        officer.delete(path + told.id()).expect(404);
        officer.delete(path + id).expect(204);
        officer.delete(path + id).expect(204);
    }

    @Test
    void twoForcesMayUseTheSameIdempotencyKey() {
        Told north = victim(NORTHMOOR, "Lu", "Field", number());
        Told glan = victim(GLANAFON, "Mo", "Field", number());
        for (Told told : List.of(north, glan)) {
            String force = told == north ? NORTHMOOR : GLANAFON;
            api().as(staffToken("officer", force)).with("Idempotency-Key", "the-same")
                .post("/v1/staff/people/" + told.id() + "/invitations", Map.of("hand_over", "letter")).expect(201);
        }
    }

    @Test
    void aWithdrawnInvitationIsNotSentAnyMore() {
        Told told = victim(NORTHMOOR, "Kay", "Field", number());
        var officer = api().as(staffToken("officer", NORTHMOOR));
        String id = invite(officer, told, "sms").expect(201).at("/id");
        officer.delete("/v1/staff/people/" + told.id() + "/invitations/" + id).expect(204);
        send();
        int before = messages(told.mobile()).body().path("items").size();
        send();
        assertEquals(before, messages(told.mobile()).body().path("items").size());
        Tokens tokens = signUpAfter(officer, told);
        Answer taken = officer.delete("/v1/staff/people/" + told.id() + "/invitations/" + latest(officer, told));
        assertEquals(409, taken.status());
        assertEquals(1, references(tokens).size());
    }

    private Tokens signUpAfter(Api officer, Told told) {
        invite(officer, told, "in_person").expect(201);
        return signUp(told);
    }

    private String latest(Api officer, Told told) {
        var state = acting().as(worker(told.force()), (java.sql.Connection c) -> bean(AccountStates.class)
            .of(c, List.of(told.id())).get(told.id()));
        assertTrue(state.signedUp());
        assertEquals("taken_up", state.invitation().state());
        return state.invitation().id().toString();
    }

    @Test
    void theSameKeyInvitesOnce() {
        Told told = victim(NORTHMOOR, "Lew", "Field", number());
        var officer = api().as(staffToken("officer", NORTHMOOR)).with("Idempotency-Key", "key-" + told.id());
        Answer first = invite(officer, told, "letter").expect(201);
        Answer again = invite(officer, told, "letter").expect(201);
        assertEquals(first.at("/id"), again.at("/id"));
        assertFalse(first.body().path("invitation_code").isMissingNode());
        assertTrue(again.body().path("invitation_code").isMissingNode(), "the code is given once");
        invite(officer, told, "in_person").expect(422);
        assertEquals(first.at("/invitation_code"), invitationCode(told));
        invite(api().as(staffToken("officer", GLANAFON)), told, "letter").expect(404);
        invite(api().as(staffToken("analyst", NORTHMOOR)), told, "letter").expect(403);
    }

    @Test
    void aNumberThatTheForceDoesNotHoldReceivesNothingWhereItHoldsASafeOne() {
        Told told = victim(NORTHMOOR, "Mo", "Field", number());
        String other = number();
        activate(api(), told, other).expect(202);
        assertTrue(codes(other).isEmpty());
        assertEquals(List.of("another_number_is_held"), workItems(told, "activation_other_number"));
        assertEquals(List.of(told.reference()), references(signUp(told)));
    }

    @Test
    void aSuspectsNumberGetsTheSameAnswerAndNothingElse() {
        String number = number();
        Told told = report(NORTHMOOR, "REF/SUS/1", List.of(), person("sus-1", "Ned", "Field", null,
            "unknown")).getFirst();
        String fair = number();
        activate(api(), told, fair).expect(202);
        assertEquals(1, codes(fair).size());
        tell(NORTHMOOR, "REF/SUS/1", "suspect_contacts", Map.of("numbers", List.of(number)));
        activate(api(), told, number).expect(202);
        assertTrue(codes(number).isEmpty());
        // and a number that turns out to be one after the account was made
        Tokens tokens = signUp(told, fair);
        me(tokens).expect(200);
        tell(NORTHMOOR, "REF/SUS/1", "suspect_contacts", Map.of("numbers", List.of(number, fair)));
        int before = codes(fair).size();
        assertEquals(ask(number()).expect(202).text(), ask(fair).expect(202).text());
        assertEquals(before, codes(fair).size());
    }

    private Answer takeUp(String code, String reference, String mobile) {
        return api().post("/v1/sign-in/activations",
            Map.of("invitation_code", code, "crime_reference", reference, "mobile", mobile));
    }

    private static Answer invite(Api staff, Told told, String handOver) {
        return staff.post("/v1/staff/people/" + told.id() + "/invitations", Map.of("hand_over", handOver));
    }
}
