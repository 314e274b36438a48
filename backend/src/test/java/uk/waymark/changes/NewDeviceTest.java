package uk.waymark.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.SignUp;

/** The devices that are signed in hear of another one; whoever has the number's texts has seen its code. */
class NewDeviceTest extends ChangesTest {
    private static final String NOTICE =
        "There was a sign-in on another device\nIf this was not you, sign out everywhere and tell us.";

    private List<String> notices(String number) {
        SignUp.drain(this);
        return StreamSupport.stream(messages(number).body().path("items").spliterator(), false)
            .filter(m -> m.path("body").asText().contains("sign-in on another"))
            .map(m -> m.path("channel").asText() + ' ' + text(m)).toList();
    }

    private static String text(JsonNode message) {
        return message.path("body").asText();
    }

    private void register(String access, String token) {
        api().as(access).put("/v1/me/push-registration", Map.of("token", token, "platform", "android")).expect(204);
    }

    @Test
    void aNewSignInIsToldOnTheOtherDevicesOnly() {
        Someone person = someone();
        assertEquals(List.of(), notices(person.number()), "not of the very first");
        another(person.number());
        assertEquals(List.of(), notices(person.number()), "nobody else has the app");
        register(person.access(), "app-of-" + person.sourceId());
        String third = another(person.number());
        register(third, "third-app-of-" + person.sourceId());
        assertEquals(List.of("push " + NOTICE), notices(person.number()));
        assertEquals(0, items(person).size());
        api().as(person.access()).get("/v1/me/notifications").expect(200).body().path("items")
            .forEach(n -> assertEquals(false, n.path("template").asText().equals("new_sign_in"), "shown on no list"));
    }

    @Test
    void whereTheNumberIsNotKnownToBeSafeNothingIsTold() {
        Someone person = someone("domestic_abuse");
        register(person.access(), "flagged-app-" + person.sourceId());
        tell(person.reference(), "person_changed", Map.of("source_person_id", person.sourceId(), "mobile_safe", "unknown"));
        api().as(person.access()).put("/v1/me/pin", Map.of("pin", "2468")).expect(204);
        api().post("/v1/sign-in/codes", Map.of("mobile", person.number(), "pin", "2468")).expect(202);
        SignUp.signIn(this, person.number());
        assertEquals(List.of(), notices(person.number()));
        assertEquals(0, items(person).keySet().stream().filter(k -> k.startsWith("message")).count());
    }
}
