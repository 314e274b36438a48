package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** He finds her signed in, or has her phone and no PIN stands in his way, and looks for what he can use. */
class TurnedAgainstHerTest extends ScenarioTest {
    private static final Duration LATER = Duration.ofMinutes(6);

    private Api foundSignedIn(Tokens hers) {
        clocks.advanceMachine(LATER);
        return abuser().in(hers.access());
    }

    @Test
    @DisplayName("S87 Without a flag she has asked for discreet mode; he finds her signed in and switches it off")
    void discreetModeOff() {
        Somebody her = victim();
        Tokens hers = signUp(her);
        prefer(api().as(hers.access()), "discreet_mode", true, "if_somebody_else_answers", "Say it is the dentist.").expect(200);
        Api his = foundSignedIn(hers);
        Answer refused = prefer(his, "discreet_mode", false);
        needsAFreshSignIn(refused);
        assertFalse(his.get(PREFERENCES).expect(200).text().contains("dentist"));
        news(her);
        assertEquals(List.of(), TellingWords.in(phone(her.mobile()).getFirst()));
    }

    @Test
    @DisplayName("S88 He finds her signed in and moves her safe hour to one at which he has her phone")
    void anHourOfHis() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        prefer(api().as(hers.access()), "safe_times", List.of(Map.of("day", "monday", "from", "10:00", "to", "11:00"))).expect(200);
        Api his = foundSignedIn(hers);
        needsAFreshSignIn(prefer(his, "safe_times", List.of(Map.of("day", "monday", "from", "19:00", "to", "20:00"))));
        needsAFreshSignIn(prefer(his, "quiet_hours", Map.of("from", "01:00", "to", "02:00")));
        assertTrue(his.get(PREFERENCES).expect(200).text().contains("10:00"));
    }

    @Test
    @DisplayName("S89 He looks into her preferences again and again, to see on which day she has spoken with the unit")
    void theDayOfTheCall() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        agreedOnACall(her, "Marmalade");
        JsonNode fresh = api().as(hers.access()).get(PREFERENCES).expect(200).body();
        assertTrue(fresh.toString().contains("confirmed_on"), "she reads it when she has just signed in");
        String found = foundSignedIn(hers).get(PREFERENCES).expect(200).text();
        assertFalse(found.contains("confirmed_on") || found.contains("lapses_on"), found);
    }

    @Test
    @DisplayName("S90 Without a flag and a PIN he gets a code on her phone and downloads everything: not where she has fled to")
    void theDownloadInDiscreetMode() throws IOException, InterruptedException {
        Somebody her = victim();
        Tokens hers = signUp(her);
        prefer(api().as(hers.access()), "discreet_mode", true, "may_also_be_told", List.of("My sister in Leeds"), "channels",
            List.of(Map.of("channel", "sms"), Map.of("channel", "email", "address", "refuge@example.org"))).expect(200);
        String his = signInAgain(her, null).access();
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + waymark.settings().port() + "/v1/me/export"))
            .header("Authorization", "Bearer " + his).header("Accept", "*/*").build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode());
        assertEquals(List.of(), TellingWords.in(answer.headers().firstValue("content-disposition").orElseThrow()));
        int files = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String file = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                assertFalse(file.contains("refuge@example.org") || file.contains("sister"), entry.getName());
                if (entry.getName().endsWith(".html")) {
                    assertEquals(List.of(), TellingWords.in(file.substring(file.indexOf("<title>"), file.indexOf("</title>"))), "its title");
                }
                files++;
            }
        }
        assertEquals(2, files);
    }

    @Test
    @DisplayName("S91 Her PIN turns out to be her birthday: only she who has just typed it is asked to choose another")
    void anEasyPin() {
        Map<String, Object> part = part("victim", number(), "safe");
        part.remove("date_of_birth");
        Somebody her = report(NORTHMOOR, List.of("domestic_abuse"), Map.of(), part).getFirst();
        Tokens first = signUp(her);
        api().as(first.access()).put("/v1/me/pin", Map.of("pin", "170591")).expect(204);
        assertTrue(asked(her, "170591").isMissingNode(), "nobody knows yet that it is one");
        tell(her.force(), her.reference(), "person_changed", Map.of("source_person_id", her.sourceId(), "date_of_birth", "1991-05-17"));
        clocks.advanceMachine(Duration.ofMinutes(16));
        Answer stranger = abuser().asksForACode(number(), "1234");
        same(stranger, abuser().asksForACode(her.mobile(), "1234"));
        clocks.advanceMachine(Duration.ofMinutes(16));
        assertTrue(asked(her, "170591").asBoolean());
        assertFalse(api().as(latest).get("/v1/me").expect(200).text().contains("pin_to_change"), "nothing says so afterwards");
        api().as(latest).put("/v1/me/pin", Map.of("pin", "8136", "present_pin", "170591")).expect(204);
        assertTrue(asked(her, "8136").isMissingNode());
    }

    private String latest;

    private JsonNode asked(Somebody her, String pin) {
        clocks.advanceMachine(Duration.ofMinutes(4));
        api().post("/v1/sign-in/codes", Map.of("mobile", her.mobile(), "pin", pin)).expect(202);
        Answer answer = api().post("/v1/sign-in/tokens", Map.of("mobile", her.mobile(), "code", newestCode(her.mobile()).orElseThrow(),
            "device", Map.of("name", "Phone", "platform", "android"))).expect(200);
        latest = answer.at("/access_token");
        return answer.body().path("pin_to_change");
    }
}
