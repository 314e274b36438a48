package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Casework.News;
import uk.waymark.messaging.Casework.Person;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.notify.NotifyStandIn;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.sandbox.SandboxForces;
import uk.waymark.testing.Answer;
import uk.waymark.testing.WaymarkTest;

/** A force that sends by Twilio and, when that cannot, by GOV.UK Notify; over real HTTP to both. */
class ProvidersTest extends WaymarkTest {
    private static final AtomicInteger NUMBERS = new AtomicInteger(500);
    private static final String SERVICE = "8ba92f14-6b6d-4d2b-9a68-6d6a8d6a8d6a";
    private static final String TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a";
    private static final String STATUS = "/v1/webhooks/notify/status";
    private static final String INBOUND = "/v1/webhooks/notify/inbound";
    private final ScriptedTwilio twilio = new ScriptedTwilio();
    private final NotifyStandIn notify = new NotifyStandIn();
    private Casework northmoor;
    private Casework glanafon;

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.twilio.base-url", twilio.baseUrl(), "waymark.notify.base-url", notify.url().toString());
    }

    @BeforeAll
    void accounts() throws SQLException {
        northmoor = new Casework(waymark, database, force("northmoor"));
        glanafon = new Casework(waymark, database, force("glanafon"));
        try (var c = database.login("waymark_owner")) {
            Sql.run(c, """
                insert into waymark.provider_account (id, force_id, kind, account_sid, weight, templates, credential_ref)
                values (?, ?, 'notify', ?, 0, ?::jsonb, 'northmoor')""", bean(Ids.class).next(), force("northmoor"), SERVICE,
                "{\"sms\": \"" + TEMPLATE + "\"}");
        }
        bean(ProviderAccounts.class).read();
    }

    @AfterEach
    void answerAgain() {
        twilio.answerWith(201);
    }

    @AfterAll
    void closeStandIns() {
        twilio.close();
        notify.close();
    }

    private static String number() {
        return "+447700900" + NUMBERS.incrementAndGet();
    }

    private void drain() {
        bean(Messaging.class).drain();
    }

    /** A callback with a bearer token. The key of the sandbox's accounts is its mark, and so is this. */
    private Answer callback(String path, String secret, String json) {
        return api().with("Authorization", "Bearer " + secret).send("POST", path, "application/json",
            json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> attempts(News news) {
        try (var c = database.superuser()) {
            return Sql.list(c, """
                select concat_ws(' ', a.provider, a.chosen_because, a.state) as attempt from notifications.attempt a
                  join notifications.message_key k on k.message_id = a.message_id where k.dedupe_key = ? order by a.number""",
                r -> r.getString("attempt"), news.key());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String one(String sql, Object... values) {
        try (var c = database.superuser()) {
            return Sql.one(c, sql, r -> r.getString(1), values).orElse(null);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTwilioCannotTakeNotifyTakesAndItsCallbackSettlesIt() {
        twilio.refuseWith(429, 20429);
        Person person = northmoor.person(number(), "safe");
        News news = northmoor.news(person);
        drain();
        assertEquals(1, twilio.to(person.mobile()).size());
        var sent = notify.sent().stream().filter(n -> n.path("phone_number").asText().equals(person.mobile())).toList();
        assertEquals(1, sent.size());
        assertEquals("There is news about your case. Sign in to Waymark to read it. Reply STOP to stop these texts.",
            sent.getFirst().path("personalisation").path("text").asText());
        assertEquals(TEMPLATE, sent.getFirst().path("template_id").asText());
        assertEquals(List.of("twilio weight unavailable", "notify failover accepted"), attempts(news));
        assertEquals(MessageState.ACCEPTED, northmoor.state(news));

        String receipt = """
            {"id": "%s", "reference": "%s", "to": "%s", "status": "delivered", "notification_type": "sms"}""".formatted(
            one("select provider_message_id from notifications.attempt where provider = 'notify' order by id desc limit 1"),
            sent.getFirst().path("reference").asText(), person.mobile());
        callback(STATUS, "another-secret", receipt).expect(403);
        api().send("POST", STATUS, "application/json", receipt.getBytes(StandardCharsets.UTF_8)).expect(403);
        assertEquals(MessageState.ACCEPTED, northmoor.state(news));
        callback(STATUS, "sandbox", receipt).expect(204);
        callback(STATUS, "sandbox", receipt).expect(204);
        callback(STATUS, "sandbox", "{\"id\": \"x\", \"status\": \"teleported\"}").expect(204);
        assertEquals(MessageState.DELIVERED, northmoor.state(news));
    }

    @Test
    void aStopThatCameToNotifyStopsAtOnce() {
        Person person = northmoor.person(number(), "safe");
        String stop = """
            {"id": "%s", "source_number": "%s", "destination_number": "07700900999", "message": "STOP"}""".formatted(
            UUID.randomUUID(), person.mobile().substring(1));
        callback(INBOUND, "another-secret", stop).expect(403);
        callback(INBOUND, "sandbox", stop).expect(204);
        callback(INBOUND, "sandbox", stop).expect(204);
        assertEquals("reply reply_stop 24h", northmoor.items(person));
        News news = northmoor.news(person);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(news));
    }

    @Test
    void aPhoneThatHasOptedOutIsTextedNoMoreAndStaffAreTold() {
        Person person = northmoor.person(number(), "safe");
        Person sharesThePhone = northmoor.person(person.caseId(), person.mobile(), "safe");
        double before = unconfirmed();
        twilio.refuseWith(400, 21610);
        News news = northmoor.news(person);
        drain();
        twilio.answerWith(201);
        assertEquals(MessageState.FAILED, northmoor.state(news));
        assertEquals("message_failed phone_opted_out 24h;message_failed opted_out 24h", northmoor.items(person));
        assertEquals("message_failed phone_opted_out 24h", northmoor.items(sharesThePhone));
        assertEquals(before + 1, unconfirmed(), "nobody had texted us STOP: so Twilio took something else for one");
        News another = northmoor.news(sharesThePhone);
        drain();
        assertEquals(MessageState.WITHHELD, northmoor.state(another));
        assertEquals(1, twilio.to(person.mobile()).size());
        assertEquals(0, notify.sent().stream().filter(n -> n.path("phone_number").asText().equals(person.mobile())).count(),
            "what was refused is refused: nobody else is asked");
    }

    @Test
    void aCodeThatAPhoneHasStoppedIsToldToEveryForceOfThePerson() {
        String number = number();
        Person here = northmoor.person(number, "safe");
        Person there = glanafon.person(number, "safe");
        northmoor.account(number, here, there);
        twilio.refuseWith(400, 21610);
        for (int i = 0; i < 2; i++) {
            api().post("/v1/sign-in/codes", Map.of("mobile", number)).expect(202);
            drain();
        }
        assertEquals("message_failed code_opted_out 24h", northmoor.items(here), "once a day, however often they try");
        assertEquals("message_failed code_opted_out 24h", glanafon.items(there));
        twilio.answerWith(201);
        News news = northmoor.news(here);
        drain();
        assertEquals(MessageState.ACCEPTED, northmoor.state(news), "what the codes' number may not text a force's still may");
        api().post("/v1/sign-in/codes", Map.of("mobile", number)).expect(202);
        drain();
        assertEquals(4, twilio.to(number).size(), "a code that is asked for is tried again all the same");
    }

    @Test
    void aReplyToANumberNobodySendsFromIsNobodys() {
        double before = ignored();
        twilioReply("northmoor", "+447700900970", number(), Map.of()).expect(200);
        assertEquals(before + 1, ignored());
    }

    private double ignored() {
        var counter = bean(MeterRegistry.class).find("waymark.inbound.ignored").tag("why", "to_nobody").counter();
        return counter == null ? 0 : counter.count();
    }

    private Answer twilioReply(String force, String to, String from, Map<String, String> more) {
        var fields = new TreeMap<>(Map.of("AccountSid", SandboxForces.byCode(force).account().sid(), "MessageSid",
            "SM" + UUID.randomUUID().toString().replace("-", ""), "From", from, "To", to, "Body", "CANCEL"));
        fields.putAll(more);
        String path = "/v1/webhooks/twilio/inbound";
        return api().with("X-Twilio-Signature",
            ScriptedTwilio.signature(ScriptedTwilio.TOKEN, waymark.base() + path, fields)).form(path, fields);
    }

    @Test
    void twilioThatAnswersKeywordsByItselfThoughItIsSaidNotToShows() {
        double before = unconfirmed();
        twilioReply("glanafon", "+447700900992", number(), Map.of()).expect(200);
        assertEquals(before, unconfirmed(), "CANCEL that Twilio has left alone");
        twilioReply("glanafon", "+447700900992", number(), Map.of("OptOutType", "STOP")).expect(200);
        assertEquals(before + 1, unconfirmed());
        assertTrue(api().get("/prometheus").expect(200).text()
            .contains("waymark_twilio_keywords_unconfirmed " + (before + 1)));
    }

    private double unconfirmed() {
        return bean(MeterRegistry.class).get("waymark.twilio.keywords.unconfirmed").gauge().value();
    }
}
