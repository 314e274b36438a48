package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;

/** In a case with a safety flag the phone alone opens nothing: nobody signs in a second time without a PIN. */
class FlaggedPinsTest extends AccountTest {

    private Told flagged(String name) {
        String id = "flag-" + name;
        return report(NORTHMOOR, "REF/" + id, List.of("domestic_abuse"), person(id, name, "Hart", number(), "safe")).getFirst();
    }

    private Answer signIn(Told told, String code, String newPin) {
        return api().post("/v1/sign-in/tokens", Map.of("mobile", told.mobile(), "code", code, "new_pin", newPin,
            "device", Map.of("name", "Test phone", "platform", "android")));
    }

    @Test
    void theInvitationOpensOnceAndThenThePhoneAloneOpensNothing() {
        Told told = flagged("Ann");
        Tokens tokens = signUp(told);
        assertEquals(List.of(told.reference()), references(tokens));
        assertTrue(me(tokens).body().path("pin_needed").asBoolean());
        int before = codes(told.mobile()).size();
        Answer without = ask(told.mobile()).expect(202);
        Answer guessed = ask(told.mobile(), "1234").expect(202);
        assertEquals(before, codes(told.mobile()).size());
        assertEquals(without.text(), guessed.text());
        assertEquals(List.of("sign_in_without_pin"), workItems(told, "pin_to_agree"), "once a day");
        clocks.advanceCase(Duration.ofDays(1));
        ask(told.mobile()).expect(202);
        send();
        assertEquals(2, workItems(told, "pin_to_agree").size());
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        assertTrue(me(tokens).body().path("pin_needed").isMissingNode());
        clocks.advanceMachine(Duration.ofMinutes(7));
        ask(told.mobile()).expect(202);
        assertEquals(before, codes(told.mobile()).size());
        ask(told.mobile(), "7392").expect(202);
        assertEquals(before + 1, codes(told.mobile()).size());
    }

    @Test
    void aPinCanBeChosenAtTheFirstSignIn() {
        Told told = flagged("Bea");
        activate(api(), told, told.mobile()).expect(202);
        signIn(told, code(told.mobile()), "86135").expect(200);
        ask(told.mobile(), "86135").expect(202);
        // later on it is not looked at: the PIN is changed with the one that there is
        signIn(told, code(told.mobile()), "96831").expect(200);
        int before = codes(told.mobile()).size();
        ask(told.mobile(), "96831").expect(202);
        assertEquals(before, codes(told.mobile()).size());
        ask(told.mobile(), "86135").expect(202);
        assertEquals(before + 1, codes(told.mobile()).size());
    }

    @Test
    void thePinOfAFlaggedPersonIsChangedWithThePresentOneAndNeverRemoved() {
        Told told = flagged("Con");
        Tokens tokens = signUp(told);
        var api = api().as(tokens.access());
        api.put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        assertEquals("urn:waymark:problem:pin-stays", api.delete("/v1/me/pin").expect(409).at("/type"));
        for (var wrong : List.of(Map.of("pin", "8135"), Map.of("pin", "8135", "present_pin", "9999"))) {
            assertEquals("/present_pin", api.put("/v1/me/pin", wrong).expect(422).at("/errors/0/pointer"));
        }
        api.put("/v1/me/pin", Map.of("pin", "8135", "present_pin", "7392")).expect(204);
        int before = codes(told.mobile()).size();
        ask(told.mobile(), "7392").expect(202);
        ask(told.mobile(), "8135").expect(202);
        assertEquals(before + 1, codes(told.mobile()).size());
    }

    @Test
    void aFlagThatComesLaterTellsStaffOnceAndShutsTheSameDoor() {
        Told told = victim(NORTHMOOR, "Dee", "Hart", number());
        Tokens tokens = signUp(told);
        assertEquals(List.of(told.reference()), references(again(told.mobile())));
        for (List<String> flags : List.of(List.of("stalking"), List.of("stalking", "domestic_abuse"))) {
            tell(NORTHMOOR, told.reference(), "case_changed", Map.of("flags", flags));
        }
        assertEquals(List.of("flagged_without_pin"), workItems(told, "pin_to_agree"));
        assertTrue(me(tokens).body().path("pin_needed").asBoolean());
        int before = codes(told.mobile()).size();
        ask(told.mobile()).expect(202);
        assertEquals(before, codes(told.mobile()).size());
    }

    @Test
    void aSessionOfSomebodyInAFlaggedCaseIsShort() {
        Told told = flagged("Eva");
        activate(api(), told, told.mobile()).expect(202);
        String token = signIn(told, code(told.mobile()), "7392").expect(200).at("/refresh_token");
        for (int i = 0; i < 24; i++) {
            clocks.advanceMachine(Duration.ofMinutes(29));
            token = refresh(token).expect(200).at("/refresh_token");
        }
        clocks.advanceMachine(Duration.ofMinutes(29));
        refresh(token).expect(401); // twelve hours
        ask(told.mobile(), "7392").expect(202);
        token = signIn(told, code(told.mobile()), "7392").expect(200).at("/refresh_token");
        clocks.advanceMachine(Duration.ofMinutes(30).plusSeconds(1));
        refresh(token).expect(401); // idle
    }

    @Test
    void aLongSessionTurnsShortWhenTheFlagComes() {
        Told told = victim(NORTHMOOR, "Fay", "Hart", number());
        Tokens tokens = signUp(told);
        clocks.advanceMachine(Duration.ofMinutes(31));
        tell(NORTHMOOR, told.reference(), "case_changed", Map.of("flags", List.of("stalking")));
        refresh(tokens.refresh()).expect(401);
    }

    @Test
    void aLiveSessionDoesNotTakeAnInvitationRoundThePin() {
        Told first = flagged("Gil");
        activate(api(), first, first.mobile()).expect(202);
        String access = signIn(first, code(first.mobile()), "7392").expect(200).at("/access_token");
        Told second = report(NORTHMOOR, "REF/second-gil", List.of("stalking"),
            person("second-gil", "Gil", "Hart", first.mobile(), "safe")).getFirst();
        int before = codes(first.mobile()).size();
        activate(api().as(access), second, first.mobile()).expect(202);
        assertEquals(before, codes(first.mobile()).size());
        api().as(access).post("/v1/sign-in/activations", Map.of("invitation_code", invitationCode(second),
            "crime_reference", second.reference(), "mobile", first.mobile(), "pin", "7392")).expect(202);
        assertEquals(before + 1, codes(first.mobile()).size());
    }

    @Test
    void refreshingIsNoFreshSignIn() {
        Told told = flagged("Hal");
        Tokens tokens = signUp(told);
        clocks.advanceMachine(Duration.ofMinutes(6));
        String access = refresh(tokens.refresh()).expect(200).at("/access_token");
        api().as(access).put("/v1/me/pin", Map.of("pin", "7392")).expect(401);
        assertFalse(me(new Tokens(access, "")).body().path("has_pin").asBoolean());
    }

    private Answer refresh(String token) {
        return api().post("/v1/sign-in/refreshes", Map.of("refresh_token", token));
    }
}
