package uk.waymark.notifications.notify;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import uk.gov.service.notify.NotificationClient;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendOutcome.Accepted;
import uk.waymark.notifications.SendOutcome.Unknown;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.Sender;

/**
 * Sends texts, emails and letters through GOV.UK Notify's client, one HTTP request an attempt; {@link NotifyAnswers} has what
 * comes of it. The words are ours: each channel's template at Notify passes them through. Notify's {@code reference} is the
 * id of our attempt, so that a callback names it and {@link NotifyLookup} finds it. Notify tries for up to 72 hours and
 * takes no other validity: the host says how long {@linkplain Sender#before before} an end it hands over.
 */
public final class NotifySender implements AutoCloseable {

    /** The provider's name on attempts and receipts. */
    public static final String PROVIDER = "notify";
    static final URI LIVE = URI.create("https://api.notifications.service.gov.uk");
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_LINES = 7;
    /** The client logs each failure with its stack; we count it, and say once what it comes to. Kept, or it is collected. */
    private static final Logger CLIENTS_OWN = Logger.getLogger(NotificationClient.class.toString());

    private final OneRequest http;

    /** @param baseUrl where Notify is, with a path in front of its own if need be, or null for the real one */
    public NotifySender(URI baseUrl) {
        this(baseUrl, ANSWER);
    }

    /** With another time to wait for an answer. */
    NotifySender(URI baseUrl, Duration answerWithin) {
        this.http = new OneRequest(
            baseUrl == null ? LIVE : URI.create(baseUrl.toString().replaceAll("/+$", "")), answerWithin);
        CLIENTS_OWN.setLevel(Level.OFF);
    }

    /**
     * Sends by one account.
     *
     * @param channel SMS, EMAIL (the address is one) or LETTER (the address is three to seven lines, a name first)
     * @throws IllegalArgumentException where the account has no template for the channel
     */
    public Sender of(NotifyAccount account, Channel channel) {
        String template = account.templates().get(channel);
        if (template == null) {
            throw new IllegalArgumentException("no template for " + channel.stored());
        }
        return request -> send(account, client -> switch (channel) {
            case SMS -> client.sendSms(template, request.address(), Map.of("text", request.text()), reference(request),
                account.smsSenderId()).getNotificationId();
            case EMAIL -> client.sendEmail(template, request.address(), words(request), reference(request))
                .getNotificationId();
            case LETTER -> client.sendLetter(template, letter(request), reference(request)).getNotificationId();
            case PUSH, CALL -> throw new IllegalArgumentException("no channel of Notify's: " + channel.stored());
        });
    }

    /** One call of the client's. */
    interface Asking<T> {
        T ask(NotificationClient client) throws Exception;
    }

    private SendOutcome send(NotifyAccount account, Asking<UUID> asking) {
        try {
            UUID id = ask(account, asking);
            return id == null ? new Unknown("unreadable_answer_201")
                : new Accepted(PROVIDER, account.serviceId(), id.toString());
        } catch (Exception e) {
            // never logged: what the client throws carries the answer, which may quote an address
            return NotifyAnswers.outcome(e);
        }
    }

    /** Asks Notify once as an account. */
    <T> T ask(NotifyAccount account, Asking<T> asking) throws Exception {
        return http.once(() -> asking.ask(new NotificationClient(account.apiKey(), OneRequest.BASE)));
    }

    private static String reference(SendRequest request) {
        return request.attemptId().toString();
    }

    /** The first sentence is the subject, or the heading of a letter. */
    private static Map<String, String> words(SendRequest request) {
        int end = request.text().indexOf(". ");
        return end < 0 ? Map.of("subject", request.text(), "text", request.text())
            : Map.of("subject", request.text().substring(0, end), "text", request.text().substring(end + 2));
    }

    private static Map<String, String> letter(SendRequest request) {
        Map<String, String> all = new HashMap<>(words(request));
        List<String> lines = request.address().lines().map(String::strip).filter(l -> !l.isEmpty()).limit(MOST_LINES).toList();
        for (int i = 0; i < lines.size(); i++) {
            all.put("address_line_" + (i + 1), lines.get(i));
        }
        return all;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        http.close();
    }
}
