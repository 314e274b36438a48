package uk.waymark.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.messaging.ProviderAccounts.Account;
import uk.waymark.notifications.InboundText;
import uk.waymark.notifications.Keyword;
import uk.waymark.platform.Settings;

/**
 * Whether Twilio leaves people's replies to us. By default it takes CANCEL, END and QUIT as a stop and YES as a start, and
 * answers HELP in English, before we hear of it. No API of Twilio's says whether that is off, so an operator confirms it in
 * the force's file. What comes back may prove the contrary, and that holds until the next start: a reply that Twilio says it
 * has acted on though its handling is off, or for something that the word is not to us; and, since its default handling does
 * not say so, a number that it has stopped though nobody has texted us STOP.
 */
@Singleton
final class TwilioKeywords {
    static final String OFF = "off";
    private static final Logger LOG = LoggerFactory.getLogger(TwilioKeywords.class);

    private final ProviderAccounts accounts;
    private final Settings settings;
    private final Set<Sender> caught = ConcurrentHashMap.newKeySet();
    private final MeterRegistry meters;

    /** Several forces may share an account, and each says how its own sender is set. */
    private record Sender(UUID tenant, String sid) {
        static Sender of(Account a) {
            return new Sender(a.tenant(), a.sid());
        }
    }

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

    /** Twilio has acted on a reply by itself. @param text of a signed request @param as what Twilio has taken it for */
    void taken(InboundText text, Keyword as) {
        boolean ours = as != Keyword.NONE && Keyword.of(text.body()) == as;
        confirmed(text.tenant()).filter(a -> a.sid().equals(text.providerAccount()))
            .filter(a -> OFF.equals(a.keywords()) || !ours)
            .forEach(a -> caught(a, "it acts on replies by itself, and on other words than ours or though it should not at all"));
    }

    /** Twilio texts a number no more, and nobody had texted us STOP from there. @param sid null where it is not known */
    void stoppedUnheard(UUID force, String sid) {
        confirmed(force).filter(a -> sid == null || a.sid().equals(sid))
            .forEach(a -> caught(a, "it has stopped a number from which no STOP has come to us"));
    }

    private Stream<Account> confirmed(UUID tenant) {
        return accounts.accounts().stream().filter(a -> a.isTwilio() && a.tenant().equals(tenant) && a.keywords() != null);
    }

    private void caught(Account a, String how) {
        if (caught.add(Sender.of(a))) {
            LOG.warn("Twilio's own handling of keywords is not as the file says for the sender with the credential {}: {}. "
                + "See docs/operate.md", a.reference(), how);
        }
    }

    /** A name takes no replies, so there is nothing to handle. */
    private List<Account> unconfirmed() {
        return accounts.accounts().stream()
            .filter(a -> a.isTwilio() && (a.service() != null || takesReplies(a.sender()) || takesReplies(a.discreet())))
            .filter(a -> a.keywords() == null ? !settings.sandbox() : caught.contains(Sender.of(a))).toList();
    }

    private static boolean takesReplies(String sender) {
        return sender != null && sender.startsWith("+");
    }
}
