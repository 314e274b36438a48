package uk.waymark.notifications.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Receipt;
import uk.waymark.notifications.notify.NotifyWebhook.Read;

class NotifyWebhookTest {

    private static final UUID ATTEMPT = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-09-01T09:00:00Z");
    private final NotifyAccount silent = new NotifyAccount("s0", "k", null, Map.of(), null, UUID.randomUUID());
    private final NotifyAccount account = new NotifyAccount("s1", "k", "right", Map.of(), null, UUID.randomUUID());
    private final NotifyWebhook webhook = new NotifyWebhook(() -> List.of(silent, account));

    @ParameterizedTest
    @CsvSource({"sms,delivered,DELIVERED,delivered", "sms,permanent-failure,FAILED,number_not_in_use",
        "email,permanent-failure,FAILED,address_not_in_use", "sms,temporary-failure,FAILED,phone_off_or_unreachable",
        "email,temporary-failure,FAILED,inbox_full_or_refused", "sms,technical-failure,FAILED,failed_at_provider",
        "letter,received,DELIVERED,received", "letter,permanent-failure,FAILED,cannot_be_printed",
        "sms,sending,INTERMEDIATE,sending"})
    void a_callback_with_the_secret_is_a_receipt(String type, String word, Receipt.Status status, String meaning) {
        assertEquals(new Read.Genuine<>(new Receipt("notify", "s1", "n1", ATTEMPT, status, word, meaning, NOW)),
            webhook.status("Bearer right", """
                {"id": "n1", "reference": "%s", "to": "07700900123", "status": "%s", "notification_type": "%s",
                 "completed_at": null, "template_version": 1, "new_field": {}}""".formatted(ATTEMPT, word, type), NOW));
    }

    @Test
    void what_does_not_carry_a_secret_of_ours_is_forged() {
        String body = "{\"id\": \"n1\", \"status\": \"delivered\"}";
        for (String authorization : new String[] {null, "", "Bearer", "Bearer ", "Bearer wrong", "right", "Basic right",
            "Bearer null", "Bearer righ", "Bearer right "}) {
            assertInstanceOf(Read.Forged.class, webhook.status(authorization, body, NOW), String.valueOf(authorization));
            assertInstanceOf(Read.Forged.class, webhook.inbound(authorization, body), String.valueOf(authorization));
        }
    }

    @Test
    void what_says_nothing_to_us_is_ignored() {
        for (String body : List.of("", "not json", "[]", "null", "{}", "{\"id\": \"n1\", \"status\": \"teleported\"}",
            "{\"status\": \"delivered\"}")) {
            assertInstanceOf(Read.Ignored.class, webhook.status("Bearer right", body, NOW), body);
            assertInstanceOf(Read.Ignored.class, webhook.inbound("Bearer right", body), body);
        }
    }

    @Test
    void a_callback_of_a_message_that_is_not_marked_is_found_by_its_id() {
        var read = assertInstanceOf(Read.Genuine.class, webhook.status("Bearer right",
            "{\"id\": \"n1\", \"reference\": null, \"status\": \"delivered\", \"notification_type\": \"sms\"}", NOW));
        assertEquals(null, ((Receipt) read.content()).attemptId());
    }

    @Test
    void a_text_that_was_received_is_a_reply_to_the_accounts_tenant() {
        assertEquals(new Read.Genuine<>(new InboundText("notify", "s1", "r1", "+447700900123", "+447700900999",
            "Ydw ŷ", account.tenant())), webhook.inbound("Bearer right", """
            {"id": "r1", "source_number": "447700900123", "destination_number": "07700900999", "message": "Ydw ŷ",
             "date_received": "2017-05-14T12:15:30.000000Z"}"""));
    }
}
