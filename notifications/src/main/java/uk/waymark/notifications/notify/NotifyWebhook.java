package uk.waymark.notifications.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Receipt;

/**
 * Reads GOV.UK Notify's callbacks, once their bearer token is found to be the secret of an account of ours, which is also how
 * a callback names its account. Source: "Callbacks" of its technical documentation.
 */
public final class NotifyWebhook {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyWebhook.class);
    private static final String BEARER = "Bearer ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NotifyAccounts accounts;

    public NotifyWebhook(NotifyAccounts accounts) {
        this.accounts = accounts;
    }

    /** What a request turned out to be. */
    public sealed interface Read<T> {

        /** From Notify, and what it says. */
        record Genuine<T>(T content) implements Read<T> {
        }

        /** From Notify, and of no use to us: answer as if it were. */
        record Ignored<T>() implements Read<T> {
        }

        /** Without the secret of an account of ours: refuse it. */
        record Forged<T>() implements Read<T> {
        }
    }

    /**
     * Reads a delivery receipt.
     *
     * @param authorization the header, or null
     * @param at            when it came
     */
    public Read<Receipt> status(String authorization, String body, Instant at) {
        Optional<NotifyAccount> account = account(authorization);
        if (account.isEmpty()) {
            return new Read.Forged<>();
        }
        JsonNode said = json(body);
        String word = said.path("status").asText();
        Optional<Receipt.Status> status = NotifyAnswers.status(word);
        if (!isId(said.path("id").asText()) || status.isEmpty()) {
            LOG.warn("GOV.UK Notify reported something that is not known here");
            return new Read.Ignored<>();
        }
        return new Read.Genuine<>(new Receipt(NotifySender.PROVIDER, account.get().serviceId(), said.path("id").asText(),
            uuid(said.path("reference").asText()), status.get(), word,
            NotifyAnswers.meaning(word, channel(said.path("notification_type").asText())), at));
    }

    /** Reads a text that somebody sent; parameters as for {@link #status}. */
    public Read<InboundText> inbound(String authorization, String body) {
        Optional<NotifyAccount> account = account(authorization);
        if (account.isEmpty()) {
            return new Read.Forged<>();
        }
        JsonNode said = json(body);
        if (!isId(said.path("id").asText()) || said.path("source_number").asText().isEmpty()) {
            return new Read.Ignored<>();
        }
        return new Read.Genuine<>(new InboundText(NotifySender.PROVIDER, account.get().serviceId(),
            said.path("id").asText(), international(said.path("source_number").asText()),
            international(said.path("destination_number").asText()), said.path("message").asText(),
            account.get().tenant()));
    }

    /** Every secret is compared, in the same time whether it fits or not. */
    private Optional<NotifyAccount> account(String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return Optional.empty();
        }
        byte[] shown = authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8);
        return accounts.all().stream().filter(a -> a.callbackSecret() != null && !a.callbackSecret().isEmpty())
            .filter(a -> MessageDigest.isEqual(a.callbackSecret().getBytes(StandardCharsets.UTF_8), shown))
            .reduce((first, second) -> first);
    }

    private static boolean isId(String text) {
        return text.matches("[A-Za-z0-9-]{1,60}");
    }

    private static JsonNode json(String body) {
        try {
            JsonNode read = JSON.readTree(body);
            return read == null ? JSON.createObjectNode() : read;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** Notify writes 447700900123 and 07700900123; a sender's name stays a name. */
    private static String international(String number) {
        if (number.matches("44\\d{7,13}")) {
            return "+" + number;
        }
        return number.matches("0\\d{9,10}") ? "+44" + number.substring(1) : number;
    }

    static Channel channel(String type) {
        return switch (type) {
            case "email" -> Channel.EMAIL;
            case "letter" -> Channel.LETTER;
            default -> Channel.SMS;
        };
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
