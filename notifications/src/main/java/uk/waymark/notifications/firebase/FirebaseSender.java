package uk.waymark.notifications.firebase;

import com.google.api.client.json.gson.GsonFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.AndroidConfig;
import com.google.firebase.messaging.ApnsConfig;
import com.google.firebase.messaging.Aps;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingException;
import com.google.firebase.messaging.Message;
import com.google.firebase.messaging.MessagingErrorCode;
import com.google.firebase.messaging.WebpushConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.notifications.SendOutcome;
import uk.waymark.notifications.SendOutcome.Accepted;
import uk.waymark.notifications.SendOutcome.Rejected;
import uk.waymark.notifications.SendOutcome.Unavailable;
import uk.waymark.notifications.SendOutcome.Unknown;
import uk.waymark.notifications.SendRequest;
import uk.waymark.notifications.Sender;

/**
 * Wakes apps through Firebase's SDK (FCM HTTP v1), one HTTP request a registration. A message is accepted once Firebase
 * has taken it for one of the person's apps; Firebase reports no more than that. What leaves is a key by which the app finds
 * what it is woken for, another one by which a later message of the same class replaces it, and how long it is worth
 * delivering. No word leaves: what is shown are the app's own words. Sources: "Message" in the reference of the FCM HTTP v1
 * API, and Apple's "Pushing background updates to your app".
 */
public final class FirebaseSender implements Sender, AutoCloseable {

    /** The provider's name on attempts. */
    public static final String PROVIDER = "firebase";
    /** What the key is called in the data that the app is woken with. Its value is the attempt's id. */
    static final String KEY = "key";
    private static final Logger LOG = LoggerFactory.getLogger(FirebaseSender.class);
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration TOKEN = Duration.ofSeconds(5);
    /** Firebase's own bound. */
    private static final long LONGEST_VALIDITY = Duration.ofDays(28).toSeconds();

    private final FirebaseAccounts accounts;
    private final InstantSource machineTime;
    private final OneRequest messages;
    private final OneRequest tokens = new OneRequest(null, TOKEN);
    private final Map<FirebaseAccount, FirebaseApp> apps = new ConcurrentHashMap<>();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param baseUrl     where Firebase is, with a path in front of its own if need be, or null for the real one
     * @param machineTime says when a message runs out: Apple wants to know the moment
     */
    public FirebaseSender(FirebaseAccounts accounts, URI baseUrl, InstantSource machineTime) {
        this(accounts, baseUrl, machineTime, ANSWER);
    }

    /** With another time to wait for an answer. */
    FirebaseSender(FirebaseAccounts accounts, URI baseUrl, InstantSource machineTime, Duration answerWithin) {
        this.accounts = accounts;
        this.machineTime = machineTime;
        this.messages =
            new OneRequest(baseUrl == null ? null : URI.create(baseUrl.toString().replaceAll("/+$", "")), answerWithin);
    }

    @Override
    public SendOutcome send(SendRequest request) {
        FirebaseAccount account;
        FirebaseMessaging messaging;
        try {
            account = accounts.forTenant(request.tenant());
            messaging = FirebaseMessaging.getInstance(apps.computeIfAbsent(account, this::app));
        } catch (RuntimeException e) {
            LOG.error("no Firebase project for tenant {}: {}", request.tenant(), e.getClass().getName());
            return new Unavailable("no_account");
        }
        List<CompletableFuture<SendOutcome>> sent = Registration.read(request.address()).stream()
            .map(r -> CompletableFuture.supplyAsync(() -> send(messaging, account, r, message(request, r)), calls))
            .toList();
        return sent.stream().map(CompletableFuture::join).min(Comparator.comparing(FirebaseSender::weight)).orElseThrow();
    }

    /** One app that has it is enough; otherwise what is least sure decides, so that nothing is sent twice. */
    private static int weight(SendOutcome outcome) {
        return switch (outcome) {
            case Accepted ok -> 0;
            case Unknown unknown -> 1;
            case Unavailable later -> 2;
            case Rejected no -> 3;
        };
    }

    private SendOutcome send(FirebaseMessaging messaging, FirebaseAccount account, Registration to, Message message) {
        OneRequest.Exchange exchange = messages.watch();
        SendOutcome outcome;
        MessagingErrorCode code = null;
        try {
            String id = messaging.send(message);
            outcome = id == null || id.isBlank() ? new Unknown("unreadable_answer_" + exchange.status())
                : new Accepted(PROVIDER, account.projectId(), id);
        } catch (FirebaseMessagingException e) {
            code = e.getMessagingErrorCode();
            outcome = FcmAnswers.outcome(exchange, code);
        } catch (RuntimeException e) {
            outcome = FcmAnswers.outcome(exchange, null);
        } finally {
            messages.unwatch();
        }
        if (exchange.status() == 401) {
            forget(account);
        }
        if (outcome instanceof Rejected && code == MessagingErrorCode.UNREGISTERED) {
            gone(to.id());
        }
        return outcome;
    }

    private void gone(UUID registration) {
        try {
            accounts.gone(registration);
        } catch (RuntimeException e) {
            // Firebase says so again at the next message
            LOG.error("registration {} could not be dropped: {}", registration, e.getClass().getName());
        }
    }

    private Message message(SendRequest request, Registration to) {
        String collapse = collapseKey(request.messageClass());
        long seconds = Math.clamp(request.validity().toSeconds(), 1, LONGEST_VALIDITY);
        return Message.builder().setToken(to.token()).putData(KEY, request.attemptId().toString())
            // high, or a phone at rest is not woken: the app shows something each time, which is what Android allows it for
            .setAndroidConfig(AndroidConfig.builder().setCollapseKey(collapse)
                .setPriority(AndroidConfig.Priority.HIGH).setTtl(Duration.ofSeconds(seconds).toMillis()).build())
            .setApnsConfig(apns(collapse, seconds))
            .setWebpushConfig(WebpushConfig.builder().putHeader("TTL", Long.toString(seconds))
                .putHeader("Topic", collapse).putHeader("Urgency", "high").build())
            .build();
    }

    /** What wakes an app without showing anything has to say so, and Apple takes it with this priority only. */
    private ApnsConfig apns(String collapse, long seconds) {
        return ApnsConfig.builder().putHeader("apns-push-type", "background").putHeader("apns-priority", "5")
            .putHeader("apns-collapse-id", collapse)
            .putHeader("apns-expiration", Long.toString(machineTime.instant().getEpochSecond() + seconds))
            .setAps(Aps.builder().setContentAvailable(true).build()).build();
    }

    /** The same for every message of a class, and a word that says nothing. */
    static String collapseKey(String messageClass) {
        return "n" + Integer.toHexString(messageClass.hashCode());
    }

    private FirebaseApp app(FirebaseAccount account) {
        FirebaseOptions options = FirebaseOptions.builder().setProjectId(account.projectId())
            .setCredentials(credentials(account.credentials())).setHttpTransport(messages)
            .setJsonFactory(GsonFactory.getDefaultInstance()).build();
        return FirebaseApp.initializeApp(options, "waymark-" + UUID.randomUUID());
    }

    private GoogleCredentials credentials(String secret) {
        if (!secret.stripLeading().startsWith("{")) {
            return GoogleCredentials.create(new AccessToken(secret, null));
        }
        try {
            var json = new ByteArrayInputStream(secret.getBytes(StandardCharsets.UTF_8));
            return ServiceAccountCredentials.fromStream(json, () -> tokens)
                // the dispatcher tries again, with no message held up meanwhile
                .createWithCustomRetryStrategy(false).createScoped(List.of(SCOPE));
        } catch (IOException e) {
            // its text may quote the key
            throw new UncheckedIOException(new IOException("the service account cannot be read"));
        }
    }

    /** The access token is refused before its time: the next attempt gets a new one. */
    private void forget(FirebaseAccount account) {
        FirebaseApp app = apps.remove(account);
        if (app != null) {
            app.delete();
        }
    }

    /** Closes all connections. */
    @Override
    public void close() {
        calls.close();
        List.copyOf(apps.keySet()).forEach(this::forget);
        messages.shutdown();
        tokens.shutdown();
    }
}
