package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Settings;

/**
 * Stands in for Twilio: takes messages as Twilio does, puts them on the phones, and sends signed receipts and replies back
 * over HTTP. What it learns it learns from the request alone, like the real one.
 */
@Singleton
@Requires(env = "sandbox")
final class TwilioStandIn {
    private static final Logger LOG = LoggerFactory.getLogger(TwilioStandIn.class);
    private static final int TRIES = 3;
    private final Settings settings;
    private final Phones phones;
    private final AddedForces forces;
    private final CaseClock clock;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5)).build();
    /** Counts receipts on their way. */
    private final Phaser underway = new Phaser(1);

    TwilioStandIn(Settings settings, Phones phones, AddedForces forces, CaseClock clock) {
        this.settings = settings;
        this.phones = phones;
        this.forces = forces;
        this.clock = clock;
    }

    /** Whether an Authorization header holds this account's credentials. */
    boolean admits(String authorization, String accountSid) {
        String expected = "Basic " + Base64.getEncoder().encodeToString(
            (accountSid + ":" + SandboxForces.PROVIDER_TOKEN).getBytes(StandardCharsets.UTF_8));
        return authorization != null && forces.sendsThrough(accountSid) && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a message on its phone and sends the receipts after the answer. */
    Phones.Text accept(String accountSid, String to, String from, String body, Optional<URI> statusCallback) {
        var text = new Phones.Text("SM" + hexId(), accountSid, Phones.SMS, to, from, body, clock.instant());
        phones.receive(text);
        statusCallback.filter(this::isOurs).ifPresent(url -> later(() -> {
            postSigned(url, receipt(text, "sent"));
            postSigned(url, receipt(text, "delivered"));
        }));
        return text;
    }

    /** Sends an SMS from a phone to a sender's number. @return whether it was taken */
    boolean reply(SandboxForces.Account account, String from, String body) {
        return postSigned(URI.create(settings.publicUrl() + "/v1/webhooks/twilio/inbound"), Map.of(
            "MessageSid", "SM" + hexId(), "SmsSid", "SM" + hexId(), "AccountSid", account.sid(), "From", from,
            "To", account.sender(), "Body", body, "NumMedia", "0", "NumSegments", "1", "ApiVersion", "2010-04-01"));
    }

    /** Waits until no receipt is on its way. */
    void awaitReceipts(Duration atMost) {
        try {
            int phase = underway.arrive();
            underway.awaitAdvanceInterruptibly(phase, atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("a receipt of the sandbox is still on its way");
        }
    }

    /** The stand-in calls nobody but this server. */
    private boolean isOurs(URI url) {
        return url.toString().startsWith(settings.publicUrl() + "/");
    }

    private static Map<String, String> receipt(Phones.Text text, String status) {
        return Map.of("MessageSid", text.sid(), "SmsSid", text.sid(), "AccountSid", text.accountSid(), "To", text.to(),
            "From", text.from(), "MessageStatus", status, "SmsStatus", status, "ApiVersion", "2010-04-01");
    }

    private void later(Runnable work) {
        underway.register();
        Thread.ofVirtual().name("sandbox-receipt").start(() -> {
            try {
                work.run();
            } finally {
                underway.arriveAndDeregister();
            }
        });
    }

    private boolean postSigned(URI url, Map<String, String> fields) {
        var sorted = new TreeMap<>(fields);
        var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Twilio-Signature", signature(url.toString(), sorted))
            .POST(BodyPublishers.ofString(new Form(sorted).encoded())).build();
        for (int i = 0; i < TRIES; i++) {
            try {
                int status = http.send(request, BodyHandlers.discarding()).statusCode();
                if (status < 500) {
                    return status < 300;
                }
            } catch (IOException e) {
                LOG.debug("a call of the stand-in for Twilio failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        LOG.warn("a receipt or reply of the sandbox was not taken");
        return false;
    }

    /** Twilio's: HMAC-SHA-1 of the address and the sorted fields, by the account's token. */
    static String signature(String url, TreeMap<String, String> fields) {
        var text = new StringBuilder(url);
        fields.forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SandboxForces.PROVIDER_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hexId() {
        UUID id = UUID.randomUUID();
        return HexFormat.of().toHexDigits(id.getMostSignificantBits()) + HexFormat.of().toHexDigits(id.getLeastSignificantBits());
    }
}
