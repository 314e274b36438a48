package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Briefing;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Several people with one number: docs/adr/0023-one-number-several-people.md. */
class OneNumberTest extends AccountTest {
    private static final String MOTHERS = "7392";
    private static final String CHILDS = "96831";
    private Told child;
    private Told mother;
    private String number;

    @BeforeEach
    void twoAtOneNumber() {
        number = number();
        report(List.of());
    }

    private void report(List<String> flags) {
        String id = number.substring(9);
        var parent = person("m" + id, "Megan", "Frost", number, "safe");
        parent.put("role", "parent");
        parent.put("for", List.of("c" + id));
        List<Told> told = report(NORTHMOOR, "REF/ONE/" + id, flags, parent, person("c" + id, "Tom", "Frost", number, "safe"));
        mother = told.getFirst();
        child = told.getLast();
    }

    @Test
    void thePinSaysWhoseAccountOpens() {
        String mothers = account(signUpWith(mother, MOTHERS, null));
        String childs = account(signUpWith(child, CHILDS, MOTHERS));
        assertNotEquals(mothers, childs);
        assertEquals(mothers, account(asking(MOTHERS)));
        assertEquals(childs, account(asking(CHILDS)));
        assertEquals(mothers, account(asking(MOTHERS)));
    }

    @Test
    void aWrongPinAndNoneSendNothingAndAnswerTheSame() {
        signUpWith(mother, MOTHERS, null);
        signUpWith(child, CHILDS, MOTHERS);
        int before = codes(number).size();
        Answer none = ask(number).expect(202);
        Answer wrong = ask(number, "1638").expect(202);
        assertEquals(before, codes(number).size());
        Answer right = ask(number, CHILDS).expect(202);
        assertEquals(before + 1, codes(number).size());
        Answer nobody = ask(number(), CHILDS).expect(202);
        for (Answer other : List.of(none, wrong, nobody)) {
            assertEquals(right.text(), other.text());
        }
        assertTrue(workItems(mother, "pin_to_agree").isEmpty(), "both have one");
    }

    @Test
    void whoHadTheNumberFirstMayGoOnWithoutAPin() {
        String mothers = account(signUp(mother));
        Tokens second = signUp(child);
        assertTrue(me(second).body().path("pin_needed").asBoolean());
        assertEquals(mothers, account(again(number)), "the child has none yet, but needs one");
        api().as(second.access()).put("/v1/me/pin", Map.of("pin", CHILDS)).expect(204);
        assertTrue(me(second).body().path("pin_needed").isMissingNode());
        assertEquals("urn:waymark:problem:pin-stays", api().as(second.access()).delete("/v1/me/pin").expect(409).at("/type"));
        assertEquals(mothers, account(again(number)));
        assertEquals(account(second), account(asking(CHILDS)));
        int before = codes(number).size();
        ask(number, "1111").expect(202);
        assertEquals(before, codes(number).size(), "a wrong PIN opens nobody's");
    }

    @Test
    void whoNeedsAPinAndHasNoneIsStaffsToHelp() {
        signUpWith(mother, MOTHERS, null);
        activate(child, MOTHERS).expect(202);
        signIn(number, code(number));
        int before = codes(number).size();
        ask(number).expect(202);
        assertEquals(before, codes(number).size());
        assertEquals(List.of("sign_in_without_pin"), workItems(child, "pin_to_agree"));
        assertTrue(workItems(mother, "pin_to_agree").isEmpty());
    }

    @Test
    void twoWithOneNumberNeverHaveOnePin() {
        String mothers = account(signUpWith(mother, MOTHERS, null));
        activate(child, MOTHERS).expect(202);
        Answer answer = signInAnswer(MOTHERS).expect(200);
        assertEquals("false", answer.body().path("pin_taken").toString());
        Tokens childs = tokens(answer);
        assertFalse(me(childs).body().path("has_pin").asBoolean(), "it was not taken, and the session says what is missing");
        assertTrue(me(childs).body().path("pin_needed").asBoolean());
        Answer taken = api().as(childs.access()).put("/v1/me/pin", Map.of("pin", MOTHERS)).expect(422);
        assertEquals("/pin", taken.at("/errors/0/pointer"));
        assertFalse(taken.text().contains("somebody else"), "nor is it said why");
        api().as(childs.access()).put("/v1/me/pin", Map.of("pin", CHILDS)).expect(204);
        assertEquals(mothers, account(asking(MOTHERS)));
    }

    @Test
    void aPinThatAnybodyWouldGuessUsesNoCodeUp() {
        activate(mother, null).expect(202);
        assertEquals("/new_pin", signInAnswer("1234").expect(422).at("/errors/0/pointer"));
        assertTrue(signInAnswer(MOTHERS).expect(200).body().path("pin_taken").asBoolean(), "with the same code");
    }

    @Test
    void toHitTheOthersPinCountsAsAGuessAtTheNumber() {
        signUpWith(mother, MOTHERS, null);
        activate(child, MOTHERS).expect(202);
        Api childs = api().as(signIn(number, code(number)).access());
        for (int i = 0; i < 5; i++) {
            childs.put("/v1/me/pin", Map.of("pin", MOTHERS)).expect(422);
        }
        int before = codes(number).size();
        clocks.advanceMachine(Duration.ofMinutes(1));
        ask(number, MOTHERS).expect(202);
        assertEquals(before, codes(number).size(), "what was found out so opens nothing");
    }

    @Test
    void whoseWrongPinIsOneThatWasNotTakenIsStaffsToHelpToo() {
        signUpWith(mother, MOTHERS, null);
        activate(child, MOTHERS).expect(202);
        signIn(number, code(number));
        ask(number, "8562").expect(202);
        send();
        assertEquals(List.of("sign_in_without_pin"), workItems(child, "pin_to_agree"));
    }

    @Test
    void choosingAPinGuessesNoMoreThanSigningInDoes() {
        signUpWith(mother, MOTHERS, null);
        activate(child, MOTHERS).expect(202);
        Api childs = api().as(signIn(number, code(number)).access());
        for (int i = 0; i < 5; i++) {
            childs.put("/v1/me/pin", Map.of("pin", MOTHERS)).expect(422);
        }
        childs.put("/v1/me/pin", Map.of("pin", CHILDS)).expect(429);
    }

    @Test
    void eachHasTheirOwnDevicesPreferencesAndWhatTheySaid() {
        Tokens mothers = signUpWith(mother, MOTHERS, null);
        Tokens childs = signUpWith(child, CHILDS, MOTHERS);
        Api she = api().as(mothers.access());
        Api he = api().as(childs.access());
        assertEquals(1, she.get("/v1/me/devices").expect(200).body().path("items").size());
        String his = he.get("/v1/me/devices").expect(200).at("/items/0/id");
        she.delete("/v1/me/devices/" + his).expect(404);
        String path = "/v1/me/contact-preferences";
        String before = she.get(path).expect(200).text();
        he.with("If-Match", he.get(path).header("ETag").orElseThrow()).put(path, Map.of("language", "cy", "discreet_mode", true,
            "channels", List.of(Map.of("channel", "sms", "safety", "unsafe")))).expect(200);
        assertEquals(before, she.get(path).expect(200).text());
        he.post(path + "/pause", null).expect(204);
        assertFalse(she.get("/v1/me").body().path("paused").asBoolean());
        she.delete("/v1/me/devices").expect(204);
        me(childs).expect(200);
    }

    @Test
    void whoIsSignedInTakesAnInvitationUpForSomebodyElseAndGoesOnAsBefore() {
        Tokens mothers = signUp(mother);
        activate(api().as(mothers.access()), child, number).expect(202);
        Tokens childs = signIn(number, code(number));
        assertNotEquals(account(mothers), account(childs));
        assertEquals(List.of(mother.reference()), references(mothers));
    }

    @Test
    void anInvitationWithTheOthersPinDoesNotOpenTheAccountThatItWouldJoin() {
        String mothers = account(signUpWith(mother, MOTHERS, null));
        signUpWith(child, CHILDS, MOTHERS);
        Told again = victim(GLANAFON, "Megan", "Frost", number);
        activate(again, CHILDS).expect(202);
        Tokens whose = signIn(number, code(number));
        assertNotEquals(mothers, account(whose));
        assertEquals(List.of(again.reference()), references(whose));
    }

    @Test
    void anInvitationWithOnesOwnPinAddsToOnesAccount() {
        String mothers = account(signUpWith(mother, MOTHERS, null));
        signUpWith(child, CHILDS, MOTHERS);
        Told again = victim(GLANAFON, "Megan", "Frost", number);
        activate(again, MOTHERS).expect(202);
        Tokens hers = signIn(number, code(number));
        assertEquals(mothers, account(hers));
        assertEquals(2, references(hers).size());
    }

    @Test
    void aCodeOpensOnlyWhomItWasSentFor() {
        String mothers = account(signUpWith(mother, MOTHERS, null));
        signUpWith(child, CHILDS, MOTHERS);
        clocks.advanceMachine(Duration.ofMinutes(16));
        ask(number, MOTHERS).expect(202);
        String hers = code(number);
        ask(number, CHILDS).expect(202);
        String his = code(number);
        trySignIn(api(), number, hers).expect(401);
        assertNotEquals(mothers, account(signIn(number, his)));
    }

    @Test
    void aFlagOfOneIsTheNumbers() {
        signUp(mother);
        Told other = report(NORTHMOOR, "REF/FLAG/" + number.substring(9), List.of("domestic_abuse"), person("m" + number.substring(9),
            "Megan", "Frost", number, "safe"), person("x" + number.substring(9), "Una", "Frost", number, "safe")).getLast();
        Tokens flagged = signUp(other);
        assertTrue(me(flagged).body().path("pin_needed").asBoolean());
        int before = codes(number).size();
        ask(number).expect(202);
        assertEquals(before, codes(number).size());
        assertEquals(1, workItems(mother, "pin_to_agree").stream().filter("sign_in_without_pin"::equals).count());
    }

    /** A word of who shares a number is judged by the number's flag, wherever it is looked at. */
    @Test
    void aFlagOfOneTakesTheForceOfAWordFromTheOthersPhone() {
        Tokens hers = signUp(mother);
        Api she = api().as(hers.access());
        chooseWord(she, "harbour");
        assertEquals(201, spoken("harbour"));
        signUp(child);
        report(NORTHMOOR, "REF/WORD/" + number.substring(9), List.of("domestic_abuse"), person("c" + number.substring(9), "Tom", "Frost",
            number, "safe"));
        assertEquals(422, spoken("harbour"));
        Api staff = api().as(staffToken("witness_care", NORTHMOOR));
        String path = "/v1/staff/people/" + mother.id() + "/contact-preferences";
        assertEquals("harbour", staff.get(path).expect(200).at("/word_to_confirm"));
        assertFalse(staff.get(path).body().has("word"));
        acting().as(worker(NORTHMOOR), c -> {
            String told = bean(Briefing.class).of(c, mother.id(), true);
            assertFalse(told.contains("harbour"), told);
            return null;
        });
        chooseWord(she, "jackdaw");
        assertEquals(List.of("word_entered"), workItems(mother, "word_to_confirm"));
        assertEquals(422, spoken("jackdaw"));
    }

    private int spoken(String word) {
        return api().as(staffToken("officer", NORTHMOOR)).post("/v1/staff/people/" + mother.id() + "/sign-in-codes",
            Map.of("agreed_word", word, "call", Map.of())).status();
    }

    private static void chooseWord(Api api, String word) {
        String path = "/v1/me/contact-preferences";
        api.with("If-Match", api.get(path).header("ETag").orElseThrow()).put(path,
            Map.of("language", "en", "discreet_mode", false, "word", word)).expect(200);
    }

    @Test
    void whoseLinkStaffHaveEndedIsNotMistakenForWhoIsLeft() {
        signUpWith(mother, MOTHERS, null);
        String childs = account(signUpWith(child, CHILDS, MOTHERS));
        api().as(staffToken("officer", NORTHMOOR)).delete("/v1/staff/people/" + mother.id() + "/account-link").expect(204);
        int before = codes(number).size();
        ask(number, MOTHERS).expect(202);
        assertEquals(before, codes(number).size());
        assertEquals(childs, account(asking(CHILDS)));
    }

    private Tokens signUpWith(Told told, String pin, String presentPin) {
        activate(told, presentPin).expect(202);
        return signInWith(pin);
    }

    private Answer activate(Told told, String pin) {
        clocks.advanceMachine(Duration.ofMinutes(4));
        var wanted = new HashMap<String, Object>(Map.of("invitation_code", invitationCode(told), "crime_reference",
            told.reference(), "mobile", number));
        if (pin != null) {
            wanted.put("pin", pin);
        }
        return api().post("/v1/sign-in/activations", wanted);
    }

    private Tokens signInWith(String newPin) {
        return tokens(signInAnswer(newPin).expect(200));
    }

    private Answer signInAnswer(String newPin) {
        return api().post("/v1/sign-in/tokens", Map.of("mobile", number, "code", code(number), "new_pin", newPin,
            "device", Map.of("name", "Test phone", "platform", "android")));
    }

    private static Tokens tokens(Answer answer) {
        return new Tokens(answer.at("/access_token"), answer.at("/refresh_token"));
    }

    private Tokens asking(String pin) {
        clocks.advanceMachine(Duration.ofMinutes(4));
        ask(number, pin).expect(202);
        return signIn(number, code(number));
    }

    private String account(Tokens tokens) {
        return me(tokens).expect(200).at("/account_id");
    }
}
