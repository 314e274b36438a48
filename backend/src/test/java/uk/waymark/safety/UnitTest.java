package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** The abuser goes by the unit: rings it as her, pretends to be staff, or has a friend there. */
class UnitTest extends ScenarioTest {

    @Test
    @DisplayName("S31 His sister rings the unit as her, without the agreed word, for a sign-in code")
    void anImpostorOnTheTelephone() {
        Somebody her = victim("domestic_abuse");
        Somebody another = victim("domestic_abuse");
        signUpWithPin(her);
        agreedOnACall(her, "Marmalade");
        Answer wrong = readOut(her, "sign-in-codes", "witness_care", "Lavender").expect(422);
        Answer noneAgreed = readOut(another, "sign-in-codes", "witness_care", "Lavender").expect(422);
        same(wrong, noneAgreed);
        for (int i = 0; i < 5; i++) {
            readOut(her, "sign-in-codes", "witness_care", "word" + i);
        }
        assertEquals(429, readOut(her, "sign-in-codes", "witness_care", "Marmalade").status(), "not even the right one, for a while");
    }

    @Test
    @DisplayName("S32 She asks to have the PIN reset; a member of staff wants to be quick about it")
    void aResetTakesASupervisor() {
        Somebody her = victim("domestic_abuse");
        Tokens before = signUpWithPin(her);
        agreedOnACall(her, "Marmalade");
        readOut(her, "pin-reset", "witness_care", "marmalade").expect(409);
        api().as(before.access()).get("/v1/me").expect(200);
        readOut(her, "pin-reset", "supervisor", "marmalade").expect(201);
        api().as(before.access()).get("/v1/me").expect(401);
        theUnitHas(her, "code_read_out");
        int codes = phone(her.mobile()).size();
        abuser().asksForACode(her.mobile(), "1111").expect(202);
        assertEquals(codes, phone(her.mobile()).size(), "the old PIN holds until the new one is chosen");
    }

    @Test
    @DisplayName("S33 He overhears the code that staff read out to her")
    void theCodeOverheard() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        agreedOnACall(her, "Marmalade");
        String code = readOut(her, "sign-in-codes", "officer", "Marmalade").expect(201).at("/code");
        Abuser he = abuser();
        Answer withoutThePin = he.entersTheCode(her.mobile(), code).expect(401);
        same(withoutThePin, he.entersTheCode(number(), "111122223333"));
        assertFalse(phone(her.mobile()).stream().anyMatch(t -> t.contains(code)), "it is sent nowhere");
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S34 He makes himself a staff token, and tries his own account at the staff's doors")
    void aTokenOfHisOwn() {
        Somebody her = victim("domestic_abuse");
        Somebody him = victim();
        String his = signUp(him).access();
        Abuser he = abuser();
        String forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSIsInJvbGVzIjpbInN1cGVydmlzb3IiXX0.";
        for (String path : List.of("/v1/staff/queue", "/v1/staff/cases?crime_reference=" + Api.encode(her.reference()),
                "/v1/staff/people/" + her.id() + "/contact-preferences", "/v1/staff/notifications")) {
            he.in(forged).get(path).expect(401);
            he.in(his).get(path).expect(403);
            he.api().get(path).expect(401);
        }
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S35 A friend of his works for another force and looks for her there")
    void anotherForce() {
        Somebody her = victim("domestic_abuse");
        Abuser friend = abuser();
        Api there = friend.in(staffToken("supervisor", GLANAFON));
        assertEquals(0, there.get("/v1/staff/cases?crime_reference=" + Api.encode(her.reference())).expect(200).body().path("items").size());
        there.get("/v1/staff/people/" + her.id() + "/contact-preferences").expect(404);
        there.post("/v1/staff/people/" + her.id() + "/invitations", Map.of("hand_over", "in_person")).expect(404);
        there.post("/v1/staff/people/" + her.id() + "/sign-in-codes", Map.of("agreed_word", "x", "call", Map.of())).expect(404);
        friend.hasLearnedNothingOf(her, her.reference());
    }

    @Test
    @DisplayName("S36 A friend of his works in her own force and looks her up: she can see that somebody did")
    void aFriendInTheForce() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        Api officer = staff("officer", her.force());
        String caseId = officer.get("/v1/staff/cases?crime_reference=" + Api.encode(her.reference())).expect(200).at("/items/0/id");
        officer.with("Waymark-Reason", "enquiry").get("/v1/staff/cases/" + caseId).expect(200);
        JsonNode log = api().as(hers.access()).get("/v1/me/access-log").expect(200).body();
        assertTrue(log.path("items").findValuesAsText("by").contains("staff"), log::toString);
        assertFalse(log.toString().contains("Strand"), "role and unit, not the name");
    }

    @Test
    @DisplayName("S37 He, with her phone in his hand, looks who has been helping her")
    void whoHelpsHer() {
        Somebody her = victim("domestic_abuse");
        Tokens open = signUpWithPin(her);
        staff("victim_care", her.force()).get("/v1/staff/people/" + her.id() + "/contact-preferences").expect(200);
        clocks.advanceMachine(Duration.ofMinutes(6));
        needsAFreshSignIn(abuser().in(open.access()).get("/v1/me/access-log"));
        needsAFreshSignIn(abuser().in(open.access()).get(PREFERENCES + "/history"));
    }

    @Test
    @DisplayName("S38 He is a police officer, and his colleagues look for her case")
    void heIsAnOfficer() {
        Map<String, Object> part = part("victim", number(), "safe");
        Somebody her = report(NORTHMOOR, List.of("domestic_abuse", "police_suspect"), Map.of(), part).getFirst();
        Abuser colleague = abuser();
        for (String role : List.of("officer", "witness_care", "victim_care", "supervisor")) {
            Api staff = colleague.in(staffToken(role, NORTHMOOR));
            assertEquals(0, staff.get("/v1/staff/cases?crime_reference=" + Api.encode(her.reference())).expect(200).body()
                .path("items").size(), role);
            staff.get("/v1/staff/notifications?limit=100").expect(200);
            staff.get("/v1/staff/queue?limit=100").expect(200);
        }
        colleague.hasLearnedNothingOf(her, her.reference());
    }

    @Test
    @DisplayName("S39 A colleague breaks the glass to see her case")
    void theGlassIsBroken() {
        Somebody her = report(NORTHMOOR, List.of("domestic_abuse", "police_suspect"), Map.of(), part("victim", number(), "safe")).getFirst();
        Api officer = staff("officer", NORTHMOOR);
        String caseId = officer.post("/v1/staff/break-glass", Map.of("crime_reference", her.reference(), "reason",
            "She is at the front desk.")).expect(200).at("/case_id");
        officer.get("/v1/staff/cases/" + caseId).expect(200);
        staff("witness_care", NORTHMOOR).get("/v1/staff/cases/" + caseId).expect(404);
        assertTrue(queue(NORTHMOOR).stream().anyMatch(t -> t.path("kind").asText().equals("break_glass")
            && t.path("case_id").asText().equals(caseId)), "a supervisor is told");
        clocks.advanceMachine(Duration.ofMinutes(61));
        staff("officer", NORTHMOOR).get("/v1/staff/cases/" + caseId).expect(404);
    }

    @Test
    @DisplayName("S40 A member of staff reads about somebody of their own name")
    void theOwnFamily() {
        Map<String, Object> part = part("victim", number(), "safe");
        part.put("family_name", "Strand"); // as the demo's officer is called
        Somebody her = report(NORTHMOOR, List.of("domestic_abuse"), Map.of(), part).getFirst();
        Api officer = staff("officer", NORTHMOOR).with("Waymark-Reason", "enquiry");
        String caseId = officer.get("/v1/staff/cases?crime_reference=" + Api.encode(her.reference())).expect(200).at("/items/0/id");
        officer.get("/v1/staff/cases/" + caseId).expect(200);
        assertTrue(queue(NORTHMOOR).stream().anyMatch(t -> t.path("kind").asText().equals("unusual_reading")
            && t.path("reason").asText().equals("own_name")), "a supervisor is asked to look into it");
    }

    @Test
    @DisplayName("S41 He answers when the unit rings her")
    void heAnswersTheTelephone() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        agreedOnACall(her, "Marmalade");
        int before = phone(her.mobile()).size();
        news(her);
        JsonNode call = theUnitHas(her, "call_to_make");
        assertEquals(before, phone(her.mobile()).size(), "she asked to be rung, so nothing lights up");
        Answer claimed = staff("witness_care", her.force()).post("/v1/staff/queue/" + call.path("id").asText() + "/claim", null).expect(200);
        for (String said : List.of("Marmalade", "dentist", "Leave no message")) {
            assertTrue(claimed.text().contains(said), said + " in " + claimed.text());
        }
        assertEquals(UUID.fromString(call.path("person_id").asText()), her.id());
    }
}
