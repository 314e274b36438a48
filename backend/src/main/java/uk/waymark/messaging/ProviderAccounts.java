package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.firebase.FirebaseAccount;
import uk.waymark.notifications.twilio.TwilioAccount;
import uk.waymark.notifications.twilio.TwilioAccounts;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProviderCredentials;
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

    /** @param force whose it is; null is everybody's */
    private record Project(UUID force, FirebaseAccount account) { }

    private record Loaded(List<TwilioAccount> twilio, List<Project> firebase, Instant at) { }

    private record Row(UUID force, String kind, String sid, String service, String sender, String secret) { }

    ProviderAccounts(ActingAs acting, Settings settings, MachineClock clock) {
        this.acting = acting;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public TwilioAccount forTenant(UUID tenant) {
        return accounts().twilio().stream().filter(a -> a.tenant().equals(tenant)).findFirst()
            // a force that was set up a moment ago
            .or(() -> read().twilio().stream().filter(a -> a.tenant().equals(tenant)).findFirst())
            .orElseThrow(() -> new NoSuchElementException("no provider account with a credential for this tenant"));
    }

    @Override
    public Optional<TwilioAccount> bySid(String accountSid) {
        return accounts().twilio().stream().filter(a -> a.accountSid().equals(accountSid)).findFirst();
    }

    /** The project that pushes for a force: its own, or else the one that belongs to none. */
    Optional<FirebaseAccount> firebase(UUID force) {
        return accounts().firebase().stream().filter(p -> p.force() == null || p.force().equals(force))
            .min(Comparator.comparing(p -> p.force() == null)).map(Project::account);
    }

    private Loaded accounts() {
        Loaded known = loaded;
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.at().plus(FRESH)) && !now.isBefore(known.at())) {
            return known;
        }
        return read();
    }

    private Loaded read() {
        List<Row> rows = acting.as(new Caller.Nobody(), c -> Sql.list(c, """
            select force_id, kind, account_sid, messaging_service_sid, sender, credential_ref
              from waymark.gate_provider_accounts()""",
            r -> new Row(Sql.uuid(r, "force_id"), r.getString("kind"), r.getString("account_sid"),
                r.getString("messaging_service_sid"), r.getString("sender"),
                secret(r.getString("kind"), r.getString("credential_ref"))))).stream()
            .filter(row -> row.secret() != null).toList();
        Loaded read = new Loaded(
            rows.stream().filter(row -> row.kind().equals("twilio")).map(ProviderAccounts::twilio).toList(),
            rows.stream().filter(row -> row.kind().equals("firebase"))
                .map(row -> new Project(row.force(), new FirebaseAccount(row.sid(), row.secret()))).toList(), clock.instant());
        loaded = read;
        return read;
    }

    private static TwilioAccount twilio(Row row) {
        return new TwilioAccount(row.sid(), row.secret(), row.service(), row.sender(),
            row.force() == null ? ContactPolicy.PLATFORM : row.force());
    }

    /** In the sandbox its mark, which the stand-ins take; null where there is none. */
    private String secret(String kind, String reference) {
        Optional<String> secret = ProviderCredentials.of(settings, kind, reference)
            .or(() -> settings.sandbox() ? Optional.of(Settings.SANDBOX_MARK) : Optional.empty());
        if (secret.isEmpty()) {
            LOG.error("provider account without its secret: {} is not set", ProviderCredentials.setting(kind, reference));
        }
        return secret.orElse(null);
    }
}
