package uk.waymark.bridge.hmcts;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import uk.waymark.bridge.AccessTokens;
import uk.waymark.bridge.AccessTokens.NoToken;
import uk.waymark.bridge.AdapterAccess;
import uk.waymark.bridge.AdapterCalls;
import uk.waymark.bridge.Pulled;
import uk.waymark.platform.BoundedCalls;
import uk.waymark.platform.MachineClock;

/** The three APIs as one force's adapter reaches them, while one URN is asked for. What cannot be used ends in {@link Stopped}. */
final class Api {
    private final AdapterAccess adapter;
    private final AdapterCalls calls;
    private final AccessTokens tokens;
    private final MachineClock clock;
    private final Instant end;

    Api(AdapterAccess adapter, AdapterCalls calls, AccessTokens tokens, MachineClock clock, Duration atMost) {
        this.adapter = adapter;
        this.calls = calls;
        this.tokens = tokens;
        this.clock = clock;
        this.end = clock.instant().plus(atMost);
    }

    /** What is under an address. */
    sealed interface Found {

        /** @param etag or null */
        record Body(JsonNode json, String etag) implements Found { }

        /** As it was under the ETag that was sent along. */
        record Same() implements Found { }

        record Nothing() implements Found { }
    }

    /** @param etag of what is known, or null */
    Found details(String urn, String etag) {
        return get(address("details_url", "/cases/" + encoded(urn)), etag);
    }

    /** @param etag of what is known, or null */
    Found schedule(String urn, String etag) {
        return get(address("schedule_url", "/case/" + encoded(urn) + "/courtschedule"), etag);
    }

    Found house(String house) {
        return get(address("houses_url", "/courthouses/" + encoded(house)), null);
    }

    Found room(String house, String room) {
        return get(address("houses_url", "/courthouses/" + encoded(house) + "/courtrooms/" + encoded(room)), null);
    }

    private URI address(String setting, String path) {
        String base = adapter.mapping().path(setting).asText(adapter.baseUrl().toString());
        try {
            URI address = URI.create(base.replaceAll("/+$", "") + path);
            boolean here = "http".equals(address.getScheme()) && "localhost".equals(address.getHost());
            if (address.getHost() != null && address.getUserInfo() == null && ("https".equals(address.getScheme()) || here)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new Stopped(new Pulled.Refused(true, "address_unfit"));
    }

    private Found get(URI address, String etag) {
        String token = token(null);
        BoundedCalls.Reply reply = send(address, etag, token);
        if (reply instanceof BoundedCalls.Reply.Answer a && a.status() == 401 && token != null) {
            // it may have been taken back before its time: one new one, one more try
            reply = send(address, etag, token(token));
        }
        return switch (reply) {
            case BoundedCalls.Reply.None none -> throw new Stopped(new Pulled.Later(null, "unreachable".equals(none.why()), none.why()));
            case BoundedCalls.Reply.Answer a -> found(a, etag);
        };
    }

    private static Found found(BoundedCalls.Reply.Answer answer, String etag) {
        if (answer.status() == 304 && etag != null) {
            return new Found.Same();
        }
        return switch (answer.status()) {
            case 200 -> new Found.Body(Json.object(answer.body()), answer.etag());
            // 400: this URN or id is nothing that they could know
            case 400, 404, 410 -> new Found.Nothing();
            case 401 -> throw new Stopped(new Pulled.Refused(true, "answer_401"));
            // it may be this URN's alone
            case 403 -> throw new Stopped(new Pulled.Refused(false, "answer_403"));
            case 429 -> throw new Stopped(new Pulled.Later(answer.retryAfter(), true, "answer_429"));
            case 503 -> throw new Stopped(new Pulled.Later(answer.retryAfter(), answer.retryAfter() != null, "answer_503"));
            default -> throw new Stopped(new Pulled.Later(answer.retryAfter(), false, "answer_" + answer.status() / 100 + "xx"));
        };
    }

    private BoundedCalls.Reply send(URI address, String etag, String token) {
        var request = HttpRequest.newBuilder(address).header("Accept", "application/json").GET();
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        return calls.send(request, left());
    }

    private String token(String refused) {
        try {
            return adapter.tokenUrl() == null ? null : tokens.of(adapter, refused, left());
        } catch (NoToken none) {
            throw new Stopped(none.refused() ? new Pulled.Refused(true, none.why()) : new Pulled.Later(none.leaveFor(), true, none.why()));
        }
    }

    private Duration left() {
        return Duration.between(clock.instant(), end);
    }

    /** Everything that is not unreserved, '/' too: a URN may hold any character. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
