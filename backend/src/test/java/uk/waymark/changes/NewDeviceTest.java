package uk.waymark.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.ContactChannels;
import uk.waymark.messaging.ContactChannels.By;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChannels.Said;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.Sql;
import uk.waymark.testing.SignUp;

/** The devices that are signed in hear of another one; whoever has the number's texts has seen its code. */
class NewDeviceTest extends ChangesTest {

    /** Notifications on the account's devices. */
    private long notices(String number) {
        SignUp.drain(this);
        return StreamSupport.stream(messages(number).body().path("items").spliterator(), false)
            .filter(m -> m.path("channel").asText().equals("push")).count();
    }

    /** What the list of a device says of it. */
    private List<String> listed(String access) {
        return StreamSupport.stream(api().as(access).get("/v1/me/notifications").expect(200).body().path("items").spliterator(), false)
            .filter(n -> n.path("template").asText().equals("new_sign_in")).map(n -> n.path("channel").asText()).toList();
    }

    private long texts(Someone person) {
        return bodies(person.number()).stream().filter(b -> b.contains("sign-in on another")).count();
    }

    private void register(String access, String token) {
        api().as(access).put("/v1/me/push-registration", Map.of("token", token, "platform", "android")).expect(204);
    }

    @Test
    void aNewSignInIsToldOnTheOtherDevicesOnly() {
        Someone person = someone();
        assertEquals(0, notices(person.number()), "not of the very first");
        another(person.number());
        assertEquals(0, notices(person.number()), "nobody else has the app");
        register(person.access(), "app-of-" + person.sourceId());
        String third = another(person.number());
        register(third, "third-app-of-" + person.sourceId());
        assertEquals(1, notices(person.number()));
        assertEquals(List.of("push"), listed(person.access()), "the app is woken without a word, and reads it there");
        assertEquals(0, texts(person));
        assertEquals(0, items(person).size());
    }

    /** Somebody else may hold the other one. */
    @Test
    void inAFlaggedCaseNoAppTellsOfAnotherDevice() {
        Someone person = someone("domestic_abuse");
        register(person.access(), "flagged-other-" + person.sourceId());
        long before = notices(person.number());
        api().as(person.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        api().post("/v1/sign-in/codes", Map.of("mobile", person.number(), "pin", "7392")).expect(202);
        SignUp.signIn(this, person.number());
        assertEquals(before, notices(person.number()));
        assertEquals(0, texts(person));
        assertEquals(List.of(), listed(person.access()));
    }

    /** Of the records on an account the first may be one that nothing can be sent to safely. */
    @Test
    void whoCanBeToldSafelyStandsForTheAccount() {
        Someone first = someone();
        register(first.access(), "first-app-of-" + first.sourceId());
        String id = first.sourceId() + "-too";
        tell("NM/TOO/" + id, "crime_recorded", Map.of("offence", Map.of("code", "1", "plain_words", "Theft"), "recorded_at", now(),
            "flags", List.of(), "people", List.of(Map.of("source_person_id", id, "role", "victim", "given_name", "Alys", "family_name",
                "Penrose", "mobile", first.number(), "mobile_safe", "safe", "language", "en"))));
        SignUp.person(this, id);
        UUID second = worker(c -> Sql.one(c, "select id from waymark.person where source_person_id = ?", r -> Sql.uuid(r, "id"), id)
            .orElseThrow());
        another(first.number());
        assertEquals(first.id(), told(), "the first of those who can be");
        tell(first.reference(), "person_changed", Map.of("source_person_id", first.sourceId(), "mobile_safe", "unknown"));
        tell("NM/TOO/" + id, "person_changed", Map.of("source_person_id", id, "mobile_safe", "unknown"));
        worker(c -> {
            bean(ContactChannels.class).set(c, second, List.of(new Chosen(Channel.EMAIL, id + "@example.org", Safety.SAFE,
                new Said(By.STAFF, clocks.caseNow(), null))));
            return null;
        });
        another(first.number());
        assertEquals(second, told());
    }

    /** To whom the last notice of a new sign-in is. */
    private UUID told() {
        try (var c = database.superuser()) {
            return Sql.one(c, "select recipient_ref from notifications.message where template = 'new_sign_in' order by id desc limit 1",
                r -> Sql.uuid(r, "recipient_ref")).orElseThrow();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereTheNumberIsNotKnownToBeSafeNothingIsTold() {
        Someone person = someone("domestic_abuse");
        register(person.access(), "flagged-app-" + person.sourceId());
        tell(person.reference(), "person_changed", Map.of("source_person_id", person.sourceId(), "mobile_safe", "unknown"));
        api().as(person.access()).put("/v1/me/pin", Map.of("pin", "7392")).expect(204);
        api().post("/v1/sign-in/codes", Map.of("mobile", person.number(), "pin", "7392")).expect(202);
        SignUp.signIn(this, person.number());
        assertEquals(0, notices(person.number()));
        assertEquals(0, texts(person));
        assertEquals(0, items(person).keySet().stream().filter(k -> k.startsWith("message")).count());
    }
}
