package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import uk.waymark.bridge.AdapterAccess;
import uk.waymark.bridge.Pulled;
import uk.waymark.platform.MachineClock;

/**
 * Access tokens by OAuth 2.0 client credentials (RFC 6749, 4.4), one an adapter, used until shortly before they run out. The
 * mapping may say {@code scope}, and {@code client_auth: body} where the server takes no Basic authentication.
 */
@Singleton
final class AccessTokens {
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(5);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private final Calls calls;
    private final MachineClock clock;
    private final Map<UUID, Holder> holders = new ConcurrentHashMap<>();

    AccessTokens(Calls calls, MachineClock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** One asks for a new token and the others wait for it. */
    private static final class Holder {
        private final ReentrantLock lock = new ReentrantLock();
        private Token token;
        private Stopped failure;
        private Instant failedAt;
    }

    /** @param askedWith the credentials' row may have changed since */
    private record Token(String value, Instant until, String askedWith) { }

    /**
     * @param refused a token that was just answered with 401, which is not used again; or null
     * @throws Stopped where there is none
     */
    String of(AdapterAccess adapter, String refused, Duration atMost) {
        Holder holder = holders.computeIfAbsent(adapter.id(), id -> new Holder());
        holder.lock.lock();
        try {
            Token known = holder.token;
            String asker = adapter.tokenUrl() + " " + adapter.clientId() + " " + adapter.mapping();
            if (known == null || known.value().equals(refused) || !clock.instant().isBefore(known.until())
                    || !known.askedWith().equals(asker)) {
                holder.token = null;
                holder.token = askUnlessJustRefused(holder, adapter, asker, atMost);
            }
            return holder.token.value();
        } finally {
            holder.lock.unlock();
        }
    }

    /** Those who waited for one that failed do not each try again. */
    private Token askUnlessJustRefused(Holder holder, AdapterAccess adapter, String asker, Duration atMost) {
        Instant now = clock.instant();
        if (holder.failure != null && !now.isBefore(holder.failedAt) && now.isBefore(holder.failedAt.plus(FAILURE_HOLDS))) {
            throw holder.failure;
        }
        try {
            Token token = ask(adapter, asker, atMost);
            holder.failure = null;
            return token;
        } catch (Stopped e) {
            holder.failure = e;
            holder.failedAt = clock.instant();
            throw e;
        }
    }

    private Token ask(AdapterAccess adapter, String asker, Duration atMost) {
        return switch (calls.send(request(adapter), atMost)) {
            case Calls.Reply.None none -> throw new Stopped(new Pulled.Later(null, true, "token_" + none.why()));
            case Calls.Reply.Answer a when a.status() == 200 -> token(Json.object(a.body()), asker);
            case Calls.Reply.Answer a when a.status() == 429 || a.status() >= 500 ->
                throw new Stopped(new Pulled.Later(a.retryAfter(), true, "token_" + a.status()));
            case Calls.Reply.Answer a -> throw new Stopped(new Pulled.Refused(true, "token_refused"));
        };
    }

    private Token token(JsonNode answer, String asker) {
        String value = answer.path("access_token").asText("");
        // visible ASCII: it goes into a header
        if (!value.matches("[\\x21-\\x7e]{1,16000}") || !"bearer".equalsIgnoreCase(answer.path("token_type").asText("bearer"))) {
            throw new Stopped(new Pulled.Later(null, true, "token_unreadable"));
        }
        long seconds = answer.path("expires_in").asLong(USUAL_LIFE.toSeconds());
        Duration life = Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFE.toSeconds()));
        // a short-lived one is used for half its life at least
        Duration margin = life.dividedBy(2).compareTo(MARGIN) < 0 ? life.dividedBy(2) : MARGIN;
        return new Token(value, clock.instant().plus(life).minus(margin), asker);
    }

    private static HttpRequest.Builder request(AdapterAccess adapter) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "client_credentials");
        String scope = adapter.mapping().path("scope").asText("");
        if (!scope.isBlank()) {
            form.put("scope", scope);
        }
        var request = HttpRequest.newBuilder(adapter.tokenUrl()).header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
        if ("body".equals(adapter.mapping().path("client_auth").asText())) {
            form.put("client_id", adapter.clientId());
            form.put("client_secret", adapter.secret());
        } else {
            // RFC 6749, 2.3.1: both parts are encoded as in a form first
            String both = encoded(adapter.clientId()) + ':' + encoded(adapter.secret());
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return request.POST(BodyPublishers.ofString(form.entrySet().stream()
            .map(f -> encoded(f.getKey()) + '=' + encoded(f.getValue())).collect(Collectors.joining("&"))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
