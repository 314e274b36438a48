package uk.waymark.bridge.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import uk.waymark.bridge.AccessTokens;
import uk.waymark.bridge.AccessTokens.NoToken;
import uk.waymark.bridge.AdapterAccess;
import uk.waymark.bridge.AdapterCalls;
import uk.waymark.bridge.DeliverAdapter;
import uk.waymark.platform.BoundedCalls;
import uk.waymark.platform.MachineClock;

/**
 * Posts each parcel as JSON to the force's address ({@code base_url}, as it is), with its id as {@code Idempotency-Key}. It
 * authenticates with a token by OAuth 2.0 client credentials where the row has a {@code token_url}, otherwise it signs the body
 * ({@link Signature}). What the other side sees and has to answer stands in docs/outbound.md.
 */
@Singleton
final class Webhook implements DeliverAdapter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration WHOLE = Duration.ofSeconds(30);
    private static final int LONGEST_REFERENCE = 100;
    /** Of the address or of who we are, and not of what is sent: what waits goes on waiting. */
    private static final Set<Integer> NOT_THIS_ONE = Set.of(401, 403, 404, 405, 407, 408, 421, 425, 426, 429);
    private static final int DUPLICATE = 409;
    private final AdapterCalls calls;
    private final AccessTokens tokens;
    private final MachineClock clock;

    Webhook(AdapterCalls calls, AccessTokens tokens, MachineClock clock) {
        this.calls = calls;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "http-json";
    }

    @Override
    public Delivered deliver(AdapterAccess adapter, Parcel parcel) {
        Instant end = clock.instant().plus(WHOLE);
        byte[] body = body(parcel);
        try {
            String token = token(adapter, null, end);
            BoundedCalls.Reply reply = post(adapter, parcel, body, token, end);
            if (reply instanceof BoundedCalls.Reply.Answer a && a.status() == 401 && token != null) {
                // it may have been taken back before its time: one new one, one more try
                reply = post(adapter, parcel, body, token(adapter, token, end), end);
            }
            return switch (reply) {
                case BoundedCalls.Reply.None none -> "unreachable".equals(none.why()) ? new Delivered.Later(null, none.why())
                    : new Delivered.Unknown(none.why());
                case BoundedCalls.Reply.Answer answer -> outcome(answer);
            };
        } catch (NoToken none) {
            return new Delivered.Later(none.leaveFor(), none.why());
        }
    }

    private static Delivered outcome(BoundedCalls.Reply.Answer answer) {
        int status = answer.status();
        if (status / 100 == 2 || status == DUPLICATE) {
            return taken(answer);
        }
        String why = "answer_" + status;
        if (status == 503 || status / 100 == 3 || NOT_THIS_ONE.contains(status)) {
            return new Delivered.Later(answer.retryAfter(), why);
        }
        return status / 100 == 4 ? new Delivered.Refused(why) : new Delivered.Unknown(why);
    }

    /** A page that somebody in between shows to everyone, with 200, is no word of the other side's. */
    private static Delivered taken(BoundedCalls.Reply.Answer answer) {
        if (answer.body().length == 0) {
            return new Delivered.Acknowledged(null);
        }
        try {
            JsonNode said = JSON.readTree(answer.body());
            if (said != null && said.isObject()) {
                return new Delivered.Acknowledged(reference(said.path("source_reference")));
            }
        } catch (IOException e) {
            // what it says would be quoted from the body
        }
        return new Delivered.Unknown("unreadable");
    }

    private static String reference(JsonNode said) {
        String text = said.isTextual() || said.isIntegralNumber() ? said.asText().strip() : "";
        return text.isEmpty() || text.length() > LONGEST_REFERENCE || text.chars().anyMatch(Character::isISOControl) ? null : text;
    }

    private String token(AdapterAccess adapter, String refused, Instant end) {
        return adapter.tokenUrl() == null ? null : tokens.of(adapter, refused, Duration.between(clock.instant(), end));
    }

    private BoundedCalls.Reply post(AdapterAccess adapter, Parcel parcel, byte[] body, String token, Instant end) {
        var request = HttpRequest.newBuilder(adapter.baseUrl()).header("Content-Type", "application/json")
            .header("Accept", "application/json").header("Idempotency-Key", parcel.id().toString());
        if (token == null) {
            request.header(Signature.HEADER, Signature.of(adapter.secret(), clock.instant(), body));
        } else {
            request.header("Authorization", "Bearer " + token);
        }
        return calls.send(request.POST(BodyPublishers.ofByteArray(body)), Duration.between(clock.instant(), end));
    }

    private static byte[] body(Parcel parcel) {
        ObjectNode body = JSON.createObjectNode().put("id", parcel.id().toString()).put("type", parcel.type())
            .put("crime_reference", parcel.crimeReference());
        if (parcel.sourcePersonId() != null) {
            body.put("source", parcel.source()).put("source_person_id", parcel.sourcePersonId());
        }
        body.put("created_at", parcel.createdAt().toString()).set("data", parcel.data());
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            // without its message, which may quote what a person wrote
            throw new IllegalStateException("a parcel cannot be written as JSON: " + parcel.type());
        }
    }
}
