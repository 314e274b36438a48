package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Two people with one number: what one of them, or whoever has the phone, learns of the other. */
class OnePhoneTest extends ScenarioTest {
    private static final String HERS = "7264";
    private static final String HIS = "74106";
    private Somebody son;
    private Somebody mother;
    private String phone;

    @BeforeEach
    void motherAndSonWithOneNumber() {
        phone = number();
        Map<String, Object> child = part("victim", phone, "safe");
        Map<String, Object> parent = part("parent", phone, "safe");
        parent.put("for", List.of(child.get("source_person_id")));
        List<Somebody> both = report(NORTHMOOR, List.of(), Map.of(), child, parent);
        son = both.getFirst();
        mother = both.getLast();
    }

    /** She first, and then he, whom she lets in with her PIN. */
    private Tokens bothSignUp() {
        enterChoosing(signingUp(mother, null), HERS);
        return enterChoosing(signingUp(son, HERS), HIS);
    }

    private Answer signingUp(Somebody person, String pin) {
        clocks.advanceMachine(Duration.ofMinutes(4));
        var wanted = new HashMap<>(person.activation(invitation(person)));
        if (pin != null) {
            wanted.put("pin", pin);
        }
        return api().post("/v1/sign-in/activations", wanted).expect(202);
    }

    private Tokens enterChoosing(Answer asked, String pin) {
        assertFalse(asked.text().isEmpty());
        Answer answer = api().post("/v1/sign-in/tokens", Map.of("mobile", phone, "code", newestCode(phone).orElseThrow(), "new_pin", pin,
            "device", Map.of("name", "Phone", "platform", "android"))).expect(200);
        return new Tokens(answer.at("/access_token"), answer.at("/refresh_token"));
    }

    private static List<String> ids(Api api, String path) {
        var ids = new ArrayList<String>();
        api.get(path).expect(200).body().path("items").forEach(i -> ids.add(i.path("id").asText()));
        return ids;
    }

    @Test
    @DisplayName("S74 Mother and son have one number: signed in as one of them, nothing that is the other's is there")
    void nothingOfTheOther() {
        Api his = api().as(bothSignUp().access());
        news(son);
        prefer(his, "quiet_hours", Map.of("from", "21:10", "to", "07:35")).expect(200);
        Api hers = api().as(signInAgain(mother, HERS).access());
        for (String path : List.of("/v1/me/notifications", "/v1/me/devices")) {
            List<String> theirs = ids(his, path);
            assertFalse(theirs.isEmpty(), path);
            String read = hers.get(path).expect(200).text();
            theirs.forEach(id -> assertFalse(read.contains(id), path));
        }
        ids(his, "/v1/me/notifications").forEach(id -> hers.post("/v1/me/notifications/" + id + "/read", null).expect(404));
        ids(his, "/v1/me/devices").forEach(id -> hers.delete("/v1/me/devices/" + id).expect(404));
        assertTrue(his.get(PREFERENCES).expect(200).text().contains("07:35"));
        assertFalse(hers.get(PREFERENCES).expect(200).text().contains("07:35"), "nor what he has asked for");
        assertEquals(0, hers.get(PREFERENCES + "/history").expect(200).body().path("items").size());
        his.get("/v1/me").expect(200);
    }

    @Test
    @DisplayName("S75 Whoever has the phone asks for a code: the PIN says whose, and nobody is ever named or listed")
    void thePinSaysWhose() {
        bothSignUp();
        Abuser he = abuser();
        clocks.advanceMachine(Duration.ofMinutes(16));
        Answer hers = he.asksForACode(phone, HERS);
        String code = he.newestCode(phone).orElseThrow();
        String asHer = he.entersTheCode(phone, code).expect(200).at("/access_token");
        Answer his = he.asksForACode(phone, HIS);
        String other = he.newestCode(phone).orElseThrow();
        assertNotEquals(code, other);
        String asHim = he.entersTheCode(phone, other).expect(200).at("/access_token");
        same(hers, his);
        assertNotEquals(he.in(asHer).get("/v1/me").at("/account_id"), he.in(asHim).get("/v1/me").at("/account_id"));
        he.hasLearnedNothingOf(mother, mother.reference());
        he.hasLearnedNothingOf(son, son.reference());
        he.readsThePhone(phone).forEach(t -> List.of(mother, son).forEach(p ->
            assertFalse(t.contains(p.given()) || t.contains(p.family()), "no text names anybody")));
    }

    @Test
    @DisplayName("S76 Whoever has the phone guesses PINs, or gives none: one answer, and the phone stays dark")
    void guessingWhose() {
        bothSignUp();
        clocks.advanceMachine(Duration.ofMinutes(16));
        Abuser he = abuser();
        int before = phone(phone).size();
        Answer none = he.asksForACode(phone);
        for (String guess : List.of("1234", "0000", "1991")) {
            same(none, he.asksForACode(phone, guess));
        }
        same(none, he.asksForACode(number(), HERS));
        assertEquals(before, phone(phone).size());
    }

    @Test
    @DisplayName("S77 One of two with one number tries to find the other's PIN out by choosing it")
    void choosingTheOthersPin() {
        enterChoosing(signingUp(mother, null), HERS);
        signingUp(son, HERS);
        Abuser he = abuser();
        Api his = he.in(enter(phone).access());
        Answer refused = his.put("/v1/me/pin", Map.of("pin", HERS)).expect(422);
        assertFalse(refused.text().toLowerCase(java.util.Locale.ROOT).contains("number"), "it does not say that anybody has it");
        for (String guess : List.of("1111", "1991", "4711")) {
            his.put("/v1/me/pin", Map.of("pin", guess));
        }
        his.put("/v1/me/pin", Map.of("pin", "8888"));
        his.put("/v1/me/pin", Map.of("pin", "9999")).expect(429);
        assertTrue(his.get("/v1/me").body().path("has_pin").asBoolean());
        he.hasLearnedNothingOf(mother, mother.reference());
    }

    @Test
    @DisplayName("S78 He says that texts to the phone are not safe: hers do not come either, and she does not read that he said so")
    void whatOneSaysOfThePhone() {
        Api his = api().as(bothSignUp().access());
        Api hers = api().as(signInAgain(mother, HERS).access());
        String before = hers.get(PREFERENCES).expect(200).text();
        prefer(his, "channels", List.of(Map.of("channel", "sms", "safety", "unsafe"))).expect(200);
        int texts = phone(phone).size();
        news(mother);
        assertEquals(texts, phone(phone).size());
        theUnitHas(mother, "message_withheld");
        assertEquals(before, hers.get(PREFERENCES).expect(200).text());
        assertFalse(hers.get("/v1/me").body().path("paused").asBoolean());
    }

    @Test
    @DisplayName("S79 She takes a new number: his stays where it is, nothing of hers goes on to the old one, and the unit asks about him")
    void aNewNumberForOne() {
        bothSignUp();
        Api hers = api().as(signInAgain(mother, HERS).access());
        String fresh = number();
        String change = hers.post("/v1/me/contact-changes", Map.of("mobile", fresh)).expect(202).at("/id");
        hers.post("/v1/me/contact-changes/" + change + "/confirmation", Map.of("code", newestCode(fresh).orElseThrow())).expect(200);
        assertEquals("shared_number_left", theUnitHas(son, "number_passed_on").path("reason").asText());
        int texts = phone(phone).size();
        Answer asked = api().post("/v1/sign-in/codes", Map.of("mobile", phone, "pin", HERS)).expect(202);
        assertEquals(texts, phone(phone).size());
        assertFalse(asked.text().isEmpty());
        assertTrue(api().as(signInAgain(son, HIS).access()).get("/v1/me").expect(200).body().path("has_pin").asBoolean());
    }
}
