package uk.waymark.notifications.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendOutcome.Accepted;
import uk.waymark.notifications.SendOutcome.Rejected;
import uk.waymark.notifications.SendOutcome.Unavailable;
import uk.waymark.notifications.SendOutcome.Unknown;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;

class TwilioSenderTest {

    private static final String SID = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final URI CALLBACK = URI.create("https://host.example/v1/webhooks/twilio/status");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Long enough for what is asked to arrive on a busy machine: for where no answer comes. */
    private static final Duration SHORT = Duration.ofSeconds(2);
    private final UUID tenant = UUID.randomUUID();
    private final List<String> optedOut = new ArrayList<>();
    private final TwilioStandIn twilio = new TwilioStandIn();
    private TwilioAccount account =
        new TwilioAccount(SID, "token", "MG0123456789abcdef0123456789abcdef", null, tenant);
    private final TwilioSender sender = new TwilioSender(accounts(), twilio.url(), CALLBACK, PATIENCE);

    private TwilioAccounts accounts() {
        return new TwilioAccounts() {
            @Override
            public TwilioAccount forTenant(UUID t) {
                if (!t.equals(tenant)) {
                    throw new IllegalStateException("no account");
                }
                return account;
            }

            @Override
            public Optional<TwilioAccount> bySid(String sid) {
                return Optional.of(account).filter(a -> a.accountSid().equals(sid));
            }

            @Override
            public void optedOut(TwilioAccount from, String number) {
                assertEquals(account, from);
                optedOut.add(number);
                throw new IllegalStateException("which changes nothing");
            }
        };
    }

    @AfterEach
    void close() {
        sender.close();
        twilio.close();
    }

    private SendOutcome send(Duration validity) {
        return send(sender, validity);
    }

    private SendOutcome send(TwilioSender by, Duration validity) {
        return by.send(new SendRequest(UUID.randomUUID(), tenant, "update", "+447700900123", "Llŷn, 9am & later?", validity));
    }

    private SendOutcome send() {
        return send(Duration.ofHours(1));
    }

    @Test
    void a_message_as_twilio_gets_it() {
        UUID attempt = UUID.randomUUID();
        SendOutcome outcome = sender.send(new SendRequest(attempt, tenant, "update", "+447700900123", "Llŷn, 9am & later?",
            Duration.ofMinutes(5)));
        assertEquals("twilio", assertInstanceOf(Accepted.class, outcome).provider());
        assertEquals(SID, ((Accepted) outcome).providerAccount());
        assertTrue(((Accepted) outcome).providerMessageId().matches("SM[0-9a-f]{32}"));
        TwilioStandIn.Received got = twilio.received().getFirst();
        assertEquals("/2010-04-01/Accounts/" + SID + "/Messages.json", got.path());
        assertEquals(Map.of("To", "+447700900123", "Body", "Llŷn, 9am & later?", "ValidityPeriod", "300",
            "MessagingServiceSid", "MG0123456789abcdef0123456789abcdef",
            "StatusCallback", CALLBACK + "?attempt=" + attempt), got.form());
        assertTrue(got.headers().get("Authorization").startsWith("Basic "));
    }

    @Test
    void an_account_that_is_chosen_sends_whosoever_it_is() {
        String other = "ACbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
        var chosen = new TwilioAccount(other, "token", null, "+447700900993", UUID.randomUUID());
        assertEquals(other, ((Accepted) sender.of(chosen).send(new SendRequest(UUID.randomUUID(), tenant, "update",
            "+447700900123", "x", Duration.ofHours(1)))).providerAccount());
        assertEquals("+447700900993", twilio.received().getFirst().form().get("From"));
    }

    @ParameterizedTest
    @CsvSource({"-5,1", "0,1", "90,90", "36000,36000", "999999,36000"})
    void validity_stays_within_twilios_bounds(long seconds, String sent) {
        send(Duration.ofSeconds(seconds));
        assertEquals(sent, twilio.received().getFirst().form().get("ValidityPeriod"));
    }

    @ParameterizedTest
    @CsvSource({"400,21610,opted_out", "400,21211,invalid_number", "400,21614,not_a_mobile", "400,99999,refused"})
    void a_refusal_of_the_message_is_final(int status, int code, String meaning) {
        twilio.react(r -> TwilioStandIn.refuse(status, code));
        assertEquals(new Rejected(Integer.toString(code), meaning), send());
        assertEquals(code == 21610 ? List.of("+447700900123") : List.of(), optedOut);
        assertEquals(1, twilio.received().size());
    }

    @ParameterizedTest
    @CsvSource({"429,20429", "401,20003", "403,20005", "400,21606", "400,21611"})
    void what_concerns_our_account_may_pass_later(int status, int code) {
        twilio.react(r -> TwilioStandIn.refuse(status, code));
        assertEquals(new Unavailable(Integer.toString(code)), send());
        assertEquals(1, twilio.received().size());
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504"})
    void a_server_error_is_unknown_after_one_request(int status) {
        twilio.react(r -> TwilioStandIn.refuse(status, 20000 + status));
        assertEquals(new Unknown("server_error_" + status), send());
        twilio.react(r -> new Reaction.Answer(status, "<html>oops</html>"));
        assertEquals(new Unknown("server_error_" + status), send());
        twilio.react(r -> new Reaction.Answer(status, ""));
        assertEquals(new Unknown("server_error_" + status), send());
        assertEquals(3, twilio.received().size(), "one request for each of three attempts");
    }

    @Test
    void no_answer_is_unknown_after_one_request() {
        List<Reaction> faults = List.of(new Reaction.Reset(), new Reaction.Hangup(), new Reaction.Silence(),
            new Reaction.Garbage());
        for (int i = 0; i < faults.size(); i++) {
            Reaction fault = faults.get(i);
            twilio.react(r -> fault);
            try (TwilioSender impatient = new TwilioSender(accounts(), twilio.url(), CALLBACK, SHORT)) {
                assertInstanceOf(Unknown.class, send(fault instanceof Reaction.Silence ? impatient : sender, Duration.ofHours(1)),
                    fault.toString());
            }
            assertEquals(i + 1, twilio.received().size(), fault.toString());
        }
    }

    @Test
    void an_answer_that_cannot_be_read_is_unknown_unless_its_status_says_no() {
        twilio.react(r -> new Reaction.Answer(201, "{\"sid\": "));
        assertEquals(new Unknown("unreadable_answer_201"), send());
        twilio.react(r -> new Reaction.Answer(200, "{}"));
        assertEquals(new Unknown("unreadable_answer_200"), send());
        twilio.react(r -> new Reaction.Answer(302, ""));
        assertEquals(new Unknown("unreadable_answer_302"), send());
        twilio.react(r -> new Reaction.Answer(408, ""));
        assertEquals(new Unknown("unreadable_answer_408"), send());
        twilio.react(r -> new Reaction.Answer(400, "<html>no</html>"));
        assertEquals(new Rejected("http_400", "refused"), send());
        twilio.react(r -> new Reaction.Answer(429, ""));
        assertEquals(new Unavailable("http_429"), send());
        assertEquals(6, twilio.received().size());
    }

    @Test
    void a_connection_that_was_never_made_is_unavailable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (TwilioSender nowhere = new TwilioSender(accounts(), URI.create("http://127.0.0.1:" + free), CALLBACK,
            PATIENCE)) {
            assertEquals(new Unavailable("not_sent"),
                nowhere.send(new SendRequest(UUID.randomUUID(), tenant, "update", "+447700900123", "x", Duration.ofHours(1))));
        }
    }

    @Test
    void a_tenant_without_an_account_waits_for_one() {
        assertEquals(new Unavailable("no_account"),
            sender.send(new SendRequest(UUID.randomUUID(), UUID.randomUUID(), "update", "+447700900123", "x",
                Duration.ofHours(1))));
        assertEquals(0, twilio.received().size());
    }

    @Test
    void an_account_prints_no_token() {
        assertFalse(account.toString().contains("token"));
    }

    @Test
    void twilios_own_description_accepts_what_is_sent() throws IOException {
        TwilioDescription description = TwilioDescription.load();
        send();
        account = new TwilioAccount(SID, "token", null, "+447700900999", tenant);
        send(Duration.ofDays(3));
        account = new TwilioAccount(SID, "token", "MG0123456789abcdef0123456789abcdef", "WITNESS", tenant);
        send();
        for (TwilioStandIn.Received got : twilio.received()) {
            assertEquals(List.of(), description.problems(got));
        }
        TwilioStandIn.Received got = twilio.received().getFirst();
        assertFalse(description.problems(with(got, Map.of("Body", "x"))).isEmpty(), "no To");
        assertFalse(description.problems(with(got, Map.of("To", "+447700900123", "MessagingServiceSid", "MG1")))
            .isEmpty());
        assertFalse(description.problems(with(got, Map.of("To", "+447700900123", "Text", "x"))).isEmpty(),
            "no such field");
    }

    private static TwilioStandIn.Received with(TwilioStandIn.Received got, Map<String, String> form) {
        return new TwilioStandIn.Received(got.method(), got.path(), got.headers(), form, "");
    }
}
