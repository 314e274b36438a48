package uk.waymark.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.firebase.FirebaseAccount;
import uk.waymark.notifications.notify.NotifyAccount;
import uk.waymark.notifications.notify.NotifyAccounts;
import uk.waymark.notifications.twilio.TwilioAccount;
import uk.waymark.notifications.twilio.TwilioAccounts;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProviderCredentials;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/**
 * Which accounts send for which force, read from the database and joined with their secrets, which lie outside. Read
 * again after half a minute: an account that operators add or switch is used without a restart.
 */
@Singleton
final class ProviderAccounts implements TwilioAccounts, NotifyAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderAccounts.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ActingAs acting;
    private final Settings settings;
    private final MachineClock clock;
    private final ApplicationEventPublisher<PhoneOptedOut> optOuts;
    private volatile List<Account> loaded = List.of();
    private volatile Instant readAt = Instant.MIN;

    /**
     * An account as its row has it, with its secret.
     *
     * @param force    whose it is; for Firebase, null is everybody's; for others, null is for one-time codes
     * @param sid      as the provider calls it
     * @param service  messaging service, or null
     * @param discreet what discreet messages leave from, or null
     */
    record Account(UUID force, String kind, String sid, String service, String sender, String discreet, boolean twoWay,
                   int weight, String keywords, Map<Channel, String> templates, String reference, String secret,
                   String callback) {
        UUID tenant() {
            return force == null ? ContactPolicy.PLATFORM : force;
        }

        boolean isTwilio() {
            return kind.equals("twilio");
        }

        TwilioAccount twilio() {
            return new TwilioAccount(sid, secret, service, sender, tenant());
        }

        /** The account as discreet messages leave by it. */
        TwilioAccount twilioDiscreet() {
            return new TwilioAccount(sid, secret, null, discreet, tenant());
        }

        NotifyAccount notify(String from) {
            return new NotifyAccount(sid, secret, callback, templates, from, tenant());
        }

        FirebaseAccount firebase() {
            return new FirebaseAccount(sid, secret);
        }

        /** Without secrets. */
        @Override
        public String toString() {
            return "Account[" + kind + ", " + reference + "]";
        }
    }

    ProviderAccounts(ActingAs acting, Settings settings, MachineClock clock,
                     ApplicationEventPublisher<PhoneOptedOut> optOuts) {
        this.acting = acting;
        this.settings = settings;
        this.clock = clock;
        this.optOuts = optOuts;
    }

    @Override
    public TwilioAccount forTenant(UUID tenant) {
        return accounts().stream().filter(a -> a.isTwilio() && a.tenant().equals(tenant)).findFirst().map(Account::twilio)
            .orElseThrow(() -> new NoSuchElementException("no provider account with a credential for this tenant"));
    }

    @Override
    public Optional<TwilioAccount> bySid(String accountSid) {
        return allOf(accountSid).stream().findFirst();
    }

    @Override
    public List<TwilioAccount> allOf(String accountSid) {
        return accounts().stream().filter(a -> a.isTwilio() && a.sid().equals(accountSid))
            .flatMap(a -> a.discreet() == null ? Stream.of(a.twilio()) : Stream.of(a.twilio(), a.twilioDiscreet())).toList();
    }

    /** Of codes it is known otherwise, since they have no other way to go: see {@link OptOuts}. */
    @Override
    public void optedOut(TwilioAccount from, String number) {
        if (!from.tenant().equals(ContactPolicy.PLATFORM)) {
            optOuts.publishEvent(new PhoneOptedOut(from.tenant(), from.accountSid(), number));
        }
    }

    @Override
    public List<NotifyAccount> all() {
        return accounts().stream().filter(a -> a.kind().equals("notify")).map(a -> a.notify(a.sender())).toList();
    }

    /** The project that pushes for a force: its own, or else the one that belongs to none. */
    Optional<FirebaseAccount> firebase(UUID force) {
        return accounts().stream().filter(a -> a.kind().equals("firebase"))
            .filter(a -> a.force() == null || a.force().equals(force))
            .min(Comparator.comparing(a -> a.force() == null)).map(Account::firebase);
    }

    /**
     * Whether what a force sends by this channel is carried only by a provider that goes on trying for as long as it likes (GOV.UK
     * Notify: 72 hours). By what was read last, so that it may be asked within a transaction.
     *
     * @param discreet whether it leaves from what must not show whom it is from, where the force has that
     * @param answered whether it leaves only from a number that takes replies
     */
    boolean neverStops(UUID force, Channel channel, boolean discreet, boolean answered) {
        boolean text = channel == Channel.SMS;
        List<Account> carriers = loaded.stream().filter(a -> a.tenant().equals(force))
            .filter(a -> a.isTwilio() ? text : a.templates().containsKey(channel)).toList();
        boolean apart = discreet && text && carriers.stream().anyMatch(a -> a.discreet() != null);
        List<Account> those = carriers.stream().filter(a -> !apart || a.discreet() != null)
            .filter(a -> !answered || !text || (apart ? a.isTwilio() && a.discreet().startsWith("+") : a.twoWay())).toList();
        return !those.isEmpty() && those.stream().allMatch(a -> a.kind().equals("notify"));
    }

    /** All that have their secret; the same list until it is read again. */
    List<Account> accounts() {
        Instant now = clock.instant();
        // a clock that was set back would otherwise keep what is old
        return now.isBefore(readAt) || !now.isBefore(readAt.plus(FRESH)) ? read() : loaded;
    }

    /** Now: for a force that was set up a moment ago. */
    List<Account> read() {
        List<Account> read = acting.as(new Caller.Nobody(), c -> Sql.list(c, """
            select force_id, kind, account_sid, messaging_service_sid, sender, discreet_sender, two_way, weight, keywords,
                   templates, credential_ref
              from waymark.gate_provider_accounts()""", this::account)).stream()
            .filter(account -> account.secret() != null).toList();
        loaded = read;
        readAt = clock.instant();
        return read;
    }

    private Account account(ResultSet r) throws SQLException {
        String kind = r.getString("kind");
        String reference = r.getString("credential_ref");
        return new Account(Sql.uuid(r, "force_id"), kind, r.getString("account_sid"), r.getString("messaging_service_sid"),
            r.getString("sender"), r.getString("discreet_sender"), r.getBoolean("two_way"), r.getInt("weight"),
            r.getString("keywords"), templates(r.getString("templates")), reference,
            secret(kind, reference, r.getString("account_sid")),
            settings.notifyCallback(reference).or(this::mark).orElse(null));
    }

    private static Map<Channel, String> templates(String json) {
        var templates = new EnumMap<Channel, String>(Channel.class);
        try {
            JSON.readTree(json).properties().forEach(e ->
                templates.put(Channel.valueOf(e.getKey().toUpperCase(Locale.ROOT)), e.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("templates of a provider account are not JSON", e);
        }
        return templates;
    }

    /** In the sandbox its mark, which the stand-ins take; null where there is none. */
    private String secret(String kind, String reference, String sid) {
        Optional<String> secret = ProviderCredentials.of(settings, kind, reference)
            // a key of Notify's has a form, without which its client sends nothing
            .or(() -> mark().map(mark -> kind.equals("notify") ? mark + '-' + sid + '-' + new UUID(0, 0) : mark));
        if (secret.isEmpty()) {
            LOG.error("provider account without its secret: {} is not set", ProviderCredentials.setting(kind, reference));
        }
        return secret.orElse(null);
    }

    private Optional<String> mark() {
        return settings.sandbox() ? Optional.of(Settings.SANDBOX_MARK) : Optional.empty();
    }
}
