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

/** The abuser finds her signed in, or has copied what keeps her so. */
class SessionsTest extends ScenarioTest {

    @Test
    @DisplayName("S23 He has copied what keeps her phone signed in, and uses it after she did")
    void aCopiedToken() {
        Somebody her = victim("domestic_abuse");
        Tokens stolen = signUpWithPin(her);
        Answer hers = api().post("/v1/sign-in/refreshes", Map.of("refresh_token", stolen.refresh())).expect(200);
        Abuser he = abuser();
        he.api().post("/v1/sign-in/refreshes", Map.of("refresh_token", stolen.refresh())).expect(401);
        he.in(stolen.access()).get("/v1/me").expect(401);
        api().as(hers.at("/access_token")).get("/v1/me").expect(401);
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S24 He finds her phone half an hour after she put it down, still signed in")
    void leftSignedIn() {
        Somebody her = victim("domestic_abuse");
        Tokens left = signUpWithPin(her);
        clocks.advanceMachine(Duration.ofMinutes(31));
        Abuser he = abuser();
        he.in(left.access()).get("/v1/me/cases").expect(401);
        he.api().post("/v1/sign-in/refreshes", Map.of("refresh_token", left.refresh())).expect(401);
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S25 He finds it six minutes after, and wants to make it his: PIN, number, pause, lists, a copy of everything")
    void sixMinutesAfter() {
        Somebody her = victim("domestic_abuse");
        Tokens open = signUpWithPin(her);
        api().as(open.access()).post(PREFERENCES + "/pause", null).expect(204);
        clocks.advanceMachine(Duration.ofMinutes(6));
        Api his = abuser().in(open.access());
        needsAFreshSignIn(his.put("/v1/me/pin", Map.of("pin", "1111", "present_pin", PIN)));
        needsAFreshSignIn(his.post("/v1/me/contact-changes", Map.of("mobile", number())));
        needsAFreshSignIn(his.delete(PREFERENCES + "/pause"));
        needsAFreshSignIn(his.put("/v1/me/activity", Map.of("hidden", false)));
        needsAFreshSignIn(his.get("/v1/me/activity"));
        needsAFreshSignIn(his.get("/v1/me/access-log"));
        needsAFreshSignIn(his.get("/v1/me/export"));
        needsAFreshSignIn(his.post("/v1/me/erasure-requests", null));
    }

    @Test
    @DisplayName("S26 A refreshed session is no fresh sign-in")
    void refreshedIsNotFresh() {
        Somebody her = victim("domestic_abuse");
        Tokens open = signUpWithPin(her);
        clocks.advanceMachine(Duration.ofMinutes(6));
        Abuser he = abuser();
        String refreshed = he.api().post("/v1/sign-in/refreshes", Map.of("refresh_token", open.refresh())).expect(200).at("/access_token");
        needsAFreshSignIn(he.in(refreshed).put("/v1/me/pin", Map.of("pin", "1111", "present_pin", PIN)));
        needsAFreshSignIn(he.in(refreshed).post("/v1/me/contact-changes", Map.of("mobile", number())));
    }

    @Test
    @DisplayName("S27 He walks in; she leaves in one touch, whether her session is alive or long dead")
    void leaving() {
        Somebody her = victim("domestic_abuse");
        Tokens live = signUpWithPin(her);
        Answer left = api().as(live.access()).post("/v1/exit", null).expect(204);
        assertEquals("no-store", left.header("cache-control").orElseThrow());
        for (Api dead : List.of(api().as(live.access()), api().as("garbage"), api())) {
            same(left, dead.post("/v1/exit", null));
        }
        clocks.advanceMachine(Duration.ofDays(2));
        same(left, api().as(live.access()).post("/v1/exit", null));
        abuser().in(live.access()).get("/v1/me").expect(401);
    }

    @Test
    @DisplayName("S28 He looks at the list of devices, to find her second phone")
    void theListOfDevices() {
        Somebody her = victim("domestic_abuse");
        Tokens old = signUpWithPin(her);
        Tokens secret = signInAgain(her, PIN);
        assertFalse(secret.access().isEmpty());
        api().as(old.access()).put("/v1/me/activity", Map.of("hidden", true)).expect(204);
        clocks.advanceMachine(Duration.ofMinutes(2)); // six since the sign-in
        Api his = abuser().in(old.access());
        var devices = his.get("/v1/me/devices").expect(200).body().path("items");
        assertEquals(1, devices.size(), "this one alone");
        assertTrue(devices.get(0).path("this_device").asBoolean());
        assertEquals(0, his.get("/v1/me/notifications").expect(200).body().path("items").size());
        his.put("/v1/me/activity", Map.of("hidden", true)).expect(204); // hiding shows nothing either
    }

    @Test
    @DisplayName("S29 From a friend's phone she signs her stolen phone out")
    void theStolenPhone() {
        Somebody her = victim("domestic_abuse");
        Tokens stolen = signUpWithPin(her);
        api().as(stolen.access()).put("/v1/me/push-registration", Map.of("token", "stolen:" + her.sourceId(), "platform", "android"))
            .expect(204);
        Tokens friend = signInAgain(her, PIN);
        api().as(friend.access()).delete("/v1/me/devices").expect(204);
        Abuser he = abuser();
        same(he.in("not-a-token").get("/v1/me").expect(401), he.in(stolen.access()).get("/v1/me"));
        assertEquals(401, he.api().post("/v1/sign-in/refreshes", Map.of("refresh_token", stolen.refresh())).status());
        he.hasLearnedNothingOf(her);
    }

    @Test
    @DisplayName("S30 He takes her PIN away while she is signed in")
    void thePinStays() {
        Somebody her = victim("domestic_abuse");
        Api his = abuser().in(signUpWithPin(her).access());
        his.delete("/v1/me/pin").expect(409);
        his.put("/v1/me/pin", Map.of("pin", "1111")).expect(422);
        his.put("/v1/me/pin", Map.of("pin", "1111", "present_pin", "2222")).expect(422);
    }
}
