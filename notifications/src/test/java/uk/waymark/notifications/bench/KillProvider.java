package uk.waymark.notifications.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import uk.waymark.notifications.twilio.TwilioStandIn;
import uk.waymark.notifications.twilio.TwilioStandIn.Reaction;
import uk.waymark.notifications.twilio.TwilioStandIn.Received;
import uk.waymark.notifications.twilio.TwilioStandIn.Taken;

/**
 * A provider as bad as one can be: slow at random, taking messages without saying so and refusing them without a word, with
 * receipts that come before the answer, late, twice, in the wrong order, for messages of nobody, or never.
 */
final class KillProvider implements AutoCloseable {

    private static final Duration TOO_LATE = KillWork.ANSWER_WITHIN.plusMillis(300);
    private final TwilioStandIn twilio = new TwilioStandIn();
    private final Random random;
    private final List<Integer> ports;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(1)).build();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, AtomicInteger> did = new ConcurrentHashMap<>();

    /** @param ports where the instances take receipts */
    KillProvider(Random random, List<Integer> ports) {
        this.random = random;
        this.ports = ports;
        twilio.listAfter(KillWork.LISTED_AFTER);
        twilio.react(this::react);
        twilio.onTaken(this::report);
    }

    URI url() {
        return twilio.url();
    }

    /** What it took: the attempts that our callback addresses name, one for each request that it took over. */
    List<UUID> attemptsTaken() {
        return twilio.taken().stream().map(m -> attempt(m.form())).toList();
    }

    /** How many messages it was asked to send. */
    int requests() {
        return requests.get();
    }

    /** How often it did what. */
    Map<String, AtomicInteger> did() {
        return new TreeMap<>(did);
    }

    private Reaction react(Received request) {
        requests.incrementAndGet();
        int dice = number(1000);
        if (dice < 900) {
            return slowly();
        } else if (dice < 915) {
            return taking(new Reaction.Reset(), "taken_then_reset");
        } else if (dice < 930) {
            return taking(new Reaction.Garbage(), "taken_then_garbage");
        } else if (dice < 940) {
            return taking(new Reaction.After(TOO_LATE, new Reaction.Answer(201, "{}")), "taken_then_too_late");
        } else if (dice < 950) {
            return taking(new Reaction.Answer(502, "<html>"), "taken_then_502");
        } else if (dice < 960) {
            return not(new Reaction.Reset(), "not_taken_reset");
        } else if (dice < 970) {
            return not(new Reaction.Hangup(), "not_taken_hangup");
        } else if (dice < 980) {
            return not(TwilioStandIn.refuse(503, 20503), "not_taken_503");
        }
        return not(TwilioStandIn.refuse(429, 20429), "not_taken_429");
    }

    /** Taken at once and answered late, or taken late. */
    private Reaction slowly() {
        Duration pause = Duration.ofMillis(number(100) < 97 ? number(60) : number(700));
        return number(2) == 0 ? taking(new Reaction.After(pause, new Reaction.Say()), "accepted")
            : new Reaction.After(pause, taking(new Reaction.Say(), "accepted"));
    }

    private Reaction not(Reaction how, String name) {
        count(name);
        return how;
    }

    private Reaction taking(Reaction then, String name) {
        count(name);
        return new Reaction.Take(then);
    }

    /** Reports on a message, most of the time. */
    private void report(Taken message) {
        int dice = number(100);
        if (dice < 15) {
            count("receipts_never");
        } else if (dice < 30) {
            send("receipts_before_the_answer", message, "delivered", 0);
        } else if (dice < 45) {
            int millis = 1_000 + number(8_000);
            send("receipts_late", message, "sent", millis);
            send("receipts_late", message, "delivered", millis + number(2_000));
        } else if (dice < 60) {
            int millis = number(300);
            send("receipts_twice", message, "delivered", millis);
            send("receipts_twice", message, "delivered", millis + number(300));
        } else if (dice < 75) {
            int millis = number(300);
            send("receipts_out_of_order", message, "delivered", millis);
            send("receipts_out_of_order", message, "sent", millis + number(300));
        } else {
            send("receipts", message, "sent", number(100));
            send("receipts", message, "delivered", 100 + number(300));
        }
        if (dice == 99) {
            Map<String, String> form = new TreeMap<>(message.form());
            form.put("StatusCallback", KillWork.CALLBACK + "?attempt=" + KillWork.ids().next());
            send("receipts_of_nobody", new Taken(message.account(), "SM" + "f".repeat(32), message.at(), form, "", ""), "delivered", 0);
        }
    }

    private void send(String name, Taken message, String status, int afterMillis) {
        count(name);
        Map<String, String> fields = new TreeMap<>(Map.of("AccountSid", message.account(), "MessageSid", message.sid(),
            "MessageStatus", status));
        URI url = URI.create(message.form().get("StatusCallback"));
        later.schedule(() -> {
            Thread.ofVirtual().start(() -> post(url, fields));
        }, afterMillis, TimeUnit.MILLISECONDS);
    }

    /** To any instance that is there, as through a load balancer; once, as Twilio does. */
    private void post(URI url, Map<String, String> fields) {
        String body = fields.entrySet().stream().map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
        int first = number(ports.size());
        for (int i = 0; i < ports.size(); i++) {
            URI instance = URI.create("http://127.0.0.1:" + ports.get((first + i) % ports.size()) + "/?" + url.getRawQuery());
            try {
                int status = http.send(HttpRequest.newBuilder(instance).timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/x-www-form-urlencoded").header("X-Twilio-Signature", sign(url, fields))
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.discarding()).statusCode();
                count("callbacks_answered_" + status);
                return;
            } catch (ConnectException e) {
                // this one is down: the next
            } catch (IOException e) {
                count("callbacks_without_answer");
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        count("callbacks_not_taken");
    }

    private static String sign(URI url, Map<String, String> fields) {
        StringBuilder signed = new StringBuilder(url.toString());
        fields.forEach((key, value) -> signed.append(key).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(KillWork.ACCOUNT.authToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UUID attempt(Map<String, String> form) {
        return UUID.fromString(form.get("StatusCallback").replaceFirst(".*attempt=", ""));
    }

    private int number(int below) {
        synchronized (random) {
            return random.nextInt(below);
        }
    }

    private void count(String what) {
        did.computeIfAbsent(what, name -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void close() {
        later.shutdownNow();
        twilio.close();
    }
}
