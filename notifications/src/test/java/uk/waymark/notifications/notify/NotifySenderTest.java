package uk.waymark.notifications.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Lookup;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendOutcome.Accepted;
import uk.waymark.notifications.SendOutcome.Rejected;
import uk.waymark.notifications.SendOutcome.Unavailable;
import uk.waymark.notifications.SendOutcome.Unknown;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;

class NotifySenderTest {

    private static final String SERVICE = UUID.randomUUID().toString();
    private static final String KEY = "northshire-" + SERVICE + "-" + UUID.randomUUID();
    private static final String NUMBER = "+447700900123";
    private static final Instant NOW = Instant.parse("2026-09-01T09:00:00Z");
    private final NotifyStandIn notify = new NotifyStandIn();
    private final NotifySender sender = new NotifySender(notify.url(), Duration.ofMinutes(1));
    /** Long enough for what is asked to arrive on a busy machine: for where no answer comes. */
    private final NotifySender impatient = new NotifySender(notify.url(), Duration.ofSeconds(2));
    private final Map<Channel, String> templates = Map.of(Channel.SMS, UUID.randomUUID().toString(), Channel.EMAIL,
        UUID.randomUUID().toString(), Channel.LETTER, UUID.randomUUID().toString());
    private final NotifyAccount account = new NotifyAccount(SERVICE, KEY, "secret", templates, null, UUID.randomUUID());

    @AfterEach
    void close() {
        sender.close();
        impatient.close();
        notify.close();
    }

    private SendRequest request(String address, String text) {
        return new SendRequest(UUID.randomUUID(), account.tenant(), "update", address, text, Duration.ofHours(1));
    }

    private SendOutcome send() {
        return send(sender);
    }

    private SendOutcome send(NotifySender by) {
        return by.of(account, Channel.SMS).send(request(NUMBER, "Llŷn, 9am & later?"));
    }

    @Test
    void a_text_as_notify_gets_it() {
        SendRequest request = request(NUMBER, "Llŷn, 9am & \"later\"?");
        Accepted accepted = assertInstanceOf(Accepted.class, sender.of(account, Channel.SMS).send(request));
        assertEquals("notify", accepted.provider());
        assertEquals(SERVICE, accepted.providerAccount());
        assertTrue(accepted.providerMessageId().matches("[0-9a-f-]{36}"));
        JsonNode sent = notify.sent().getFirst();
        assertEquals(NUMBER, sent.path("phone_number").asText());
        assertEquals(templates.get(Channel.SMS), sent.path("template_id").asText());
        assertEquals(request.attemptId().toString(), sent.path("reference").asText());
        assertEquals("{\"text\":\"Llŷn, 9am & \\\"later\\\"?\"}", sent.path("personalisation").toString());
        assertFalse(sent.has("sms_sender_id"));
        assertEquals("/v2/notifications/sms", notify.received().getFirst().path());
        assertTrue(notify.received().getFirst().headers().get("Authorization").matches("Bearer \\S+\\.\\S+\\.\\S+"));
        assertEquals("application/json", notify.received().getFirst().headers().get("Content-Type"));
    }

    @Test
    void a_text_from_another_sender_of_the_service() {
        String discreet = UUID.randomUUID().toString();
        sender.of(new NotifyAccount(SERVICE, KEY, null, templates, discreet, account.tenant()), Channel.SMS)
            .send(request(NUMBER, "x"));
        assertEquals(discreet, notify.sent().getFirst().path("sms_sender_id").asText());
    }

    @Test
    void an_email_and_a_letter() {
        assertInstanceOf(Accepted.class, sender.of(account, Channel.EMAIL)
            .send(request("sam@example.com", "There is news. Sign in the way you usually do.")));
        JsonNode email = notify.sent().getFirst();
        assertEquals("sam@example.com", email.path("email_address").asText());
        assertEquals("There is news", email.path("personalisation").path("subject").asText());
        assertEquals("Sign in the way you usually do.", email.path("personalisation").path("text").asText());
        assertInstanceOf(Accepted.class, sender.of(account, Channel.LETTER)
            .send(request("Sam Lee\n1 High Street\n\nTown\nNS1 1AA", "There is news. Ring us.")));
        JsonNode letter = notify.sent().getLast().path("personalisation");
        assertEquals("Sam Lee", letter.path("address_line_1").asText());
        assertEquals("NS1 1AA", letter.path("address_line_4").asText());
        assertEquals("Ring us.", letter.path("text").asText());
    }

    @Test
    void a_channel_without_a_template_is_no_channel_of_the_account() {
        NotifyAccount texts = new NotifyAccount(SERVICE, KEY, null, Map.of(), null, account.tenant());
        assertThrows(IllegalArgumentException.class, () -> sender.of(texts, Channel.SMS));
    }

    @ParameterizedTest
    @CsvSource({"400,ValidationError,address_or_text_refused", "400,BadRequestError,refused", "410,Gone,refused"})
    void a_refusal_of_the_message_is_final(int status, String type, String meaning) {
        notify.react(r -> NotifyStandIn.refuse(status, type, "phone_number +447700900123 Not a UK mobile number"));
        assertEquals(new Rejected(type, meaning), send());
        assertEquals(1, notify.received().size());
    }

    @ParameterizedTest
    @CsvSource({"429,RateLimitError,RateLimitError,PT1M", "429,TooManyRequestsError,TooManyRequestsError,PT1H",
        "403,AuthError,AuthError_403,PT0S", "401,AuthError,AuthError_401,PT0S"})
    void what_concerns_our_account_may_pass_later(int status, String type, String code, Duration after) {
        notify.react(r -> NotifyStandIn.refuse(status, type, "x"));
        assertEquals(new Unavailable(code, after), send());
        assertEquals(1, notify.received().size());
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504"})
    void a_server_error_is_unknown_after_one_request(int status) {
        notify.react(r -> NotifyStandIn.refuse(status, "Exception", "Internal server error"));
        assertEquals(new Unknown("server_error_" + status), send());
        notify.react(r -> new Reaction.Answer(status, ""));
        assertEquals(new Unknown("server_error_" + status), send());
        assertEquals(2, notify.received().size(), "one request for each of two attempts");
    }

    @Test
    void no_answer_is_unknown_after_one_request() {
        List<Reaction> faults = List.of(new Reaction.Reset(), new Reaction.Hangup(), new Reaction.Garbage(),
            new Reaction.Silence());
        for (int i = 0; i < faults.size(); i++) {
            Reaction fault = faults.get(i);
            NotifySender by = fault instanceof Reaction.Silence ? impatient : sender;
            send(by); // so that the next one goes over a connection that was used before
            int before = notify.received().size();
            notify.react(r -> fault);
            assertEquals(new Unknown("no_answer"), send(by), fault.toString());
            assertEquals(before + 1, notify.received().size(), fault.toString());
            notify.react(notify::answer);
        }
    }

    @Test
    void an_answer_that_cannot_be_read_is_unknown_unless_its_status_says_no() {
        notify.react(r -> new Reaction.Answer(201, "{\"id\": "));
        assertEquals(new Unknown("unreadable_answer_201"), send());
        notify.react(r -> new Reaction.Answer(201, "{}"));
        assertEquals(new Unknown("unreadable_answer_201"), send());
        notify.react(r -> new Reaction.Answer(302, ""));
        assertEquals(new Unknown("unreadable_answer_302"), send());
        notify.react(r -> new Reaction.Answer(408, ""));
        assertEquals(new Unknown("unreadable_answer_408"), send());
        notify.react(r -> new Reaction.Answer(400, "<html>no</html>"));
        assertEquals(new Rejected("http_400", "refused"), send());
        assertEquals(5, notify.received().size());
    }

    @Test
    void a_connection_that_was_never_made_is_unavailable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (NotifySender nowhere = new NotifySender(URI.create("http://127.0.0.1:" + free))) {
            assertEquals(new Unavailable("not_sent"),
                nowhere.of(account, Channel.SMS).send(request(NUMBER, "x")));
        }
    }

    @Test
    void a_key_that_is_none_sends_nothing() {
        NotifyAccount odd = new NotifyAccount(SERVICE, "x", null, templates, null, account.tenant());
        assertEquals(new Unavailable("not_sent"), sender.of(odd, Channel.SMS).send(request(NUMBER, "x")));
        assertEquals(0, notify.received().size());
    }

    @Test
    void what_the_client_would_log_is_not_logged() {
        List<String> logged = new ArrayList<>();
        long here = Thread.currentThread().threadId();
        Handler all = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLongThreadID() == here) { // what others do meanwhile is none of its
                    logged.add(line.getMessage());
                }
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        };
        Logger.getLogger("").addHandler(all);
        try {
            notify.react(r -> new Reaction.Hangup());
            send();
            notify.react(r -> NotifyStandIn.refuse(400, "ValidationError", "phone_number " + NUMBER + " Not a UK mobile number"));
            send();
        } finally {
            Logger.getLogger("").removeHandler(all);
        }
        assertEquals(List.of(), logged);
    }

    private Lookup.Answer ask(UUID attempt, String service) {
        return new NotifyLookup(sender, () -> List.of(account), InstantSource.fixed(NOW))
            .ask(new Lookup.Asked(attempt, account.tenant(), service, NUMBER, "x", NOW));
    }

    @Test
    void what_became_of_an_attempt_is_asked_by_its_reference() {
        SendRequest request = request(NUMBER, "x");
        assertEquals(new Lookup.Answer.NotThere(), ask(request.attemptId(), SERVICE));
        Accepted accepted = (Accepted) sender.of(account, Channel.SMS).send(request);
        assertEquals(new Lookup.Answer.Taken(new Receipt("notify", SERVICE, accepted.providerMessageId(),
            request.attemptId(), Receipt.Status.INTERMEDIATE, "sending", NOW)), ask(request.attemptId(), SERVICE));
        notify.status(request.attemptId(), "temporary-failure");
        Receipt failed = ((Lookup.Answer.Taken) ask(request.attemptId(), SERVICE)).receipt();
        assertEquals(Receipt.Status.FAILED, failed.status());
        assertEquals("phone_off_or_unreachable", failed.meaning());
        assertEquals(new Lookup.Answer.Undecided("no_account"), ask(request.attemptId(), "another"));
        notify.close();
        assertEquals(new Lookup.Answer.Undecided("unreachable"), ask(request.attemptId(), SERVICE));
    }

    @Test
    void where_one_stands_is_asked_by_its_id() {
        SendRequest request = request(NUMBER, "x");
        String id = ((Accepted) sender.of(account, Channel.SMS).send(request)).providerMessageId();
        notify.status(request.attemptId(), "delivered");
        Lookup lookup = new NotifyLookup(sender, () -> List.of(account), InstantSource.fixed(NOW));
        assertEquals(new Lookup.Answer.Taken(new Receipt("notify", SERVICE, id, request.attemptId(), Receipt.Status.DELIVERED,
            "delivered", NOW)), lookup.status(SERVICE, account.tenant(), id, request.attemptId()));
        assertEquals("/v2/notifications/" + id, notify.received().getLast().path());
        assertEquals(new Lookup.Answer.Undecided("no_account"),
            lookup.status("another", account.tenant(), id, request.attemptId()));
        assertEquals(new Lookup.Answer.Undecided("unreachable"),
            lookup.status(SERVICE, account.tenant(), UUID.randomUUID().toString(), request.attemptId()));
    }
}
