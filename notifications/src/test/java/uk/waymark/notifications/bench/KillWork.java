package uk.waymark.notifications.bench;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.notifications.Ids;
import uk.waymark.notifications.MessageClasses;
import uk.waymark.notifications.Sealer;
import uk.waymark.notifications.Templates;
import uk.waymark.notifications.twilio.TwilioAccount;
import uk.waymark.notifications.twilio.TwilioAccounts;

/**
 * What the processes of the kill benchmark share. Times are those of production divided by about sixty, in the same order: the
 * provider lists what it took within half the quiet time, and a lease is well above an answer's time.
 */
final class KillWork {

    static final UUID TENANT = UUID.fromString("5a1e0000-0000-4000-8000-000000000001");
    static final TwilioAccount ACCOUNT = new TwilioAccount("AC00000000000000000000000000000001", "token",
        "MG00000000000000000000000000000001", null, TENANT);
    static final URI CALLBACK = URI.create("https://waymark.example/v1/webhooks/twilio/status");
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    static final Duration LEASE = Duration.ofSeconds(4);
    static final Duration LISTED_AFTER = Duration.ofSeconds(4);
    private static final String CLASSES = """
        default: {priority: 5, validity: PT10H, retries: [PT0.5S, PT1S]}
        classes: {}
        settling: {quiet: PT10S, ask_every: PT2S, give_up: PT40S, clocks_apart: PT2S}
        """;
    private static final String TEMPLATES = """
        languages: [en]
        templates:
          news:
            version: 1
            fields: {}
            texts:
              en: {neutral: "There is news for you. Sign in the way you usually do."}
        """;

    private KillWork() {
    }

    static MessageClasses classes() {
        return MessageClasses.load(new ByteArrayInputStream(CLASSES.getBytes(StandardCharsets.UTF_8)));
    }

    static Templates templates() {
        return Templates.load(new ByteArrayInputStream(TEMPLATES.getBytes(StandardCharsets.UTF_8)));
    }

    static TwilioAccounts accounts() {
        return new TwilioAccounts() {
            @Override
            public TwilioAccount forTenant(UUID tenant) {
                return ACCOUNT;
            }

            @Override
            public Optional<TwilioAccount> bySid(String sid) {
                return Optional.of(ACCOUNT).filter(a -> a.accountSid().equals(sid));
            }
        };
    }

    /** A recipient with this number, as the policy takes it from the reference; many may have the same. */
    static UUID recipient(int number) {
        return new UUID(UUID.randomUUID().getMostSignificantBits(), number);
    }

    static String numberOf(UUID recipient) {
        return "+4477009%05d".formatted(recipient.getLeastSignificantBits());
    }

    static Ids ids() {
        return () -> {
            UUID random = UUID.randomUUID();
            return new UUID(System.currentTimeMillis() << 16 | 0x7000 | random.getMostSignificantBits() & 0xfff,
                random.getLeastSignificantBits());
        };
    }

    /** Seals nothing: that is not what is tried here. */
    static final class Open implements Sealer {
        @Override
        public byte[] seal(String column, UUID row, byte[] plain) {
            return plain;
        }

        @Override
        public byte[] open(String column, UUID row, byte[] sealed) {
            return sealed;
        }

        @Override
        public byte[] key(String purpose, String value) {
            try {
                return MessageDigest.getInstance("SHA-256").digest((purpose + value).getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[][] keys(String purpose, String value) {
            return new byte[][] {key(purpose, value)};
        }
    }
}
