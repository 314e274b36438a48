package uk.waymark.notifications.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.notifications.AesSealer;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.MessageClasses;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.TestIds;
import uk.waymark.notifications.twilio.TwilioAccount;
import uk.waymark.notifications.twilio.TwilioAccounts;
import uk.waymark.notifications.twilio.TwilioSender;

/** What both sides of the measurement work with: the same words, the same sealing, the same policy, the same sender. */
final class Work {

    static final UUID TENANT = UUID.fromString("5a1e0000-0000-4000-8000-000000000001");
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final String TEMPLATE = "news";
    static final String CLASS = "update";
    static final Map<String, String> FIELDS = Map.of("when", "Wednesday 30 September", "ref", "QQ/12345/26");

    final AesSealer sealer = new AesSealer("a key that all processes share...".substring(0, 32)
        .getBytes(StandardCharsets.US_ASCII));
    final TestIds ids = new TestIds();
    /** As the product's: what PostgreSQL keeps. */
    final InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MICROS);
    final Templates templates;
    final MessageClasses classes;

    Work() {
        try (InputStream texts = Work.class.getResourceAsStream("/templates.yaml");
             InputStream named = Work.class.getResourceAsStream("/classes.yaml")) {
            templates = Templates.load(texts);
            classes = MessageClasses.load(named);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every person has a number of their own. */
    static Decision decide(UUID recipient) {
        return new Decision.Send(Channel.SMS, "+4477009%05d".formatted(Math.floorMod(recipient.hashCode(), 100_000)), "en",
            "plain");
    }

    static TwilioSender sender(URI provider) {
        TwilioAccount account = new TwilioAccount(ACCOUNT, "token", "MG00000000000000000000000000000001", null, TENANT);
        TwilioAccounts accounts = new TwilioAccounts() {
            @Override
            public TwilioAccount forTenant(UUID tenant) {
                return account;
            }

            @Override
            public Optional<TwilioAccount> bySid(String sid) {
                return Optional.of(account);
            }
        };
        return new TwilioSender(accounts, provider, URI.create("https://waymark.example/v1/webhooks/twilio/status"));
    }
}
