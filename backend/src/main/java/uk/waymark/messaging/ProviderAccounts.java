package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.twilio.TwilioAccount;
import uk.waymark.notifications.twilio.TwilioAccounts;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/**
 * Which account sends for which force, read from the database and joined with its secret, which lies outside. Read
 * again after half a minute: an account that operators add or switch is used without a restart.
 */
@Singleton
final class ProviderAccounts implements TwilioAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderAccounts.class);
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final ActingAs acting;
    private final Settings settings;
    private final MachineClock clock;
    private volatile Loaded loaded;

    private record Loaded(List<TwilioAccount> accounts, Instant at) { }

    ProviderAccounts(ActingAs acting, Settings settings, MachineClock clock) {
        this.acting = acting;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public TwilioAccount forTenant(UUID tenant) {
        return accounts().stream().filter(a -> a.tenant().equals(tenant)).findFirst()
            // a force that was set up a moment ago
            .or(() -> read().stream().filter(a -> a.tenant().equals(tenant)).findFirst())
            .orElseThrow(() -> new NoSuchElementException("no provider account with a credential for this tenant"));
    }

    @Override
    public Optional<TwilioAccount> bySid(String accountSid) {
        return accounts().stream().filter(a -> a.accountSid().equals(accountSid)).findFirst();
    }

    private List<TwilioAccount> accounts() {
        Loaded known = loaded;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.at().plus(FRESH)) && !now.isBefore(known.at())) {
            return known.accounts();
        }
        return read();
    }

    private List<TwilioAccount> read() {
        List<TwilioAccount> read = acting.as(new Caller.Nobody(), c -> Sql.list(c, """
            select force_id, account_sid, messaging_service_sid, sender, credential_ref
              from waymark.gate_provider_accounts() where kind = 'twilio'""",
            r -> account(r.getString("account_sid"), r.getString("credential_ref"),
                r.getString("messaging_service_sid"), r.getString("sender"), Sql.uuid(r, "force_id")))).stream()
            .filter(Objects::nonNull).toList();
        loaded = new Loaded(read, clock.instant());
        return read;
    }

    private TwilioAccount account(String sid, String reference, String service, String sender, UUID force) {
        Optional<String> token = settings.providerToken(reference)
            .or(() -> settings.sandbox() ? Optional.of(Settings.SANDBOX_MARK) : Optional.empty());
        if (token.isEmpty()) {
            LOG.error("provider account without its secret: {} is not set", Settings.providerSetting(reference));
            return null;
        }
        return new TwilioAccount(sid, token.get(), service, sender, force == null ? ContactPolicy.PLATFORM : force);
    }
}
