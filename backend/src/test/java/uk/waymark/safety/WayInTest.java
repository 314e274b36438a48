package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** The abuser tries to sign in as her, with the phone, the name, the birthday, the reference, or the invitation. */
class WayInTest extends ScenarioTest {

    @Test
    @DisplayName("S14 He holds her phone and asks for a sign-in code, without her PIN")
    void noPinNoCode() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        clocks.advanceMachine(Duration.ofMinutes(20));
        int before = phone(her.mobile()).size();
        Abuser he = abuser();
        Answer answer = he.asksForACode(her.mobile());
        assertEquals(before, he.readsThePhone(her.mobile()).size());
        same(he.asksForACode(number()), answer);
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S15 He guesses her PIN: 1234, her birthday, 0000")
    void guessedPins() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        clocks.advanceMachine(Duration.ofMinutes(20));
        int before = phone(her.mobile()).size();
        Abuser he = abuser();
        Answer stranger = he.asksForACode(number(), "1234");
        for (String pin : List.of("1234", "1705", "1991", "0000")) {
            same(stranger, he.asksForACode(her.mobile(), pin));
        }
        assertEquals(before, he.readsThePhone(her.mobile()).size());
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S16 He goes on guessing her PIN, patiently, all day")
    void guessedForLong() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        int before = phone(her.mobile()).size();
        Abuser he = abuser();
        int tried = 0;
        for (int i = 0; i < 32; i++) {
            clocks.advanceMachine(Duration.ofSeconds(181));
            tried += he.asksForACode(her.mobile(), "00" + (10 + i)).status() == 202 ? 1 : 0;
        }
        assertTrue(tried <= 24, "of ten thousand he has tried " + tried);
        assertEquals(before, he.readsThePhone(her.mobile()).size());
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S17 He tries numbers one by one, to find out who is with us")
    void whoIsWithUs() {
        Somebody signedUp = victim();
        signUp(signedUp);
        Somebody flagged = victim("stalking");
        Somebody pinned = victim("stalking");
        signUpWithPin(pinned);
        Somebody unsafe = report(NORTHMOOR, List.of(), Map.of(), part("victim", number(), "unsafe")).getFirst();
        clocks.advanceMachine(Duration.ofMinutes(20));
        Abuser he = abuser();
        Answer stranger = he.asksForACode(number()).expect(202);
        for (Somebody one : List.of(signedUp, flagged, pinned, unsafe)) {
            same(stranger, he.asksForACode(one.mobile()));
        }
        Answer wrong = he.entersTheCode(number(), "123456").expect(401);
        for (Somebody one : List.of(signedUp, flagged, pinned, unsafe)) {
            same(wrong, he.entersTheCode(one.mobile(), "000000"));
            he.hasLearnedNothingOf(one);
        }
    }

    @Test
    @DisplayName("S18 He floods her number with requests, so that she cannot sign in")
    void aFlood() {
        Somebody her = victim("domestic_abuse");
        Tokens first = signUpWithPin(her);
        assertFalse(first.access().isEmpty());
        clocks.advanceMachine(Duration.ofMinutes(20));
        Api herPhone = api().with("Waymark-Device", "0123456789abcdef-hers");
        Map<String, Object> right = Map.of("mobile", her.mobile(), "pin", PIN);
        herPhone.post("/v1/sign-in/codes", right).expect(202);
        herPhone.post("/v1/sign-in/tokens", Map.of("mobile", her.mobile(), "code", newestCode(her.mobile()).orElseThrow(),
            "device", Map.of("name", "Phone", "platform", "android"))).expect(200);
        int before = phone(her.mobile()).size();
        Abuser he = abuser();
        int refused = 0;
        for (int i = 0; i < 12; i++) {
            refused += he.asksForACode(her.mobile(), "1111").status() == 429 ? 1 : 0;
        }
        assertTrue(refused > 0, "a stranger is stopped");
        assertEquals(before, he.readsThePhone(her.mobile()).size(), "her phone never lit up");
        herPhone.post("/v1/sign-in/codes", right).expect(202);
        assertEquals(before + 1, phone(her.mobile()).size(), "her own phone gets its code");
    }

    @Test
    @DisplayName("S19 He guesses the six digits of her code")
    void guessedCodes() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        clocks.advanceMachine(Duration.ofMinutes(20));
        api().post("/v1/sign-in/codes", Map.of("mobile", her.mobile(), "pin", PIN)).expect(202);
        String right = newestCode(her.mobile()).orElseThrow();
        Abuser he = abuser();
        int tries = 0;
        Answer answer = he.entersTheCode(her.mobile(), right.equals("100000") ? "100001" : "100000");
        while (answer.status() == 401 && tries < 40) {
            answer = he.entersTheCode(her.mobile(), Integer.toString(200_000 + tries++));
        }
        assertEquals(429, answer.status(), "of a million codes he has tried " + tries);
        assertEquals(429, he.entersTheCode(her.mobile(), right).status());
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S20 He knows her name, her birthday and the crime reference, but has no invitation code")
    void everythingButTheInvitation() {
        Somebody her = victim("domestic_abuse");
        Abuser he = abuser();
        Answer known = he.takesUp("ABCD-EFGH-JKLM", her.reference(), number()).expect(422);
        Answer madeUp = he.takesUp("ABCD-EFGH-JKLM", "NM/99999/99", number()).expect(422);
        same(known, madeUp);
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S21 He has photographed her invitation and takes it up on his own phone")
    void theInvitationOnAnotherPhone() {
        Somebody her = victim("domestic_abuse");
        String his = number();
        Abuser he = abuser();
        Answer answer = he.takesUp(invitation(her), her.reference(), his).expect(202);
        assertEquals(List.of(), he.readsThePhone(his), "no code comes to him");
        assertEquals(List.of(), phone(her.mobile()), "and nothing to her");
        theUnitHas(her, "activation_other_number");
        same(answer, he.takesUp(invitation(her), her.reference(), number()));
        he.hasLearnedNothingOf(her, her.reference());
    }

    @Test
    @DisplayName("S22 He holds her phone the day after she signed up; she has not chosen a PIN yet")
    void signedUpWithoutAPin() {
        Somebody her = victim("domestic_abuse");
        signUp(her);
        clocks.advanceMachine(Duration.ofHours(13));
        int before = phone(her.mobile()).size();
        Abuser he = abuser();
        he.asksForACode(her.mobile()).expect(202);
        he.asksForACode(her.mobile(), "1234").expect(202);
        assertEquals(before, he.readsThePhone(her.mobile()).size());
        theUnitHas(her, "pin_to_agree");
    }
}
