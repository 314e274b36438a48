package uk.waymark.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.waymark.bridge.Batches.batch;
import static uk.waymark.bridge.Batches.event;
import static uk.waymark.bridge.Batches.recorded;
import static uk.waymark.bridge.Batches.victim;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;
import uk.waymark.testing.WaymarkTest;

/** Firebase's place in the sandbox: through the real SDK from a report to a phone's screen. */
class FcmStandInTest extends WaymarkTest {
    private static final String SEND = "/sandbox/fcm/v1/projects/waymark-sandbox/messages:send";
    private static final String NUMBER = "+447700900161";

    @Test
    void aNotificationIsOnThePhoneWhoseAppWasRegistered() {
        send(recorded("1", "NM/FCM/1", at(-60), victim("fcm-v", NUMBER)));
        Api me = api().as(SignUp.person(this, "fcm-v"));
        me.put("/v1/me/push-registration", Map.of("token", "fcm-token-1", "platform", "android")).expect(204);
        send(event("2", "NM/FCM/1", at(0), "suspect_arrested", Map.of("suspect_ref", "s")));
        assertEquals("push", messages(NUMBER).at("/items/0/channel"));
        assertEquals("There is something new for you. Sign in when it suits you to read it.",
            messages(NUMBER).at("/items/0/body"));
        assertTrue(api().get("/sandbox").expect(200).text().contains("Notification of the app"));
        acting().as(worker("northmoor"), c -> Sql.run(c,
            "update waymark.person set chosen_language = 'cy' where source_person_id = 'fcm-v'"));
        send(event("2-cy", "NM/FCM/1", at(0), "suspect_arrested", Map.of("suspect_ref", "s2")));
        assertEquals("Mae rhywbeth newydd i chi. Mewngofnodwch pan fydd yn gyfleus i'w ddarllen.",
            messages(NUMBER).at("/items/0/body"));
        acting().as(worker("northmoor"), c -> Sql.run(c,
            "update waymark.person set chosen_language = 'en' where source_person_id = 'fcm-v'"));

        me.put("/v1/me/push-registration", Map.of("token", "uninstalled-1", "platform", "android")).expect(204);
        send(event("3", "NM/FCM/1", at(0), "suspect_charged", Map.of("suspect_ref", "s")));
        assertEquals("sms", messages(NUMBER).at("/items/0/channel"));
        assertTrue(messages(NUMBER).at("/items/0/body").startsWith("There is news about your case."));
    }

    @Test
    void itRefusesAsFirebaseDoes() {
        var message = Map.of("message", Map.of("token", "nobody-has-this", "data", Map.of("key", "k")));
        api().post(SEND, message).expect(401);
        Api firebase = api().as("sandbox");
        firebase.post(SEND.replace("waymark-sandbox", "another-app"), message).expect(401);
        firebase.post(SEND, Map.of("message", Map.of())).expect(400);
        firebase.post(SEND, Map.of("message", Map.of("token", "t", "data", Map.of("key", "k"), "notification",
            Map.of("title", "x")))).expect(400);
        firebase.post(SEND, Map.of("message", Map.of("token", "t", "data", Map.of("key", "k", "case", "x")))).expect(400);
        assertEquals("UNREGISTERED", firebase.post(SEND, message).expect(404).at("/error/details/0/errorCode"));
    }

    private void send(Map<String, Object> event) {
        api().as(systemToken("northmoor")).post("/v1/bridge/events", batch(List.of(event))).expect(200);
        SignUp.drain(this);
    }

    private String at(int minutes) {
        return bean(CaseClock.class).instant().plusSeconds(minutes * 60L).toString();
    }
}
