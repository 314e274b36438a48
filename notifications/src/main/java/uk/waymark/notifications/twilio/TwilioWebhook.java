package uk.waymark.notifications.twilio;

import com.twilio.security.RequestValidator;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Keyword;
import uk.waymark.notifications.Receipt;

/**
 * Reads Twilio's webhooks, once their signature is found to be that of the account they name. Nothing unsigned is
 * looked at further.
 */
public final class TwilioWebhook {

    static final String ATTEMPT = "attempt";
    private static final Logger LOG = LoggerFactory.getLogger(TwilioWebhook.class);
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final TwilioAccounts accounts;

    public TwilioWebhook(TwilioAccounts accounts) {
        this.accounts = accounts;
    }

    /** What a request turned out to be. */
    public sealed interface Read<T> {

        /** Signed, and what it says. */
        record Genuine<T>(T content) implements Read<T> {
        }

        /** Signed, and of no use to us: answer as if it were. @param why a word */
        record Ignored<T>(String why) implements Read<T> {
        }

        /** Not signed by an account of ours: refuse it. */
        record Forged<T>() implements Read<T> {
        }
    }

    /**
     * Reads a status callback.
     *
     * @param publicUrl the address that Twilio called, with its query, as Twilio sees it in front of any proxy
     * @param form      the posted form
     * @param signature the header {@code X-Twilio-Signature}, or null
     * @param at        when it came
     */
    public Read<Receipt> status(String publicUrl, Map<String, String> form, String signature, Instant at) {
        if (signers(publicUrl, form, signature).isEmpty()) {
            return new Read.Forged<>();
        }
        String sid = word(form.getOrDefault("MessageSid", form.get("SmsSid")));
        String word = form.getOrDefault("MessageStatus", form.get("SmsStatus"));
        if (sid == null || word == null) {
            return new Read.Ignored<>("not_understood");
        }
        return receipt(form.get("AccountSid"), sid, attempt(publicUrl), word, word(form.get("ErrorCode")), at)
            .<Read<Receipt>>map(Read.Genuine::new).orElseGet(() -> new Read.Ignored<>("not_understood"));
    }

    /** What Twilio says of a message, by callback or when asked. @param word its status @param error null or empty where none */
    static Optional<Receipt> receipt(String account, String sid, UUID attempt, String word, String error, Instant at) {
        return statusOf(word).map(status -> {
            boolean failed = status == Receipt.Status.FAILED && error != null && !error.isEmpty();
            String code = failed ? error : word;
            return new Receipt(TwilioSender.PROVIDER, account, sid, attempt, status, code,
                failed ? TwilioErrorCodes.meaning(code) : code, at);
        });
    }

    /**
     * Reads an incoming message; parameters as for {@link #status}. It is matched by the account and the number it was sent
     * to; one to a number of the account that nobody here sends from is nobody's.
     */
    public Read<InboundText> inbound(String publicUrl, Map<String, String> form, String signature) {
        List<TwilioAccount> signers = signers(publicUrl, form, signature);
        if (signers.isEmpty()) {
            return new Read.Forged<>();
        }
        String sid = word(form.getOrDefault("MessageSid", form.get("SmsSid")));
        if (sid == null || !form.containsKey("From") || !form.containsKey("To")) {
            return new Read.Ignored<>("incomplete");
        }
        Optional<TwilioAccount> account = receiver(signers, form.get("To"), form.get("MessagingServiceSid"));
        if (account.isEmpty()) {
            return new Read.Ignored<>("to_nobody");
        }
        return new Read.Genuine<>(new InboundText(TwilioSender.PROVIDER, account.get().accountSid(), sid,
            form.get("From"), form.get("To"), form.getOrDefault("Body", ""), account.get().tenant()));
    }

    /**
     * What Twilio has taken an incoming message for and acted on: STOP, START or HELP, whatever the word was. It says so only
     * where its Advanced Opt-Out is on; with its default handling it does the same and says nothing. Source: "How to track
     * opt-out, opt-in and help messages using the OptOutType parameter" in Twilio's help.
     *
     * @return {@link Keyword#NONE} for something else that it may say one day; nothing where it has not acted
     */
    public static Optional<Keyword> takenByTwilio(Map<String, String> form) {
        return Optional.ofNullable(form.get("OptOutType")).map(type -> switch (type) {
            case "STOP" -> Keyword.STOP;
            case "START" -> Keyword.START;
            case "HELP" -> Keyword.HELP;
            default -> Keyword.NONE;
        });
    }

    private static Optional<TwilioAccount> receiver(List<TwilioAccount> of, String to, String service) {
        Optional<TwilioAccount> named = of.stream().filter(a -> a.receives(to, service)).findFirst();
        // which numbers are in a messaging service's pool only Twilio knows, and it does not always say so
        boolean one = of.stream().map(TwilioAccount::tenant).distinct().count() == 1;
        return named.or(() -> of.stream().filter(a -> one && service == null && a.from() == null).findFirst());
    }

    /** What is sent from by the account that is named, as far as its secret fits the signature. */
    private List<TwilioAccount> signers(String publicUrl, Map<String, String> form, String signature) {
        String named = form.get("AccountSid");
        if (named == null || signature == null) {
            return List.of();
        }
        return accounts.allOf(named).stream()
            .filter(account -> new RequestValidator(account.authToken()).validate(publicUrl, form, signature)).toList();
    }

    /** Ids and codes as Twilio makes them; null for anything else, which is nothing that we could look for. */
    private static String word(String text) {
        return text != null && WORD.matcher(text).matches() ? text : null;
    }

    private static Optional<Receipt.Status> statusOf(String word) {
        return switch (word) {
            case "delivered", "read" -> Optional.of(Receipt.Status.DELIVERED);
            case "undelivered", "failed", "canceled" -> Optional.of(Receipt.Status.FAILED);
            case "accepted", "scheduled", "queued", "sending", "sent", "partially_delivered" ->
                Optional.of(Receipt.Status.INTERMEDIATE);
            default -> {
                LOG.warn("Twilio reported a status that is not known here");
                yield Optional.empty();
            }
        };
    }

    private static UUID attempt(String url) {
        String query = URI.create(url).getRawQuery();
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&")) {
            if (pair.startsWith(ATTEMPT + "=")) {
                return uuid(URLDecoder.decode(pair.substring(ATTEMPT.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return null;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
