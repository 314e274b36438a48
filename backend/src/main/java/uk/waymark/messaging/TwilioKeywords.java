package uk.waymark.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.messaging.ProviderAccounts.Account;
import uk.waymark.platform.Settings;

/**
 * Whether Twilio leaves people's replies to us. By default it takes CANCEL, END and QUIT as a stop and YES as a start, and
 * answers HELP in English, before we hear of it. No API of Twilio's says whether that is off, so an operator confirms it in
 * the force's file, and a reply that Twilio says it has answered by itself proves the contrary.
 */
@Singleton
final class TwilioKeywords {
    static final String OFF = "off";
    private static final Logger LOG = LoggerFactory.getLogger(TwilioKeywords.class);

    private final ProviderAccounts accounts;
    private final Settings settings;
    private final Set<String> caught = ConcurrentHashMap.newKeySet();
    private final MeterRegistry meters;

    TwilioKeywords(ProviderAccounts accounts, Settings settings, MeterRegistry meters) {
        this.accounts = accounts;
        this.settings = settings;
        this.meters = meters;
    }

    /** Says so, loudly, where it is not confirmed; and goes on. */
    void check() {
        Gauge.builder("waymark.twilio.keywords.unconfirmed", this, k -> k.unconfirmed().size())
            .description("accounts at Twilio that may still handle STOP, CANCEL, YES and HELP by themselves")
            .register(meters);
        try {
            unconfirmed().forEach(TwilioKeywords::warn);
        } catch (RuntimeException e) {
            LOG.warn("who handles keywords at Twilio could not be read: {}", e.getClass().getName());
        }
    }

    private static void warn(Account a) {
        LOG.warn("nobody has confirmed that Twilio's own handling of keywords is off for the sender "
            + "with the credential {}: people who text CANCEL may be cut off by it. See docs/operate.md", a.reference());
    }

    /** An incoming message that Twilio has answered by itself. @param accountSid of a signed request */
    void answeredByTwilio(String accountSid) {
        boolean off = accounts.accounts().stream().anyMatch(a -> a.sid().equals(accountSid) && OFF.equals(a.keywords()));
        if (off && caught.add(accountSid)) {
            LOG.warn("Twilio answers keywords by itself for a sender whose file says that it does not. See docs/operate.md");
        }
    }

    /** A name takes no replies, so there is nothing to handle. */
    private List<Account> unconfirmed() {
        return accounts.accounts().stream()
            .filter(a -> a.isTwilio() && (a.service() != null || takesReplies(a.sender()) || takesReplies(a.discreet())))
            .filter(a -> a.keywords() == null ? !settings.sandbox() : caught.contains(a.sid())).toList();
    }

    private static boolean takesReplies(String sender) {
        return sender != null && sender.startsWith("+");
    }
}
