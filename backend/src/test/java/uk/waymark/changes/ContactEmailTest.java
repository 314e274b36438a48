package uk.waymark.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.notifications.notify.NotifyStandIn;
import uk.waymark.platform.Sql;
import uk.waymark.testing.Answer;
import uk.waymark.testing.SignUp;

/** An email that is confirmed on itself, at a force that sends emails; and a postal address. */
class ContactEmailTest extends ChangesTest {
    private static final Pattern CODE = Pattern.compile("\\b\\d{6}\\b");
    private static final String SERVICE = "8ba92f14-6b6d-4d2b-9a68-6d6a8d6a8d6b";
    private static final String CHANGED =
        "Your contact details were changed. If this was not you, please tell us in a way that is safe for you.";
    private final NotifyStandIn notify = new NotifyStandIn();

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.notify.base-url", notify.url().toString());
    }

    @BeforeAll
    void emails() throws SQLException {
        try (var c = database.login("waymark_owner")) {
            Sql.run(c, """
                insert into waymark.provider_account (id, force_id, kind, account_sid, weight, templates, credential_ref)
                values (?, ?, 'notify', ?, 0, ?::jsonb, 'northmoor')""", UUID.randomUUID(), force("northmoor"), SERVICE,
                "{\"email\": \"f33517ff-2a88-4f6e-b855-c550268ce08a\"}");
        }
        clocks.advanceMachine(Duration.ofMinutes(1)); // accounts are read again
    }

    @AfterAll
    void close() {
        notify.close();
    }

    private List<String> emails(String address) {
        SignUp.drain(this);
        return notify.sent().stream().filter(n -> n.path("email_address").asText().equals(address))
            .map(n -> n.path("personalisation").toString()).toList();
    }

    private Answer confirmEmail(Someone person, String address) {
        Answer begun = api().as(person.access()).post(CHANGES, Map.of("email", address)).expect(202);
        var code = CODE.matcher(emails(address).getLast());
        assertTrue(code.find(), "a code");
        return confirm(person.access(), begun, code.group()).expect(200);
    }

    private JsonNode email(Someone person) {
        for (JsonNode channel : api().as(person.access()).get("/v1/me/contact-preferences").expect(200).body().path("channels")) {
            if (channel.path("channel").asText().equals("email")) {
                return channel;
            }
        }
        throw new AssertionError("no email");
    }

    @Test
    void anEmailIsSafeOnceItsCodeIsEnteredAndTheNumberIsTold() {
        Someone person = someone();
        assertEquals("done", confirmEmail(person, person.sourceId() + "@example.org").at("/state"));
        assertTrue(email(person).path("confirmed").asBoolean());
        assertEquals(CHANGED, bodies(person.number()).getFirst());
        assertFalse(items(person).containsKey("announce_change"));
        confirmEmail(person, person.sourceId() + "@other.example.org");
        assertEquals(person.sourceId() + "@other.example.org", email(person).path("address").asText());
        assertEquals(1, emails(person.sourceId() + "@example.org").size(), "nothing comes to the one that was replaced");
        assertEquals(1, emails(person.sourceId() + "@other.example.org").size(), "but the code");

        String fresh = number();
        change(person.access(), fresh);
        assertTrue(emails(person.sourceId() + "@other.example.org").getLast().contains("contact details were changed"));
        assertFalse(bodies(fresh).contains(CHANGED));
        assertFalse(items(person).containsKey("announce_change"), "a channel that is known to be safe was left");
        api().as(person.access()).get("/v1/me/notifications?limit=100").expect(200).body().path("items").forEach(n ->
            assertFalse(n.path("template").asText().startsWith("contact_"), "shown on no list"));
    }

    @Test
    void inAFlaggedCaseAnEmailIsNotSafeBeforeStaffSaySo() {
        Someone person = someone("domestic_abuse");
        assertEquals("checking", confirmEmail(person, "flagged@example.org").at("/state"));
        clocks.advanceCase(Duration.ofDays(3));
        bean(DueChanges.class).drain();
        assertFalse(email(person).path("confirmed").asBoolean());
        assertTrue(items(person).containsKey("address_to_confirm"));
        confirmEmail(person, "flagged@other.example.org");
        decide(items(person).get("contact_change"), "allow", true).expect(204);
        assertTrue(email(person).path("confirmed").asBoolean());
    }

    @Test
    void whatAPersonConfirmedCountsNoLongerOnceThereIsAFlag() {
        Someone person = someone();
        confirmEmail(person, "before@example.org");
        assertTrue(email(person).path("confirmed").asBoolean());
        tell(person.reference(), "case_changed", Map.of("flags", List.of("domestic_abuse")));
        assertFalse(email(person).path("confirmed").asBoolean());
        assertEquals("flag_came", items(person).get("address_to_confirm").path("reason").asText());
    }

    @Test
    void noCodeGoesToAnAddressThatWasCalledUnsafe() {
        Someone person = someone();
        String path = "/v1/staff/people/" + person.id() + "/contact-preferences";
        staff().with("If-Match", staff().get(path).header("ETag").orElseThrow()).put(path, Map.of("language", "en", "discreet_mode",
            false, "reason", "He reads it.", "channels", List.of(Map.of("channel", "sms"), Map.of("channel", "email", "address",
            "his@example.org", "safety", "unsafe")))).expect(200);
        api().as(person.access()).post(CHANGES, Map.of("email", "His@example.org")).expect(202);
        assertEquals(List.of(), emails("His@example.org"));
        assertEquals("address_unsafe", items(person).get("contact_change").path("reason").asText());
    }

    @Test
    void aLetterWithACodeIsPostedByStaffButNotInAFlaggedCase() {
        String lines = "Alex Example\n1 High Street\nNorthmoor\nNM1 1AA";
        Someone person = someone();
        Answer begun = api().as(person.access()).post(CHANGES, Map.of("postal_address", lines)).expect(202);
        JsonNode letter = items(person).get("letter_to_post");
        String detail = staff().post("/v1/staff/queue/" + letter.path("id").asText() + "/claim", null).expect(200).at("/detail");
        assertTrue(detail.contains(lines));
        var code = CODE.matcher(detail);
        assertTrue(code.find());
        confirm(person.access(), begun, code.group()).expect(200);
        Someone flagged = someone("domestic_abuse");
        api().as(flagged.access()).post(CHANGES, Map.of("postal_address", lines)).expect(202);
        assertFalse(items(flagged).containsKey("letter_to_post"));
        assertEquals("letter_in_flagged_case", items(flagged).get("contact_change").path("reason").asText());
    }
}
