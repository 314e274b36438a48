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
import uk.waymark.testing.SignUp;

/** The abuser turns what is chosen against her, or she changes something and he must not notice. */
class ChangedContactTest extends ScenarioTest {
    private static final String CHANGES = "/v1/me/contact-changes";

    private Answer change(Api api, String mobile) {
        Answer begun = api.post(CHANGES, Map.of("mobile", mobile)).expect(202);
        return api.post(CHANGES + '/' + begun.at("/id") + "/confirmation", Map.of("code", newestCode(mobile).orElseThrow())).expect(200);
    }

    @Test
    @DisplayName("S42 He knows her PIN too, signs in, and has everything sent to his own number")
    void toHisOwnNumber() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        Abuser he = abuser();
        String his = number();
        Api session = he.in(signInAgain(her, PIN).access());
        assertEquals("checking", change(session, his).at("/state"));
        theUnitHas(her, "contact_change");
        int hisTexts = phone(his).size();
        int hers = phone(her.mobile()).size();
        news(her);
        assertEquals(hisTexts, he.readsThePhone(his).size(), "in the waiting time nothing goes there but the code");
        assertEquals(hers + 1, phone(her.mobile()).size());
        phone(his).forEach(t -> assertEquals(List.of(), TellingWords.in(t)));
    }

    @Test
    @DisplayName("S43 The number that he enters is one that the police hold for him")
    void hisNumberIsKnown() {
        Somebody her = victim("domestic_abuse");
        String his = number();
        tell(her.force(), her.reference(), "suspect_contacts", Map.of("suspect_ref", "s", "numbers", List.of(his)));
        Tokens hers = signUpWithPin(her);
        Api session = abuser().in(hers.access());
        Answer known = session.post(CHANGES, Map.of("mobile", his)).expect(202);
        // it is looked at as its code would leave; what is begun after it takes its place
        SignUp.drain(this);
        Answer other = session.post(CHANGES, Map.of("mobile", number())).expect(202);
        assertEquals(other.at("/message"), known.at("/message"));
        assertEquals(other.at("/state"), known.at("/state"));
        assertEquals(List.of(), abuser().readsThePhone(his));
        theUnitHas(her, "suspect_number_match");
    }

    @Test
    @DisplayName("S44 It turns out later that the number she is written to is his")
    void herNumberIsHis() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        tell(her.force(), her.reference(), "suspect_contacts", Map.of("suspect_ref", "s", "numbers", List.of(her.mobile())));
        int before = phone(her.mobile()).size();
        news(her);
        assertEquals(before, abuser().readsThePhone(her.mobile()).size());
        theUnitHas(her, "suspect_number_match");
        clocks.advanceMachine(Duration.ofMinutes(20));
        same(abuser().asksForACode(number(), PIN), abuser().asksForACode(her.mobile(), PIN));
        assertEquals(before, abuser().readsThePhone(her.mobile()).size(), "and no code, with the right PIN");
    }

    @Test
    @DisplayName("S45 She has a new phone; he keeps the old one")
    void theOldPhone() {
        Somebody her = victim("domestic_abuse");
        Tokens old = signUpWithPin(her);
        String fresh = number();
        Tokens here = signInAgain(her, PIN);
        Answer begun = api().as(here.access()).post(CHANGES, Map.of("mobile", fresh)).expect(202);
        api().as(here.access()).post(CHANGES + '/' + begun.at("/id") + "/confirmation", Map.of("code", newestCode(fresh).orElseThrow()))
            .expect(200);
        List<String> before = phone(her.mobile());
        news(her);
        assertEquals(before.size() + 1, phone(her.mobile()).size(), "until it holds, the old one is written to as ever");
        staff("witness_care", her.force()).post("/v1/staff/contact-changes/" + begun.at("/id") + "/decision",
            Map.of("decision", "allow", "reason", "Spoke with her here.", "safe", true)).expect(204);
        before = phone(her.mobile());
        news(her);
        Abuser he = abuser();
        assertEquals(before, he.readsThePhone(her.mobile()), "nothing says that anything has changed");
        same(he.in("not-a-token").get("/v1/me").expect(401), he.in(old.access()).get("/v1/me"));
        same(he.asksForACode(number(), PIN), he.asksForACode(her.mobile(), PIN));
        assertEquals(before, he.readsThePhone(her.mobile()), "nor does a code come there");
        he.hasLearnedNothingOf(her);
        phone(fresh).forEach(t -> assertEquals(List.of(), TellingWords.in(t)));
    }

    @Test
    @DisplayName("S46 The unit hears of her new number; a text that waits for the night to end must not go to the old one")
    void whatWasWaiting() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        var now = clocks.caseNow().atZone(java.time.ZoneId.of("Europe/London"));
        String from = now.minusHours(1).toLocalTime().toString().substring(0, 5);
        String to = now.plusHours(2).toLocalTime().toString().substring(0, 5);
        prefer(api().as(hers.access()), "quiet_hours", Map.of("from", from, "to", to)).expect(200);
        int before = phone(her.mobile()).size();
        news(her);
        assertEquals(before, phone(her.mobile()).size(), "it waits");
        tell(her.force(), her.reference(), "person_changed", Map.of("source_person_id", her.sourceId(), "mobile", number(),
            "mobile_safe", "unknown"));
        later("PT4H");
        assertEquals(before, abuser().readsThePhone(her.mobile()).size());
    }

    @Test
    @DisplayName("S47 He adds his email address to hers")
    void hisEmailAddress() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        Answer kept = prefer(api().as(hers.access()), "channels", List.of(Map.of("channel", "email", "address", "his@example.org"),
            Map.of("channel", "sms"))).expect(200);
        assertFalse(kept.body().at("/channels/0/confirmed").asBoolean());
        int before = phone(her.mobile()).size();
        news(her);
        assertEquals(before + 1, phone(her.mobile()).size(), "it goes where it went, and not to an address that nobody confirmed");
    }

    @Test
    @DisplayName("S48 He says that a number she called unsafe is safe again")
    void saferByHisWord() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        Api session = api().as(hers.access());
        prefer(session, "channels", List.of(Map.of("channel", "sms", "safety", "unsafe"), Map.of("channel", "call"))).expect(200);
        prefer(abuser().in(hers.access()), "channels", List.of(Map.of("channel", "sms", "safety", "safe"), Map.of("channel", "call")))
            .expect(200);
        int before = phone(her.mobile()).size();
        news(her);
        assertEquals(before, phone(her.mobile()).size());
        theUnitHas(her, "channel_to_confirm");
    }

    @Test
    @DisplayName("S49 He switches discreet mode off, so that he can read what it is about")
    void discreetStays() {
        Somebody her = victim("domestic_abuse");
        Api session = abuser().in(signUpWithPin(her).access());
        prefer(session, "discreet_mode", false).expect(409);
    }

    @Test
    @DisplayName("S50 He reads her preferences: the word for calls, whom she trusts, what to say to him")
    void herPreferences() {
        Somebody her = victim("domestic_abuse");
        Api session = abuser().in(signUpWithPin(her).access());
        prefer(session, "word", "Marmalade", "may_also_be_told", List.of("My sister in Leeds"), "if_somebody_else_answers",
            "Say it is the dentist.").expect(200);
        for (String path : List.of(PREFERENCES, PREFERENCES + "/history", "/v1/me", "/v1/me/notifications")) {
            String read = session.get(path).expect(200).text();
            for (String secret : List.of("Marmalade", "sister", "dentist")) {
                assertFalse(read.contains(secret), path + " tells " + secret);
            }
        }
    }

    @Test
    @DisplayName("S51 She stops everything in one touch; he wants it to start again")
    void thePause() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        Answer stopped = api().as(hers.access()).post(PREFERENCES + "/pause", null).expect(204);
        assertTrue(stopped.text().isEmpty(), "nothing on the screen");
        theUnitHas(her, "paused");
        int before = phone(her.mobile()).size();
        news(her);
        assertEquals(before, abuser().readsThePhone(her.mobile()).size());
        assertEquals("paused", theUnitHas(her, "message_withheld").path("reason").asText());
        clocks.advanceMachine(Duration.ofMinutes(6));
        needsAFreshSignIn(abuser().in(hers.access()).delete(PREFERENCES + "/pause"));
    }

    @Test
    @DisplayName("S52 Her old number belongs to somebody else now, who is a victim too")
    void theNumberHasPassedOn() {
        Somebody before = victim();
        Tokens old = signUp(before);
        Map<String, Object> part = part("victim", before.mobile(), "safe");
        part.putAll(Map.of("given_name", "Bartholomew", "family_name", "Quince"));
        Somebody now = report(GLANAFON, List.of(), Map.of(), part).getFirst();
        Abuser stranger = abuser();
        Tokens his = signUp(now);
        Api session = stranger.in(his.access());
        String caseId = caseId(his.access());
        for (String path : List.of("/v1/me", "/v1/me/cases", "/v1/me/cases/" + caseId, "/v1/me/cases/" + caseId + "/timeline",
                "/v1/me/notifications", PREFERENCES, "/v1/me/devices")) {
            session.get(path).expect(200);
        }
        assertFalse(session.get("/v1/me/cases").text().contains(before.reference()));
        stranger.hasLearnedNothingOf(before, before.mobile().substring(3), "0" + before.mobile().substring(3, 7) + " "
            + before.mobile().substring(7));
        api().as(old.access()).get("/v1/me").expect(401);
        theUnitHas(before, "number_passed_on");
    }

    @Test
    @DisplayName("S53 He downloads all that she has")
    void theDownload() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        Answer refused = abuser().in(hers.access()).get("/v1/me/export").expect(409);
        assertFalse(refused.text().contains(her.reference()));
        assertTrue(tasks(her).stream().anyMatch(t -> t.path("kind").asText().contains("export")), () -> tasks(her).toString());
    }

    @Test
    @DisplayName("S72 The force has her new number; she had no PIN, and he keeps the old phone")
    void theForceKnowsANewNumber() {
        Somebody her = victim();
        signUp(her);
        tell(her.force(), her.reference(), "person_changed", Map.of("source_person_id", her.sourceId(), "mobile", number(),
            "mobile_safe", "safe"));
        List<String> before = phone(her.mobile());
        news(her);
        assertEquals(before, abuser().readsThePhone(her.mobile()), "no news goes to the old one");
        assertFalse(tasks(her).isEmpty(), "the unit is to find out, and ends the link to the account");
    }

    @Test
    @DisplayName("S73 He opens her post")
    void herPost() {
        Somebody her = victim("domestic_abuse");
        Api staff = staff("witness_care", her.force());
        String path = "/v1/staff/people/" + her.id() + "/contact-preferences";
        staff.with("If-Match", staff.get(path).expect(200).header("ETag").orElseThrow()).put(path, Map.of("language", "en",
            "discreet_mode", true, "reason", "Her mother's address.", "channels", List.of(Map.of("channel", "letter", "safety", "safe",
            "address", "R Oak\n1 High Street\nNorthmoor\nNM1 1AA")))).expect(200);
        news(her);
        String item = theUnitHas(her, "letter_to_post").path("id").asText();
        String[] parts = staff.post("/v1/staff/queue/" + item + "/claim", null).expect(200).at("/detail").split("\n\n");
        String letter = parts[2];
        assertEquals(List.of(), TellingWords.in(letter), letter);
        assertFalse(letter.contains(her.reference()) || letter.contains(her.family()), letter);
    }
}
