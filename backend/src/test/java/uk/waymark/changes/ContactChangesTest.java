package uk.waymark.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.Api;
import uk.waymark.testing.SignUp;

/** A new number takes effect only once it is confirmed on itself, and whoever holds the old phone learns nothing of it. */
class ContactChangesTest extends ChangesTest {

    @Test
    void aNewNumberHoldsOnceTheCodeThatCameThereIsEntered() {
        Someone person = someone();
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        assertEquals("received", begun.at("/state"));
        assertFalse(begun.text().contains(fresh.substring(4)), "what was entered is not repeated");
        news(person);
        assertTrue(bodies(person.number()).getFirst().contains("news"), "until then the old number is written to");

        String code = code(fresh);
        assertEquals(List.of(code + " is your code. Enter it where you asked for it. Do not share it with anyone."), bodies(fresh));
        confirm(person.access(), begun, code.equals("111111") ? "222222" : "111111").expect(422);
        assertEquals("received", state(person.access(), begun));
        assertEquals("done", confirm(person.access(), begun, code).expect(200).at("/state"));
        assertEquals("done", confirm(person.access(), begun, "000000").expect(200).at("/state"), "a repeated answer");

        int before = bodies(person.number()).size();
        news(person);
        assertTrue(bodies(fresh).getFirst().contains("something new"), "in words that say nothing: nobody has called it safe");
        api().post("/v1/sign-in/codes", Map.of("mobile", person.number())).expect(202);
        assertEquals(before, bodies(person.number()).size(), "neither news nor a code comes to the old number");
        assertEquals(200, api().as(another(fresh)).get("/v1/me").status());
        JsonNode item = items(person).get("announce_change");
        assertEquals("no_safe_channel", item.path("reason").asText());
        assertTrue(item.path("detail").asText().contains("neither the old one nor the new one"));
        List<String> audited = worker(c -> Sql.list(c,
            "select action from waymark.audit_log where person_id = ? and action = 'contact_changed'", r -> r.getString(1), person.id()));
        assertEquals(List.of("contact_changed"), audited);
    }

    @Test
    void theOldDeviceIsSignedOutWithoutAnythingShowingThere() {
        Someone person = someone();
        String old = person.access();
        api().as(old).put("/v1/me/push-registration", Map.of("token", "old-app-" + person.sourceId(), "platform", "android"))
            .expect(204);
        news(person);
        String here = another(person.number());
        SignUp.drain(this);
        int before = bodies(person.number()).size();
        Answer before401 = api().as("garbage").get("/v1/me").expect(401);
        Answer begun = begin(here, number()).expect(202);
        assertEquals("not there", state(old, begun), "another device sees nothing of it");
        api().as(old).delete(CHANGES + '/' + begun.at("/id")).expect(404);
        confirm(old, begun, "123456").expect(404);
        String fresh = number();
        change(here, fresh);
        Answer gone = api().as(old).get("/v1/me").expect(401);
        assertEquals(before401.body().path("title"), gone.body().path("title"));
        assertEquals(before401.body().path("detail"), gone.body().path("detail"), "a plain 401, as of any token");
        news(person);
        assertEquals(before, bodies(person.number()).size(), "neither a text nor a notification");
        assertTrue(bodies(fresh).getFirst().contains("something new"));
        assertEquals(200, api().as(here).get("/v1/me").status());
    }

    @Test
    void theOtherDeviceStaysWhereThatIsWanted() {
        Someone person = someone();
        String here = another(person.number());
        String fresh = number();
        Answer begun = api().as(here).post(CHANGES, Map.of("mobile", fresh, "sign_out_other_devices", false)).expect(202);
        confirm(here, begun, code(fresh)).expect(200);
        assertEquals(200, api().as(person.access()).get("/v1/me").status());
    }

    @Test
    void whatIsQueuedOrHeldGoesToTheNewNumberOnly() {
        Someone person = someone();
        Instant now = bean(CaseClock.class).instant();
        worker(c -> bean(Outbox.class).enqueue(c, new NewMessage(force("northmoor"), person.id(), "other", "case_update",
            Map.of(), "held:" + person.id(), null, now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)))));
        String fresh = number();
        change(person.access(), fresh);
        int before = bodies(person.number()).size();
        int there = bodies(fresh).size();
        clocks.advanceCase(Duration.ofHours(2));
        assertEquals(there + 1, bodies(fresh).size());
        assertEquals(before, bodies(person.number()).size());
    }

    @Test
    void inAFlaggedCaseItWaitsAndTheUnitIsToldAtOnce() {
        Someone person = someone("domestic_abuse");
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        assertEquals("checking", confirm(person.access(), begun, code(fresh)).expect(200).at("/state"));
        JsonNode item = items(person).get("contact_change");
        assertEquals("flagged_case", item.path("reason").asText());
        assertTrue(item.path("detail").asText().contains(fresh), "staff see what it is about");
        assertEquals(begun.at("/id"), item.path("subject_id").asText());
        assertEquals(4 * 60, Math.round(Duration.between(Instant.parse(item.path("created_at").asText()),
            Instant.parse(item.path("due_at").asText())).toSeconds() / 60.0));
        news(person);
        assertEquals(1, bodies(fresh).size(), "nothing but the code");

        decide(item, "hold", false).expect(204);
        clocks.advanceCase(Duration.ofDays(3));
        bean(DueChanges.class).drain();
        assertEquals("checking", state(person.access(), begun), "held");
        decide(item, "allow", true).expect(204);
        assertEquals("done", state(person.access(), begun));
        decide(item, "refuse", false).expect(409);
        assertFalse(items(person).containsKey("contact_change"));
        news(person);
        assertTrue(bodies(fresh).getFirst().contains("something new"), "staff have called it safe");
    }

    @Test
    void withoutADecisionItTakesEffectWhenTheWaitingTimeIsOverAndIsStillNotKnownToBeSafe() {
        Someone person = someone("stalking");
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        confirm(person.access(), begun, code(fresh)).expect(200);
        clocks.advanceCase(Duration.ofDays(2).minusMinutes(5));
        bean(DueChanges.class).drain();
        assertEquals("checking", state(person.access(), begun));
        assertTrue(bean(DueChanges.class).nextDue().isPresent());
        clocks.advanceCase(Duration.ofMinutes(10));
        bean(DueChanges.class).drain();
        assertEquals("done", state(person.access(), begun));
        int old = bodies(person.number()).size();
        news(person);
        assertEquals(1, bodies(fresh).size(), "only the code: unknown is no outbound in a flagged case");
        assertEquals(old, bodies(person.number()).size());
        assertTrue(items(person).keySet().containsAll(Set.of("message_withheld", "announce_change")), items(person).toString());
    }

    @Test
    void whatWasBegunOnADeviceThatIsThrownOutComesToNothing() {
        Someone person = someone("stalking");
        String fresh = number();
        confirm(person.access(), begin(person.access(), fresh).expect(202), code(fresh)).expect(200);
        JsonNode item = items(person).get("contact_change");
        api().as(person.access()).delete("/v1/me/devices").expect(204);
        decide(item, "allow", true).expect(409);
        clocks.advanceCase(Duration.ofDays(3));
        bean(DueChanges.class).drain();
        int before = bodies(fresh).size();
        api().post("/v1/sign-in/codes", Map.of("mobile", fresh)).expect(202);
        assertEquals(before, bodies(fresh).size(), "no account signs in with it");
    }

    @Test
    void whatWasBegunOnADeviceThatSignedOutWaitsForStaff() {
        Someone person = someone("stalking");
        String fresh = number();
        confirm(person.access(), begin(person.access(), fresh).expect(202), code(fresh)).expect(200);
        api().as(person.access()).delete("/v1/sign-in/session").expect(204);
        clocks.advanceCase(Duration.ofDays(3));
        bean(DueChanges.class).drain();
        bean(DueChanges.class).drain();
        JsonNode item = items(person).get("contact_change");
        int before = bodies(fresh).size();
        api().post("/v1/sign-in/codes", Map.of("mobile", fresh)).expect(202);
        assertEquals(before, bodies(fresh).size(), "time has not decided");
        decide(item, "allow", true).expect(204);
        assertFalse(items(person).containsKey("contact_change"));
    }

    @Test
    void inARestrictedCaseOnlyWhoIsNamedDecides() {
        Someone person = someone("police_suspect", "stalking");
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        confirm(person.access(), begun, code(fresh)).expect(200);
        for (String role : List.of("witness_care", "supervisor")) {
            api().as(staffToken(role, "northmoor")).post("/v1/staff/contact-changes/" + begun.at("/id") + "/decision",
                Map.of("decision", "allow", "reason", "I say so.", "safe", true)).expect(404);
        }
        assertEquals("checking", state(person.access(), begun));
    }

    @Test
    void whatTimeHasDecidedWaitsForNobody() {
        Someone person = someone("stalking");
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        confirm(person.access(), begun, code(fresh)).expect(200);
        assertTrue(items(person).containsKey("contact_change"));
        clocks.advanceCase(Duration.ofDays(3));
        bean(DueChanges.class).drain();
        assertEquals("done", state(person.access(), begun));
        assertFalse(items(person).containsKey("contact_change"), "there is nothing to decide any more");
    }

    @Test
    void whatTheUnitRefusesNeverHolds() {
        Someone person = someone("stalking");
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        confirm(person.access(), begun, code(fresh)).expect(200);
        JsonNode item = items(person).get("contact_change");
        Answer ticked = staff().post("/v1/staff/queue/" + item.path("id").asText() + "/completion", Map.of("outcome", "done")).expect(409);
        assertTrue(ticked.at("/type").endsWith("decision-needed"), "who only ticks it off has not refused it: " + ticked.text());
        decide(item, "refuse", false).expect(204);
        clocks.advanceCase(Duration.ofDays(3));
        bean(DueChanges.class).drain();
        assertEquals("ended", state(person.access(), begun));
        news(person);
        assertEquals(1, bodies(fresh).size(), "nothing but the code ever came there");
    }

    @Test
    void aCodeRunsOutAndFiveWrongOnesEndIt() {
        Someone person = someone();
        String late = number();
        Answer slow = begin(person.access(), late).expect(202);
        String code = code(late);
        String fresh = number();
        Answer begun = begin(person.access(), fresh).expect(202);
        assertEquals("ended", state(person.access(), slow), "this device's former one");
        confirm(person.access(), slow, code).expect(422);
        String right = code(fresh);
        String wrong = right.equals("111111") ? "222222" : "111111";
        for (int i = 0; i < 5; i++) {
            confirm(person.access(), begun, wrong).expect(422);
        }
        confirm(person.access(), begun, right).expect(422);
        Answer last = begin(person.access(), fresh).expect(202);
        api().as(person.access()).delete(CHANGES + '/' + begun.at("/id")).expect(409);
        clocks.advanceMachine(Duration.ofMinutes(11));
        bean(DueChanges.class).drain();
        assertEquals("expired true", stored(last));
    }

    /** How it ended, and whether where it would have gone is forgotten. */
    private String stored(Answer begun) {
        try (var c = database.superuser()) {
            return Sql.one(c, "select end_reason || ' ' || (destination is null) as how from waymark.contact_change where id = ?::uuid",
                r -> r.getString("how"), begun.at("/id")).orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itTakesAFreshSignInAndOneOfThree() {
        Someone person = someone();
        Api me = api().as(person.access());
        me.post(CHANGES, Map.of()).expect(422);
        me.post(CHANGES, Map.of("mobile", number(), "email", "a@example.org")).expect(422);
        me.post(CHANGES, Map.of("mobile", "0113 496 0000")).expect(422);
        me.post(CHANGES, Map.of("email", "nobody")).expect(422);
        me.post(CHANGES, Map.of("postal_address", "Nowhere")).expect(422);
        Api keyed = me.with("Idempotency-Key", "change-once");
        String fresh = number();
        Answer first = keyed.post(CHANGES, Map.of("mobile", fresh)).expect(202);
        assertEquals(first.at("/id"), keyed.post(CHANGES, Map.of("mobile", fresh)).expect(202).at("/id"));
        assertEquals(1, bodies(fresh).size());
        keyed.post(CHANGES, Map.of("mobile", number())).expect(422);
        me.delete(CHANGES + '/' + first.at("/id")).expect(204);
        assertEquals("ended", state(person.access(), first));
        clocks.advanceMachine(Duration.ofMinutes(6));
        Answer refused = me.post(CHANGES, Map.of("mobile", fresh)).expect(401);
        assertTrue(refused.header("www-authenticate").orElse("").contains("insufficient_user_authentication"));
        assertEquals("Rydym wedi cael hyn a byddwn yn ei wirio. Os daw cod yno, rhowch ef yma.",
            api().as(another(person.number())).with("Accept-Language", "cy").post(CHANGES, Map.of("mobile", fresh)).expect(202)
                .at("/message"));
    }

    @Test
    void aNumberThatAnotherAccountHasIsForStaffAndTheAnswerIsTheSame() {
        Someone other = someone();
        Someone person = someone();
        Answer begun = begin(person.access(), other.number()).expect(202);
        assertEquals("checking", confirm(person.access(), begun, code(other.number())).expect(200).at("/state"));
        JsonNode item = items(person).get("contact_change");
        assertEquals("number_in_use", item.path("reason").asText());
        assertEquals("number-in-use", decide(item, "allow", false).expect(409).body().path("type").asText().replaceAll(".*[:/]", ""));
        assertEquals(200, api().as(other.access()).get("/v1/me").status());
        staff().delete("/v1/staff/people/" + other.id() + "/account-link").expect(204);
        decide(item, "allow", false).expect(204);
        news(person);
        assertTrue(bodies(other.number()).getFirst().contains("something new"));
    }
}
