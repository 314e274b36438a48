package uk.waymark.notifications.firebase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
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
import uk.waymark.notifications.twilio.TwilioStandIn;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;

/** Against sockets that speak Firebase's HTTP and fail as networks do; every case counts its requests. */
class FirebaseSenderTest {

    private static final String WORDS = "There is something new for you. Sign in when it suits you to read it.";
    private static final Instant NOW = Instant.parse("2027-03-04T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Long enough for what is asked to arrive on a busy machine: for where no answer comes. */
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Map<Integer, String> CANONICAL = Map.of(400, "INVALID_ARGUMENT", 401, "UNAUTHENTICATED",
        403, "PERMISSION_DENIED", 404, "NOT_FOUND", 429, "RESOURCE_EXHAUSTED", 503, "UNAVAILABLE");
    private final UUID tenant = UUID.randomUUID();
    private final TwilioStandIn firebase = new TwilioStandIn();
    private final List<UUID> gone = new CopyOnWriteArrayList<>();
    private FirebaseAccount account = new FirebaseAccount("drama-app", "access-token");
    private final FirebaseSender sender = new FirebaseSender(accounts(), firebase.url(), () -> NOW, PATIENCE);
    private final Registration phone = new Registration(UUID.randomUUID(), "fT:phone-1_x");
    private final Registration tablet = new Registration(UUID.randomUUID(), "fT:tablet");

    FirebaseSenderTest() {
        firebase.react(FirebaseSenderTest::accept);
    }

    private FirebaseAccounts accounts() {
        return new FirebaseAccounts() {
            @Override
            public FirebaseAccount forTenant(UUID t) {
                if (!t.equals(tenant)) {
                    throw new IllegalStateException("no account");
                }
                return account;
            }

            @Override
            public void gone(UUID registration) {
                gone.add(registration);
                if (registration.equals(tablet.id())) {
                    throw new IllegalStateException("the database is away");
                }
            }
        };
    }

    @AfterEach
    void close() {
        sender.close();
        firebase.close();
    }

    private static Reaction accept(TwilioStandIn.Received request) {
        return new Reaction.Answer(200, "{\"name\": \"projects/drama-app/messages/0:1%x\"}".formatted(request.body().length()));
    }

    private static Reaction refuse(int status, String code) {
        return refuse(status, code, "");
    }

    /** As Firebase does: google.rpc.Status with an FcmError among its details. */
    private static Reaction refuse(int status, String code, String header) {
        return new Reaction.Answer(status, """
            {"error": {"code": %d, "message": "x", "status": "%s", "details": [
             {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "%s"}]}}"""
            .formatted(status, CANONICAL.getOrDefault(status, "INTERNAL"), code), header);
    }

    private SendOutcome send(Registration... to) {
        return send(Duration.ofHours(1), to);
    }

    private SendOutcome send(Duration validity, Registration... to) {
        return send(sender, validity, to);
    }

    private SendOutcome send(FirebaseSender by, Duration validity, Registration... to) {
        return by.send(new SendRequest(UUID.randomUUID(), tenant, "case_update", Registration.write(List.of(to)), WORDS,
            validity));
    }

    private SendOutcome send() {
        return send(phone);
    }

    @Test
    void a_key_that_wakes_the_app_as_firebase_gets_it_word_for_word() throws IOException {
        UUID attempt = UUID.randomUUID();
        var ok = assertInstanceOf(Accepted.class, sender.send(new SendRequest(attempt, tenant, "case_update",
            Registration.write(List.of(phone)), WORDS, Duration.ofMinutes(5))));
        assertEquals("firebase", ok.provider());
        assertEquals("drama-app", ok.providerAccount());
        assertTrue(ok.providerMessageId().startsWith("projects/drama-app/messages/"));
        TwilioStandIn.Received got = firebase.received().getFirst();
        assertEquals("POST /v1/projects/drama-app/messages:send", got.method() + " " + got.path());
        assertEquals("Bearer access-token", got.headers().get("Authorization"));
        assertEquals(new ObjectMapper().readTree("""
            {"message": {"token": "fT:phone-1_x", "data": {"key": "%2$s"},
             "android": {"collapse_key": "%1$s", "priority": "high", "ttl": "300s"},
             "apns": {"headers": {"apns-push-type": "background", "apns-priority": "5", "apns-collapse-id": "%1$s",
                                  "apns-expiration": "1804154700"},
                      "payload": {"aps": {"content-available": 1}}},
             "webpush": {"headers": {"TTL": "300", "Topic": "%1$s", "Urgency": "high"}}}}"""
            .formatted(FirebaseSender.collapseKey("case_update"), attempt)), new ObjectMapper().readTree(got.body()));
    }

    @Test
    void ten_updates_have_one_collapse_key_and_another_class_has_another() {
        for (int i = 0; i < 10; i++) {
            send();
        }
        List<String> bodies = firebase.received().stream().map(TwilioStandIn.Received::body).toList();
        assertEquals(10, bodies.stream().distinct().count(), "each with its own key to what was sent");
        assertEquals(1, bodies.stream().map(b -> b.replaceAll("\"key\":\"[0-9a-f-]{36}\"", "")).distinct().count());
        assertFalse(FirebaseSender.collapseKey("case_update").contains("case"));
        assertFalse(FirebaseSender.collapseKey("case_update").equals(FirebaseSender.collapseKey("reminder")));
    }

    @ParameterizedTest
    @CsvSource({"-5,1s", "90,90s", "9999999,2419200s"})
    void time_to_live_stays_within_firebases_bounds(long seconds, String sent) {
        send(Duration.ofSeconds(seconds), phone);
        String body = firebase.received().getFirst().body();
        assertTrue(body.contains("\"ttl\":\"" + sent + "\""));
        assertTrue(body.contains("\"TTL\":\"" + sent.replace("s", "") + "\""));
        assertTrue(body.contains("\"" + NOW.plusSeconds(Long.parseLong(sent.replace("s", ""))).getEpochSecond() + "\""));
    }

    @ParameterizedTest
    @CsvSource({"400,INVALID_ARGUMENT,refused", "403,SENDER_ID_MISMATCH,of_another_sender", "404,UNREGISTERED,unregistered"})
    void a_refusal_is_final_and_only_unregistered_drops_a_registration(int status, String code, String meaning) {
        firebase.react(r -> refuse(status, code));
        assertEquals(new Rejected(code, meaning), send());
        assertEquals(1, firebase.received().size());
        assertEquals(code.equals("UNREGISTERED") ? List.of(phone.id()) : List.of(), gone);
    }

    @Test
    void who_is_told_to_come_later_is_told_when() {
        firebase.react(r -> refuse(429, "QUOTA_EXCEEDED", "Retry-After: 77"));
        assertEquals(new Unavailable("QUOTA_EXCEEDED", Duration.ofSeconds(77)), send());
        firebase.react(r -> refuse(503, "UNAVAILABLE", "Retry-After: 90"));
        long began = System.nanoTime();
        assertEquals(new Unavailable("UNAVAILABLE", Duration.ofSeconds(90)), send());
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(90).toNanos(), "the SDK waited by itself");
        firebase.react(r -> new Reaction.Answer(429, "", "Retry-After: soon"));
        assertEquals(new Unavailable("http_429"), send());
        assertEquals(3, firebase.received().size(), "one request for each of three attempts");
    }

    @ParameterizedTest
    @CsvSource({"401,", "403,", "404,", "401,THIRD_PARTY_AUTH_ERROR"})
    void what_concerns_our_account_may_pass_later(int status, String code) {
        firebase.react(r -> code == null ? new Reaction.Answer(status, "{}") : refuse(status, code));
        assertEquals(new Unavailable(code == null ? "http_" + status : code), send());
        assertEquals(1, firebase.received().size());
        firebase.react(FirebaseSenderTest::accept);
        assertInstanceOf(Accepted.class, send());
        assertEquals(List.of(), gone);
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504"})
    void a_server_error_is_unknown_after_one_request(int status) {
        firebase.react(r -> refuse(status, "INTERNAL"));
        assertEquals(new Unknown("server_error_" + status), send());
        firebase.react(r -> new Reaction.Answer(status, "<html>oops</html>"));
        assertEquals(new Unknown("server_error_" + status), send());
        firebase.react(r -> new Reaction.Answer(status, ""));
        assertEquals(new Unknown("server_error_" + status), send());
        assertEquals(3, firebase.received().size(), "one request for each of three attempts");
    }

    @Test
    void no_answer_is_unknown_after_one_request() {
        List<Reaction> faults = List.of(new Reaction.Reset(), new Reaction.Hangup(), new Reaction.Garbage(),
            new Reaction.Silence());
        for (int i = 0; i < faults.size(); i++) {
            Reaction fault = faults.get(i);
            firebase.react(r -> fault);
            try (var impatient = new FirebaseSender(accounts(), firebase.url(), () -> NOW, SHORT)) {
                assertInstanceOf(Unknown.class, send(fault instanceof Reaction.Silence ? impatient : sender, Duration.ofHours(1), phone),
                    fault.toString());
            }
            assertEquals(i + 1, firebase.received().size(), fault.toString());
        }
        assertEquals(List.of(), gone);
    }

    @Test
    void an_answer_that_cannot_be_read_is_unknown_unless_its_status_says_no() {
        firebase.react(r -> new Reaction.Answer(200, "{\"name\": "));
        assertEquals(new Unknown("unreadable_answer_200"), send());
        firebase.react(r -> new Reaction.Answer(200, "{}"));
        assertEquals(new Unknown("unreadable_answer_200"), send());
        firebase.react(r -> new Reaction.Answer(200, ""));
        assertEquals(new Unknown("unreadable_answer_200"), send());
        firebase.react(r -> new Reaction.Answer(302, "", "Location: /elsewhere"));
        assertEquals(new Unknown("unreadable_answer_302"), send());
        firebase.react(r -> new Reaction.Answer(408, ""));
        assertEquals(new Unknown("unreadable_answer_408"), send());
        firebase.react(r -> new Reaction.Answer(400, "<html>no</html>"));
        assertEquals(new Rejected("http_400", "refused"), send());
        assertEquals(6, firebase.received().size());
    }

    @Test
    void every_app_gets_it_once_and_one_that_has_it_is_enough() {
        assertInstanceOf(Accepted.class, send(phone, tablet));
        assertEquals(List.of("fT:phone-1_x", "fT:tablet"), tokens());

        firebase.react(r -> r.body().contains("tablet") ? refuse(404, "UNREGISTERED") : accept(r));
        assertInstanceOf(Accepted.class, send(phone, tablet));
        assertEquals(List.of(tablet.id()), gone, "although the host could not drop it");
        firebase.react(r -> r.body().contains("tablet") ? refuse(404, "UNREGISTERED") : new Reaction.Hangup());
        assertInstanceOf(Unknown.class, send(phone, tablet));
        firebase.react(r -> r.body().contains("tablet") ? refuse(404, "UNREGISTERED") : refuse(429, "QUOTA_EXCEEDED"));
        assertInstanceOf(Unavailable.class, send(phone, tablet));
        firebase.react(r -> refuse(404, "UNREGISTERED"));
        assertInstanceOf(Rejected.class, send(phone, tablet));
        assertEquals(10, firebase.received().size());
    }

    private List<String> tokens() {
        return firebase.received().stream().map(r -> r.body().replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1"))
            .sorted().toList();
    }

    @Test
    void a_connection_that_was_never_made_is_unavailable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var nowhere = new FirebaseSender(accounts(), URI.create("http://127.0.0.1:" + free), () -> NOW, PATIENCE)) {
            assertEquals(new Unavailable("not_sent"), nowhere.send(new SendRequest(UUID.randomUUID(), tenant,
                "case_update", Registration.write(List.of(phone)), WORDS, Duration.ofHours(1))));
        }
    }

    @Test
    void a_tenant_without_a_project_waits_for_one() {
        assertEquals(new Unavailable("no_account"), sender.send(new SendRequest(UUID.randomUUID(), UUID.randomUUID(),
            "case_update", Registration.write(List.of(phone)), WORDS, Duration.ofHours(1))));
        account = new FirebaseAccount("drama-app", "{\"type\": \"service_account\"}");
        assertEquals(new Unavailable("no_account"), send());
        assertEquals(0, firebase.received().size());
    }

    @Test
    void a_service_account_gets_a_token_once_and_without_one_nothing_is_sent() throws Exception {
        account = new FirebaseAccount("drama-app", serviceAccount());
        firebase.react(r -> r.path().equals("/token") ? new Reaction.Answer(500, "{}") : accept(r));
        assertEquals(new Unavailable("not_sent"), send());
        assertEquals(0, messages());
        firebase.react(r -> !r.path().equals("/token") ? accept(r)
            : new Reaction.Answer(200, "{\"access_token\": \"fetched\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"));
        assertInstanceOf(Accepted.class, send());
        assertInstanceOf(Accepted.class, send());
        assertEquals(2, messages());
        assertEquals("Bearer fetched", firebase.received().getLast().headers().get("Authorization"));
        assertEquals("urn:ietf:params:oauth:grant-type:jwt-bearer",
            firebase.received().getFirst().form().get("grant_type"));
    }

    private long messages() {
        return firebase.received().stream().filter(r -> r.path().endsWith("messages:send")).count();
    }

    private String serviceAccount() throws Exception {
        var rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        String key = "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(rsa.generateKeyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
        return new ObjectMapper().writeValueAsString(Map.of("type", "service_account", "project_id", "drama-app",
            "private_key_id", "1", "private_key", key, "client_id", "1", "client_email", "push@drama-app.example",
            "token_uri", firebase.url() + "/token"));
    }

    @Test
    void nothing_prints_a_token_or_credentials() {
        Stream.of(account, phone).forEach(o -> {
            assertFalse(o.toString().contains("access-token"));
            assertFalse(o.toString().contains("phone-1"));
        });
    }
}
