package uk.waymark.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import uk.waymark.safety.Somebody.Tokens;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** When her phone lights up, who rings first, and what anybody on the way could see. In the order of the demo's clock. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimesTest extends ScenarioTest {
    private static final ZoneId UK = ZoneId.of("Europe/London");

    /** Moves the demo's clock to the next such time of day. */
    private void nextAt(int hour) {
        var now = Instant.parse(now()).atZone(UK);
        var then = now.with(LocalTime.of(hour, 0));
        api().post("/sandbox/clock", Map.of("at", (then.isAfter(now) ? then : then.plusDays(1)).toInstant().toString())).expect(200);
    }

    @Test
    @Order(1)
    @DisplayName("S63 He sleeps beside her; her phone must stay dark at night")
    void atNight() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        prefer(api().as(hers.access()), "quiet_hours", Map.of("from", "22:00", "to", "07:00")).expect(200);
        nextAt(23);
        int before = phone(her.mobile()).size();
        news(her);
        assertEquals(before, phone(her.mobile()).size());
        nextAt(6);
        assertEquals(before, phone(her.mobile()).size());
        nextAt(7);
        assertEquals(before + 1, phone(her.mobile()).size());
    }

    @Test
    @Order(2)
    @DisplayName("S64 He is released at three in the morning")
    void releasedAtNight() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        nextAt(3);
        int before = phone(her.mobile()).size();
        Instant now = Instant.parse(now());
        tell(her.force(), her.reference(), "suspect_bailed", Map.of("suspect_ref", "s"));
        JsonNode call = theUnitHas(her, "call_first");
        assertFalse(Instant.parse(call.path("due_at").asText()).isAfter(now.plus(Duration.ofHours(1)).plusSeconds(60)), call::toString);
        assertEquals(before, abuser().readsThePhone(her.mobile()).size(), "a person rings; no text comes before");
        later("PT6H");
        assertEquals(before, phone(her.mobile()).size(), "nor after");
    }

    @Test
    @Order(3)
    @DisplayName("S65 She has been asked beforehand how she wants to hear of a release")
    void askedBeforehand() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        later("PT1M");
        theUnitHas(her, "ask_urgent_wish");
    }

    @Test
    @Order(4)
    @DisplayName("S66 The only hour that is safe for her is too late for a court date")
    void tooLate() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        String day = Instant.parse(now()).atZone(UK).minusDays(1).getDayOfWeek().toString().toLowerCase(java.util.Locale.ROOT);
        prefer(api().as(hers.access()), "safe_times", List.of(Map.of("day", day, "from", "10:00", "to", "11:00"))).expect(200);
        int before = phone(her.mobile()).size();
        tell(her.force(), her.reference(), "hearing_listed", Map.of("hearing_id", "h-" + her.sourceId(), "kind", "trial", "starts_at",
            Instant.parse(now()).plus(Duration.ofDays(9)).toString(), "court", Map.of("ou_code", "B44NM00", "name", "Northmoor Crown Court"),
            "required", List.of(her.sourceId()), "notify", true, "received_at", now()));
        assertEquals("too_late_for_safe_time", theUnitHas(her, "message_withheld").path("reason").asText());
        assertEquals(before, phone(her.mobile()).size());
    }

    @Test
    @Order(5)
    @DisplayName("S67 She wants one text a week: it says as little as the others")
    void onceAWeek() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        prefer(api().as(hers.access()), "telling", "weekly_summary").expect(200);
        int before = phone(her.mobile()).size();
        news(her);
        news(her);
        assertEquals(before, phone(her.mobile()).size());
        later("P8D");
        List<String> texts = abuser().readsThePhone(her.mobile());
        assertEquals(before + 1, texts.size());
        assertEquals(List.of(), TellingWords.in(texts.getFirst()));
    }

    @Test
    @Order(6)
    @DisplayName("S68 Nobody at the unit does what is due; it does not end there")
    void nothingEndsInSilence() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        tell(her.force(), her.reference(), "suspect_bailed", Map.of("suspect_ref", "s"));
        theUnitHas(her, "call_first");
        later("PT3H");
        assertTrue(tasks(her).stream().anyMatch(t -> t.path("kind").asText().equals("call_first") && t.hasNonNull("escalated_at")),
            () -> tasks(her).toString());
    }

    @Test
    @Order(7)
    @DisplayName("S69 He reads the browser's history and what it has kept, or what passes through the router")
    void theTrail() {
        Somebody her = victim("domestic_abuse");
        String access = signUpWithPin(her).access();
        String caseId = caseId(access);
        for (String path : List.of("/v1/me", "/v1/me/cases", "/v1/me/cases/" + caseId, "/v1/me/cases/" + caseId + "/timeline",
                "/v1/me/notifications", "/v1/me/devices", PREFERENCES)) {
            Answer answer = api().as(access).get(path).expect(200);
            assertEquals("no-store", answer.header("cache-control").orElseThrow(), path);
            assertTrue(answer.header("set-cookie").isEmpty());
            assertTrue(answer.header("server").isEmpty());
            her.traces().forEach(t -> assertFalse((path + answer.headers().map()).contains(t), path));
        }
    }

    @Test
    @Order(8)
    @DisplayName("S70 He asks the server's own figures whether a code went out")
    void theFigures() {
        Somebody her = victim("domestic_abuse");
        signUpWithPin(her);
        Abuser he = abuser();
        he.asksForACode(her.mobile(), "1111");
        he.api().get("/prometheus");
        he.api().get("/health").expect(200);
        he.hasLearnedNothingOf(her);
    }

    @Test
    @Order(9)
    @DisplayName("S71 She signs in on a secret phone with a code that was read out to her; he holds the other one")
    void theSecretPhone() {
        Somebody her = victim("domestic_abuse");
        Tokens known = signUpWithPin(her);
        Api other = api().as(known.access());
        other.put("/v1/me/push-registration", Map.of("token", "known:" + her.sourceId(), "platform", "android")).expect(204);
        agreedOnACall(her, "Marmalade");
        int before = phone(her.mobile()).size();
        String code = readOut(her, "sign-in-codes", "officer", "Marmalade").expect(201).at("/code");
        api().post("/v1/sign-in/tokens", Map.of("mobile", her.mobile(), "code", code, "pin", PIN, "device",
            Map.of("name", "Secret", "platform", "android"))).expect(200);
        assertEquals(before, abuser().readsThePhone(her.mobile()).size(), "nothing lights up");
        clocks.advanceMachine(Duration.ofMinutes(6));
        assertFalse(other.get("/v1/me/devices").expect(200).text().contains("Secret"));
        assertEquals(0, other.get("/v1/me/notifications").expect(200).body().path("items").size());
    }

    @Test
    @Order(10)
    @DisplayName("S92 A reminder of her court date would come only when it is over: the only safe hour is that evening")
    void aReminderThatWouldBeLate() {
        Somebody her = victim("domestic_abuse");
        Tokens hers = signUpWithPin(her);
        var begins = Instant.parse(now()).atZone(UK).plusDays(15).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY)).with(LocalTime.of(10, 0));
        prefer(api().as(hers.access()), "safe_times", List.of(Map.of("day", "wednesday", "from", "20:00", "to", "21:00"))).expect(200);
        tell(her.force(), her.reference(), "hearing_listed", Map.of("hearing_id", "h-" + her.sourceId(), "kind", "trial", "starts_at",
            begins.toInstant().toString(), "court", Map.of("ou_code", "B44NM00", "name", "Northmoor Crown Court"), "required",
            List.of(her.sourceId()), "notify", true, "received_at", now()));
        at(begins.minusDays(6));
        List<String> before = phone(her.mobile());
        assertTrue(before.getFirst().contains("appointment"), "the one of the week before waited for its evening");
        long late = tooLate(her);
        at(begins.minusHours(1));
        assertEquals(before, abuser().readsThePhone(her.mobile()));
        assertTrue(tooLate(her) > late, () -> tasks(her).toString());
        at(begins.plusHours(11));
        assertEquals(before, phone(her.mobile()), "nor when it is over");
    }

    private void at(ZonedDateTime moment) {
        api().post("/sandbox/clock", Map.of("at", moment.toInstant().toString())).expect(200);
    }

    private long tooLate(Somebody her) {
        return tasks(her).stream().filter(t -> t.path("reason").asText().equals("too_late_for_safe_time")).count();
    }
}
