package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Court dates on the phone of somebody discreet: what is sent, what comes back, and what the force may write itself. */
class CourtDateTextsTest extends ScenarioTest {
    private static final String RECEIVED = "Thank you. We have your message.";

    private String inDays(int days) {
        return clocks.caseNow().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS).plusSeconds(10 * 3600).toString();
    }

    private Map<String, Object> date(Somebody her, int days) {
        return new HashMap<>(Map.of("hearing_id", "h-" + her.sourceId(), "kind", "trial", "starts_at", inDays(days), "court",
            Map.of("ou_code", "B44NM00", "name", "Northmoor Crown Court"), "required", List.of(her.sourceId()), "notify", true,
            "received_at", now()));
    }

    private Somebody calledTo(int days, String... flags) {
        Somebody her = victim(flags);
        signUpWithPin(her);
        tell(her.force(), her.reference(), "hearing_listed", date(her, days));
        later("PT2M");
        return her;
    }

    private void texts(Somebody her, String words) {
        api().post("/sandbox/replies", Map.of("from", her.mobile(), "body", words)).expect(204);
    }

    @Test
    @DisplayName("S80 A court date is told, moved and taken off: he reads of an appointment, with its day and no place")
    void anAppointment() {
        Somebody her = calledTo(40, "domestic_abuse");
        String listed = abuser().readsThePhone(her.mobile()).getFirst();
        assertTrue(listed.contains("appointment"), listed);
        tell(her.force(), her.reference(), "hearing_changed", Map.of("hearing_id", "h-" + her.sourceId(), "starts_at", inDays(47)));
        later("PT2M");
        assertTrue(abuser().readsThePhone(her.mobile()).getFirst().contains("appointment has moved"), phone(her.mobile())::toString);
        tell(her.force(), her.reference(), "hearing_vacated", Map.of("hearing_id", "h-" + her.sourceId()));
        later("PT2M");
        List<String> all = abuser().readsThePhone(her.mobile());
        assertTrue(all.getFirst().contains("appointment"), all::toString);
        all.forEach(t -> assertFalse(t.contains("Crown") || t.contains("justice"), t));
    }

    @Test
    @DisplayName("S81 Every text that there is, in its neutral words: none tells, none has a place, in either language")
    void everyText() throws IOException {
        try (InputStream words = CourtDateTextsTest.class.getResourceAsStream("/messages/messages.yaml")) {
            Map<String, Map<String, Object>> templates = new Yaml(new SafeConstructor(new LoaderOptions()))
                .<Map<String, Map<String, Map<String, Object>>>>load(words).get("templates");
            assertTrue(templates.keySet().containsAll(List.of("hearing_off", "reminder_details", "run_correction", "reply_help")));
            templates.forEach((name, template) -> List.of("en", "cy").forEach(language -> {
                String neutral = (String) ((Map<?, ?>) ((Map<?, ?>) template.get("texts")).get(language)).get("neutral");
                assertEquals(List.of(), TellingWords.in(neutral), name);
                assertFalse(neutral.contains("{court"), name + " has a place");
            }));
        }
    }

    @Test
    @DisplayName("S82 He texts CANNOT, CALL and HELP from her phone, to read what comes back about her court date")
    void whatComesBack() {
        Somebody her = calledTo(40, "stalking");
        int before = phone(her.mobile()).size();
        for (String words : List.of("CANNOT", "CALL", "HELP")) {
            texts(her, words);
        }
        List<String> texts = abuser().readsThePhone(her.mobile());
        texts.subList(0, texts.size() - before).forEach(t -> assertEquals(RECEIVED, t));
        theUnitHas(her, "attendance_to_confirm");
        theUnitHas(her, "call_wanted");
    }

    @Test
    @DisplayName("S83 She has stopped the texts; he texts START from her phone")
    void startByHim() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        texts(her, "STOP");
        texts(her, "START");
        int before = phone(her.mobile()).size();
        news(her);
        assertEquals(before, abuser().readsThePhone(her.mobile()).size(), "it starts nothing");
        assertTrue(tasks(her).stream().anyMatch(t -> t.path("reason").asText().equals("reply_start")), () -> tasks(her).toString());
        sheHasSaidThatTextsAreSafe(her);
        news(her);
        assertEquals(before + 1, phone(her.mobile()).size(), "once she has told the unit that she wants it");
        texts(her, "STOP");
        sheHasSaidThatTextsAreSafe(her);
        news(her);
        assertEquals(before + 1, phone(her.mobile()).size(), "that texts are safe starts nothing that nobody asked for");
    }

    private void sheHasSaidThatTextsAreSafe(Somebody her) {
        Api staff = staff("witness_care", her.force());
        String path = "/v1/staff/people/" + her.id() + "/contact-preferences";
        staff.with("If-Match", staff.get(path).expect(200).header("ETag").orElseThrow()).put(path, Map.of("language", "en",
            "discreet_mode", true, "reason", "Spoke with her here.", "channels", List.of(Map.of("channel", "sms", "safety", "safe"))))
            .expect(200);
    }

    @Test
    @DisplayName("S84 He finds her signed in and answers that she cannot come")
    void anAnswerOfHis() {
        Somebody her = calledTo(40, "domestic_abuse");
        Api his = abuser().in(signInAgain(her, PIN).access());
        String hearing = his.get("/v1/me/cases/" + his.get("/v1/me/cases").at("/items/0/id") + "/hearings").expect(200).at("/items/0/id");
        int before = phone(her.mobile()).size();
        his.put("/v1/me/hearings/" + hearing + "/attendance", Map.of("answer", "cannot", "reason", "Busy.")).expect(200);
        assertEquals(before, phone(her.mobile()).size());
        theUnitHas(her, "attendance_to_confirm");
    }

    @Test
    @DisplayName("S85 A family's court date, before the officer has told them: not among the dates, nor on a phone")
    void theFamilysDate() {
        Somebody mother = report(NORTHMOOR, List.of("bereaved", "family_liaison"), Map.of("liaison_officer", Map.of("name",
            "DC Mark Ellis", "collar_number", "2744", "team", "Family Liaison")), part("bereaved_relative", number(), "safe")).getFirst();
        Tokens hers = signUp(mother);
        int before = phone(mother.mobile()).size();
        tell(mother.force(), mother.reference(), "hearing_listed", date(mother, 30));
        later("PT2M");
        assertEquals(before, phone(mother.mobile()).size());
        Answer dates = api().as(hers.access()).get("/v1/me/cases/" + caseId(hers.access()) + "/hearings").expect(200);
        assertEquals(0, dates.body().path("items").size(), dates.text());
        theUnitHas(mother, "tell_in_person");
    }

    @Test
    @DisplayName("S86 The force writes texts of its own, and one says on a lock screen what it is about")
    void theForcesOwnWords() {
        Api admin = staff("administrator", NORTHMOOR);
        String path = "/v1/staff/templates/case_update";
        String tag = admin.get(path).expect(200).header("ETag").orElseThrow();
        for (String telling : List.of("News about his bail.", "He has been arrested.", "The verdict is in.", "He is out of prison.",
                "Newyddion am y ddedfryd.", "Mae yn y carchar.", "Your solicitor has news.", "News of the stalking.")) {
            assertFalse(TellingWords.in(telling).isEmpty(), telling);
            Answer refused = admin.with("If-Match", tag).put(path + "?dry_run=true", Map.of("texts", List.of(
                text("en", "neutral", telling), text("en", "plain", "News of your case."), text("cy", "neutral", "Newyddion."),
                text("cy", "plain", "Newyddion am eich achos.")))).expect(422);
            assertTrue(refused.text().contains("kept out"), refused.text());
        }
    }

    private static Map<String, Object> text(String language, String variant, String words) {
        return Map.of("language", language, "variant", variant, "text", words);
    }
}
