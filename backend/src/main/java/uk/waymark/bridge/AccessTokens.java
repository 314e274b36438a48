package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
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
import uk.waymark.platform.BoundedCalls;
import uk.waymark.platform.MachineClock;

/**
 * Access tokens by OAuth 2.0 client credentials (RFC 6749, 4.4), one an adapter, used until shortly before they run out. The
 * mapping may say {@code scope}, and {@code client_auth: body} where the server takes no Basic authentication.
 */
@Singleton
public final class AccessTokens {
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final Duration FAILURE_HOLDS = Duration.ofSeconds(5);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final JsonMapper JSON = new JsonMapper();
    private final AdapterCalls calls;
    private final MachineClock clock;
    private final Map<UUID, Holder> holders = new ConcurrentHashMap<>();

    public AccessTokens(AdapterCalls calls, MachineClock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** There is no token. Names no address and no secret. */
    public static final class NoToken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean refused;
        private final transient Duration leaveFor;
        private final String why;

        NoToken(boolean refused, Duration leaveFor, String why) {
            super(why, null, false, false);
            this.refused = refused;
            this.leaveFor = leaveFor;
            this.why = why;
        }

        /** It will not give us one until somebody sees to it. */
        public boolean refused() {
            return refused;
        }

        /** What it asked for, or null. */
        public Duration leaveFor() {
            return leaveFor;
        }

        /** A short code in snake_case. */
        public String why() {
            return why;
        }
    }

    /** One asks for a new token and the others wait for it. */
    private static final class Holder {
        private final ReentrantLock lock = new ReentrantLock();
        private Token token;
        private NoToken failure;
        private Instant failedAt;
    }

    /** @param askedWith the credentials' row may have changed since */
    private record Token(String value, Instant until, String askedWith) { }

    /**
     * @param refused a token that was just answered with 401, which is not used again; or null
     * @throws NoToken where there is none
     */
    public String of(AdapterAccess adapter, String refused, Duration atMost) {
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
        } catch (NoToken e) {
            holder.failure = e;
            holder.failedAt = clock.instant();
            throw e;
        }
    }

    private Token ask(AdapterAccess adapter, String asker, Duration atMost) {
        return switch (calls.send(request(adapter), atMost)) {
            case BoundedCalls.Reply.None none -> throw new NoToken(false, null, "token_" + none.why());
            case BoundedCalls.Reply.Answer a when a.status() == 200 -> token(object(a.body()), asker);
            case BoundedCalls.Reply.Answer a when a.status() == 429 || a.status() >= 500 ->
                throw new NoToken(false, a.retryAfter(), "token_" + a.status());
            case BoundedCalls.Reply.Answer a -> throw new NoToken(true, null, "token_refused");
        };
    }

    private static JsonNode object(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // what it says would be quoted from the body
        }
        throw new NoToken(false, null, "token_unreadable");
    }

    private Token token(JsonNode answer, String asker) {
        String value = answer.path("access_token").asText("");
        // visible ASCII: it goes into a header
        if (!value.matches("[\\x21-\\x7e]{1,16000}") || !"bearer".equalsIgnoreCase(answer.path("token_type").asText("bearer"))) {
            throw new NoToken(false, null, "token_unreadable");
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
