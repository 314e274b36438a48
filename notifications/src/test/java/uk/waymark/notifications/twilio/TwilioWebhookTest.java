package uk.waymark.notifications.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Keyword;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.twilio.TwilioWebhook.Read;

class TwilioWebhookTest {

    private static final String SID = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final UUID ATTEMPT = UUID.randomUUID();
    private static final String URL = "https://host.example/v1/webhooks/twilio/status?attempt=" + ATTEMPT;
    private static final Instant NOW = Instant.parse("2026-09-01T09:00:00Z");
    private final TwilioAccount account = new TwilioAccount(SID, "token", null, "+447700900999", UUID.randomUUID());
    private final TwilioWebhook webhook = new TwilioWebhook(new TwilioAccounts() {
        @Override
        public TwilioAccount forTenant(UUID tenant) {
            return account;
        }

        @Override
        public Optional<TwilioAccount> bySid(String sid) {
            return Optional.of(account).filter(a -> a.accountSid().equals(sid));
        }
    });

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "delivered,-,DELIVERED,delivered,delivered", "read,-,DELIVERED,read,read", "sent,-,INTERMEDIATE,sent,sent",
        "queued,-,INTERMEDIATE,queued,queued", "undelivered,30003,FAILED,30003,phone_off_or_unreachable",
        "failed,21610,FAILED,21610,opted_out", "failed,-,FAILED,failed,failed", "failed,12345,FAILED,12345,refused"})
    void a_signed_status_is_a_receipt(String word, String error, Receipt.Status status, String code, String meaning) {
        Map<String, String> form = new TreeMap<>(Map.of("AccountSid", SID, "MessageSid", "SM1", "MessageStatus", word));
        if (error != null) {
            form.put("ErrorCode", error);
        }
        assertEquals(new Read.Genuine<>(new Receipt("twilio", SID, "SM1", ATTEMPT, status, code, meaning, NOW)),
            webhook.status(URL, form, sign(URL, form, "token"), NOW));
    }

    @Test
    void what_is_not_signed_by_the_account_it_names_is_forged() {
        Map<String, String> form = Map.of("AccountSid", SID, "MessageSid", "SM1", "MessageStatus", "delivered");
        String good = sign(URL, form, "token");
        assertForged(webhook.status(URL, form, null, NOW));
        assertForged(webhook.status(URL, form, sign(URL, form, "other"), NOW));
        assertForged(webhook.status(URL.replace("attempt=", "attempt=0"), form, good, NOW));
        assertForged(webhook.status(URL, Map.of("AccountSid", SID, "MessageSid", "SM2", "MessageStatus", "delivered"),
            good, NOW));
        assertForged(webhook.status(URL, Map.of("MessageSid", "SM1", "MessageStatus", "delivered"), good, NOW));
        assertForged(webhook.inbound(URL, form, "x"));
    }

    private static void assertForged(Read<?> read) {
        assertInstanceOf(Read.Forged.class, read);
    }

    @Test
    void a_status_that_is_not_known_is_ignored_and_a_wrong_mark_too() {
        Map<String, String> odd = Map.of("AccountSid", SID, "MessageSid", "SM1", "MessageStatus", "teleported");
        assertInstanceOf(Read.Ignored.class, webhook.status(URL, odd, sign(URL, odd, "token"), NOW));
        String url = "https://host.example/status?attempt=x";
        Map<String, String> form = Map.of("AccountSid", SID, "MessageSid", "SM1", "MessageStatus", "sent");
        var read = assertInstanceOf(Read.Genuine.class, webhook.status(url, form, sign(url, form, "token"), NOW));
        assertEquals(new Receipt("twilio", SID, "SM1", null, Receipt.Status.INTERMEDIATE, "sent", NOW), read.content());
    }

    @Test
    void a_signed_message_is_a_reply_to_the_accounts_tenant() {
        String url = "https://host.example/inbound";
        Map<String, String> form = Map.of("AccountSid", SID, "MessageSid", "SM5", "From", "+447700900123",
            "To", "+447700900999", "Body", "Ydw ŷ");
        assertEquals(new Read.Genuine<>(new InboundText("twilio", SID, "SM5", "+447700900123", "+447700900999",
            "Ydw ŷ", account.tenant())),
            webhook.inbound(url, form, sign(url, form, "token")));
    }

    /** Two forces that share an account, of which one has a second number, and one with a pool of numbers. */
    private static TwilioWebhook shared(UUID first, UUID second) {
        List<TwilioAccount> all = List.of(new TwilioAccount(SID, "token", null, "+447700900991", first),
            new TwilioAccount(SID, "token", null, "+447700900992", first),
            new TwilioAccount(SID, "token", "MG1", null, second),
            new TwilioAccount(SID, "rotated", null, "+447700900994", second));
        return new TwilioWebhook(new TwilioAccounts() {
            @Override
            public TwilioAccount forTenant(UUID tenant) {
                throw new IllegalStateException();
            }

            @Override
            public Optional<TwilioAccount> bySid(String sid) {
                return allOf(sid).stream().findFirst();
            }

            @Override
            public List<TwilioAccount> allOf(String sid) {
                return all.stream().filter(a -> a.accountSid().equals(sid)).toList();
            }
        });
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"+447700900991,-,token,1", "+447700900992,-,token,1", "+447700900995,MG1,token,2",
        "+447700900994,-,rotated,2", "+447700900995,-,token,nobody", "+447700900995,MG2,token,nobody",
        "+447700900994,-,token,nobody", "+447700900991,-,rotated,nobody"})
    void a_reply_belongs_to_whoever_sends_from_the_number_it_was_sent_to(String to, String service, String token, String whose) {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        String url = "https://host.example/inbound";
        Map<String, String> form = new TreeMap<>(Map.of("AccountSid", SID, "MessageSid", "SM5", "From", "+447700900123",
            "To", to, "Body", "YES"));
        if (service != null) {
            form.put("MessagingServiceSid", service);
        }
        Read<InboundText> read = shared(first, second).inbound(url, form, sign(url, form, token));
        if (whose.equals("nobody")) {
            assertEquals(new Read.Ignored<>("to_nobody"), read);
        } else {
            assertEquals(whose.equals("1") ? first : second, ((Read.Genuine<InboundText>) read).content().tenant());
        }
    }

    @ParameterizedTest
    @CsvSource({"STOP,STOP", "START,START", "HELP,HELP", "PAUSE,NONE"})
    void what_twilio_has_taken_a_keyword_for_shows(String said, Keyword taken) {
        assertEquals(Optional.of(taken), TwilioWebhook.takenByTwilio(Map.of("Body", "CANCEL", "OptOutType", said)));
        assertEquals(Optional.empty(), TwilioWebhook.takenByTwilio(Map.of("Body", "CANCEL")));
    }

    private static String sign(String url, Map<String, String> form, String token) {
        StringBuilder signed = new StringBuilder(url);
        new TreeMap<>(form).forEach((key, value) -> signed.append(key).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
