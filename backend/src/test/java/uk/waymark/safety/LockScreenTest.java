package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.waymark.safety.Somebody.Tokens;

/** The abuser reads what lights up on a phone, or types on it. */
class LockScreenTest extends ScenarioTest {

    @Test
    @DisplayName("S01 He reads the texts on her lock screen while there is news")
    void newsOnALockScreen() {
        Somebody her = victim("domestic_abuse");
        signUp(her);
        int before = phone(her.mobile()).size();
        news(her);
        List<String> texts = abuser().readsThePhone(her.mobile());
        assertEquals(before + 1, texts.size());
        assertEquals("There is something new for you. Sign in when it suits you to read it.", texts.getFirst());
    }

    @Test
    @DisplayName("S02 The same in Welsh")
    void newsInWelsh() {
        Map<String, Object> part = part("victim", number(), "safe");
        part.put("language", "cy");
        Somebody her = report(GLANAFON, List.of("stalking"), Map.of(), part).getFirst();
        signUp(her);
        int before = phone(her.mobile()).size();
        news(her);
        List<String> texts = abuser().readsThePhone(her.mobile());
        assertEquals(before + 1, texts.size());
        assertEquals("Mae rhywbeth newydd i chi. Mewngofnodwch pan fydd yn gyfleus i'w ddarllen.", texts.getFirst());
    }

    @Test
    @DisplayName("S03 The app lights up: the same words for everything, and nothing that says what or whom")
    void theAppOnALockScreen() {
        Somebody her = victim("domestic_abuse");
        Tokens phone = signUp(her);
        api().as(phone.access()).put("/v1/me/push-registration", Map.of("token", "lock:" + her.sourceId(), "platform", "android"))
            .expect(204);
        int before = phone(her.mobile()).size();
        news(her);
        tell(her.force(), her.reference(), "officer_changed", Map.of("officer", Map.of("name", "DC Other", "collar_number", "1",
            "team", "Central")));
        news(her);
        List<String> texts = abuser().readsThePhone(her.mobile());
        Set<String> lit = Set.copyOf(texts.subList(0, texts.size() - before));
        assertEquals(1, lit.size(), lit::toString);
    }

    @Test
    @DisplayName("S04 A sign-in code arrives while he holds the phone")
    void aCodeOnALockScreen() {
        Somebody her = victim("domestic_abuse");
        signUp(her);
        String text = abuser().readsThePhone(her.mobile()).getFirst();
        assertTrue(text.matches("\\d{6} is your sign-in code\\. .*"), text);
    }

    @Test
    @DisplayName("S05 Without any flag she has asked for discreet messages herself")
    void discreetByChoice() {
        Somebody her = victim();
        Tokens phone = signUp(her);
        news(her);
        assertNotEquals(List.of(), TellingWords.in(phone(her.mobile()).getFirst()), "before that it says what it is about");
        prefer(api().as(phone.access()), "discreet_mode", true).expect(200);
        news(her);
        assertEquals(List.of(), TellingWords.in(abuser().readsThePhone(her.mobile()).getFirst()));
    }

    @Test
    @DisplayName("S06 She has been invited; he looks for the invitation on her phone")
    void noInvitationByText() {
        Somebody her = victim("honour_based_abuse");
        assertEquals(List.of(), abuser().readsThePhone(her.mobile()));
        theUnitHas(her, "invitation_to_hand_over");
    }

    @Test
    @DisplayName("S07 Nobody has said whether her number is safe")
    void anUnknownNumberIsNoNumber() {
        Somebody her = report(NORTHMOOR, List.of("domestic_abuse"), Map.of(), part("victim", number(), "unknown")).getFirst();
        signUp(her);
        int codes = phone(her.mobile()).size();
        news(her);
        assertEquals(codes, abuser().readsThePhone(her.mobile()).size(), "only the code that she asked for ever came");
        assertEquals("unknown_in_flagged_case", theUnitHas(her, "message_withheld").path("reason").asText());
    }

    @Test
    @DisplayName("S08 A flag nobody has heard of is a safety flag")
    void anUnknownFlag() {
        Somebody her = victim("a_flag_of_tomorrow");
        assertEquals(List.of(), phone(her.mobile()));
        signUp(her);
        news(her);
        assertEquals(List.of(), TellingWords.in(abuser().readsThePhone(her.mobile()).getFirst()));
    }

    @Test
    @DisplayName("S09 He answers STOP from her phone, so that she hears nothing any more")
    void heTextsStop() {
        Somebody her = victim("domestic_abuse");
        signUp(her);
        int before = phone(her.mobile()).size();
        api().post("/sandbox/replies", Map.of("from", her.mobile(), "body", "STOP")).expect(204);
        news(her);
        assertEquals(before, abuser().readsThePhone(her.mobile()).size(), "no text says what was stopped");
        assertEquals("stopped", theUnitHas(her, "message_withheld").path("reason").asText());
    }

    @Test
    @DisplayName("S10 He answers a text from her phone: who is this? stop writing to my wife")
    void heTextsBack() {
        Somebody her = victim("domestic_abuse");
        signUp(her);
        news(her);
        List<String> before = phone(her.mobile());
        api().post("/sandbox/replies", Map.of("from", her.mobile(), "body", "Who is this?")).expect(204);
        assertEquals(before, abuser().readsThePhone(her.mobile()), "nothing is answered by itself");
        assertTrue(theUnitHas(her, "reply").path("detail").asText().contains("Who is this?"));
    }

    @Test
    @DisplayName("S11 He answers HELP, to find out who writes to her")
    void heTextsHelp() {
        Somebody her = victim("domestic_abuse");
        signUp(her);
        news(her);
        int before = phone(her.mobile()).size();
        api().post("/sandbox/replies", Map.of("from", her.mobile(), "body", "HELP")).expect(204);
        List<String> after = abuser().readsThePhone(her.mobile());
        after.subList(0, after.size() - before).forEach(t -> assertEquals(List.of(), TellingWords.in(t)));
    }

    @Test
    @DisplayName("S12 Something told to her was wrong and is put right")
    void aCorrection() {
        Somebody her = victim("domestic_abuse");
        signUp(her);
        String event = "to-be-taken-back-" + her.sourceId();
        tell(her.force(), her.reference(), "suspect_charged", Map.of("suspect_ref", "s"), Map.of("source_event_id", event));
        int before = phone(her.mobile()).size();
        tell(her.force(), her.reference(), "event_retracted", Map.of("source_event_id", event));
        List<String> texts = abuser().readsThePhone(her.mobile());
        assertEquals(before + 1, texts.size());
        assertTrue(texts.getFirst().startsWith("Something we told you was wrong."), texts.getFirst());
    }

    @Test
    @DisplayName("S13 Every text of a whole case, in discreet mode, says the same three or four things")
    void thereIsLittleToCompare() {
        Somebody her = victim("stalking");
        signUp(her);
        for (String type : List.of("suspect_arrested", "suspect_interviewed", "suspect_charged")) {
            tell(her.force(), her.reference(), type, Map.of("suspect_ref", "s1"));
            later("PT1M");
        }
        tell(her.force(), her.reference(), "hearing_listed", Map.of("hearing_id", "h-" + her.sourceId(), "kind", "trial",
            "starts_at", clocks.caseNow().plusSeconds(40 * 86_400).toString(), "court", Map.of("ou_code", "B44NM00", "name",
            "Northmoor Crown Court"), "required", List.of(her.sourceId()), "notify", true, "received_at", now()));
        Set<String> different = phone(her.mobile()).stream().map(t -> t.replaceAll("\\d{6}", "#")).collect(Collectors.toSet());
        assertTrue(different.size() <= 3, different::toString);
        assertFalse(different.isEmpty());
    }
}
