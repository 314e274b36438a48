package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;

/** Whoever looks over a shoulder, or holds a phone that is signed in, sees neither other devices nor that any are kept back. */
class HiddenActivityTest extends AccountTest {

    @Test
    void listsAreShortUnlessTheSignInIsFresh() {
        Told told = victim(NORTHMOOR, "Ada", "Wren", number());
        Tokens here = signUp(told);
        again(told.mobile());
        assertEquals(2, devices(here).size());
        api().as(here.access()).put("/v1/me/activity", Map.of("hidden", true)).expect(204);
        assertEquals(2, devices(here).size(), "a fresh sign-in sees all");
        assertTrue(notifications(here).size() > 0);
        clocks.advanceMachine(Duration.ofMinutes(6));
        var shown = devices(here);
        assertEquals(1, shown.size());
        assertTrue(shown.get(0).path("this_device").asBoolean());
        assertEquals(0, notifications(here).size());
        Api stale = api().as(here.access());
        stale.get("/v1/me/activity").expect(401);
        stale.put("/v1/me/activity", Map.of("hidden", false)).expect(401);
        stale.put("/v1/me/activity", Map.of("hidden", true)).expect(204);
        Tokens fresh = again(told.mobile());
        assertEquals(3, devices(fresh).size());
        assertTrue(api().as(fresh.access()).get("/v1/me/activity").expect(200).body().path("hidden").asBoolean());
        api().as(fresh.access()).put("/v1/me/activity", Map.of("hidden", false)).expect(204);
        assertEquals(3, devices(here).size());
    }

    @Test
    void inAFlaggedCaseTheyAreKeptBackUntilThePersonSaysOtherwise() {
        Told told = report(NORTHMOOR, "REF/HA/1", List.of("domestic_abuse"), person("ha-1", "Dee", "Wren", number(), "safe")).getFirst();
        Tokens here = signUp(told);
        api().as(here.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        assertTrue(api().as(here.access()).get("/v1/me/activity").expect(200).body().path("hidden").asBoolean());
        ask(told.mobile(), "7392").expect(202);
        Tokens there = signIn(told.mobile(), code(told.mobile()));
        clocks.advanceMachine(Duration.ofMinutes(6));
        assertEquals(1, devices(here).size());
        ask(told.mobile(), "7392").expect(202);
        Tokens fresh = signIn(told.mobile(), code(told.mobile()));
        api().as(fresh.access()).put("/v1/me/activity", Map.of("hidden", false)).expect(204);
        assertEquals(3, devices(there).size());
    }

    @Test
    void leavingIsTheSameForEverySession() {
        Tokens live = signUp(victim(NORTHMOOR, "Bob", "Wren", number()));
        Tokens out = signUp(victim(NORTHMOOR, "Cat", "Wren", number()));
        api().as(out.access()).delete("/v1/sign-in/session").expect(204);
        Answer usual = api().as(live.access()).post("/v1/exit", null).expect(204);
        for (Api api : new Api[] {api().as(live.access()), api().as(out.access()), api().as("garbage"), api().as("a.b.c"), api()}) {
            Answer answer = api.post("/v1/exit", null).expect(204);
            assertEquals(usual.text(), answer.text());
            assertEquals(SameWorkTest.comparable(usual), SameWorkTest.comparable(answer));
        }
        assertEquals("\"cache\", \"cookies\", \"storage\"", usual.header("Clear-Site-Data").orElseThrow());
        assertEquals("no-store", usual.header("Cache-Control").orElseThrow());
        clocks.advanceMachine(Duration.ofMinutes(11));
        assertEquals(SameWorkTest.comparable(usual),
            SameWorkTest.comparable(api().as(live.access()).post("/v1/exit", null).expect(204)));
    }

    private JsonNode devices(Tokens tokens) {
        return api().as(tokens.access()).get("/v1/me/devices").expect(200).body().path("items");
    }

    private JsonNode notifications(Tokens tokens) {
        return api().as(tokens.access()).get("/v1/me/notifications").expect(200).body().path("items");
    }
}
