package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;

/** Whoever holds the phone has every SMS: with a PIN that is not enough. */
class PinsTest extends AccountTest {

    @Test
    void aWrongOrMissingPinSendsNothingAndAnswersTheSame() {
        Told told = pinned("Amy", "7392");
        int before = codes(told.mobile()).size();
        Answer missing = ask(told.mobile()).expect(202);
        Answer wrong = ask(told.mobile(), "1638").expect(202);
        assertEquals(before, codes(told.mobile()).size());
        Answer right = ask(told.mobile(), "7392").expect(202);
        assertEquals(before + 1, codes(told.mobile()).size());
        assertEquals(right.text(), missing.text());
        assertEquals(right.text(), wrong.text());
        assertEquals(List.of(told.reference()), references(signIn(told.mobile(), code(told.mobile()))));
    }

    @Test
    void aPinHasALimitOfItsOwn() {
        Told told = pinned("Bob", "7392");
        anHourLater();
        for (int i = 0; i < 5; i++) {
            ask(told.mobile(), "000" + i).expect(202);
        }
        send();
        clocks.advanceMachine(Duration.ofMinutes(3).plusSeconds(1)); // one more try of each; the failures need it
        ask(told.mobile(), "9999").expect(202);
        send();
        int before = codes(told.mobile()).size();
        clocks.advanceMachine(Duration.ofMinutes(15));
        ask(told.mobile(), "7392").expect(202);
        assertEquals(before + 1, codes(told.mobile()).size());
    }

    @Test
    void setAndRemovedOnlyAfterAFreshSignIn() {
        Told told = victim(NORTHMOOR, "Con", "Peel", number());
        Tokens tokens = signUp(told);
        var api = api().as(tokens.access());
        api.put("/v1/me/pin", Map.of("pin", "12")).expect(400);
        api.put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        assertTrue(me(tokens).body().path("has_pin").asBoolean());
        clocks.advanceMachine(Duration.ofMinutes(5).plusSeconds(1));
        for (Answer answer : List.of(api.put("/v1/me/pin", Map.of("pin", "1638")), api.delete("/v1/me/pin"))) {
            answer.expect(401);
            assertEquals("Bearer error=\"insufficient_user_authentication\", max_age=300",
                answer.header("WWW-Authenticate").orElseThrow());
        }
        // a refreshed token is no fresh sign-in
        Answer refreshed = api().post("/v1/sign-in/refreshes", Map.of("refresh_token", tokens.refresh())).expect(200);
        api().as(refreshed.at("/access_token")).delete("/v1/me/pin").expect(401);
        ask(told.mobile(), "7392").expect(202);
        Tokens fresh = signIn(told.mobile(), code(told.mobile()));
        api().as(fresh.access()).delete("/v1/me/pin").expect(204);
        assertFalse(me(fresh).body().path("has_pin").asBoolean());
        assertEquals(List.of(told.reference()), references(again(told.mobile())));
    }

    @Test
    void anInvitationDoesNotGoRoundThePin() {
        String number = number();
        Told first = victim(NORTHMOOR, "Dot", "Peel", number);
        Tokens tokens = signUp(first);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        Told second = victim(GLANAFON, "Dot", "Peel", number);
        int before = codes(number).size();
        activate(api(), second, number).expect(202);
        assertEquals(before, codes(number).size());
        assertEquals(List.of("number_has_a_pin"), workItems(second, "activation_other_number"));
        api().post("/v1/sign-in/activations", Map.of("invitation_code", invitationCode(second),
            "crime_reference", second.reference(), "mobile", number, "pin", "7392")).expect(202);
        assertEquals(2, references(signIn(number, code(number))).size());
    }

    private Told pinned(String name, String pin) {
        Told told = victim(NORTHMOOR, name, "Peel", number());
        Tokens tokens = signUp(told);
        api().as(tokens.access()).put("/v1/me/pin", Map.of("pin", pin)).expect(204);
        return told;
    }
}
