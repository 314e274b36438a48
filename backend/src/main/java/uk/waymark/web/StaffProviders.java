package uk.waymark.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.BoundedCalls;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/** The forces' identity providers, spoken to as an OpenID Connect client. */
@Singleton
class StaffProviders implements AutoCloseable {
    private static final Duration TOO_LONG = Duration.ofSeconds(10);
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Map<String, Endpoints> known = new ConcurrentHashMap<>();
    private final ActingAs acting;
    private final BoundedCalls calls;
    private final Settings settings;
    private final MachineClock clock;

    StaffProviders(ActingAs acting, Settings settings, MachineClock clock) {
        this.acting = acting;
        this.calls = new BoundedCalls(Duration.ofSeconds(5), TOO_LONG, clock);
        this.settings = settings;
        this.clock = clock;
    }

    /** @param force its code; @param secretRef null for a public client */
    record Provider(String force, String english, String welsh, String issuer, String client, String secretRef, String scope) {

        String name(Lang lang) {
            return lang == Lang.CY ? welsh : english;
        }
    }

    /** @param end where the provider's own session is ended; null where it does not say */
    record Endpoints(String authorize, String token, String end, Instant readAt) { }

    /** Those of every force whose staff sign in on the pages. */
    List<Provider> all() {
        return acting.as(new Caller.Nobody(), c -> Sql.list(c, "select * from waymark.gate_web_sign_ins()",
            r -> new Provider(r.getString("force_code"), r.getString("name_en"), r.getString("name_cy"), r.getString("issuer"), r.getString("web_client"),
                r.getString("web_secret_ref"), r.getString("web_scope"))));
    }

    Optional<Provider> of(String force) {
        return all().stream().filter(p -> p.force().equals(force)).findFirst();
    }

    /**
     * By OpenID Connect discovery, read at the first sign-in and again after an hour.
     *
     * @throws Refused 503 where it cannot be reached
     */
    Endpoints endpoints(Provider provider) {
        Endpoints last = known.get(provider.issuer());
        if (last != null && clock.instant().isBefore(last.readAt().plus(KNOWN_FOR))) {
            return last;
        }
        var asked = HttpRequest.newBuilder(URI.create(provider.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration"));
        JsonNode said = send(asked.GET()).filter(n -> provider.issuer().equals(n.path("issuer").asText())
            && n.hasNonNull("authorization_endpoint") && n.hasNonNull("token_endpoint")).orElseThrow(StaffProviders::away);
        var read = new Endpoints(said.path("authorization_endpoint").asText(), said.path("token_endpoint").asText(),
            said.path("end_session_endpoint").asText(null), clock.instant());
        known.put(provider.issuer(), read);
        return read;
    }

    /** @return what the token endpoint gave; empty where it refused */
    Optional<JsonNode> tokens(Provider provider, Map<String, String> what) {
        var fields = new java.util.TreeMap<>(what);
        fields.put("client_id", provider.client());
        var asked = HttpRequest.newBuilder(URI.create(endpoints(provider).token()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields.entrySet().stream().map(e -> e.getKey() + '=' + Visit.encode(e.getValue()))
                .collect(Collectors.joining("&"))));
        secret(provider).ifPresent(s -> asked.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
            (Visit.encode(provider.client()) + ':' + Visit.encode(s)).getBytes(StandardCharsets.UTF_8))));
        return send(asked).filter(n -> n.hasNonNull("access_token"));
    }

    private Optional<String> secret(Provider provider) {
        return Optional.ofNullable(provider.secretRef()).flatMap(settings::signInSecret);
    }

    private Optional<JsonNode> send(HttpRequest.Builder asked) {
        if (!(calls.send(asked.header("Accept", "application/json"), TOO_LONG) instanceof BoundedCalls.Reply.Answer answer)
                || answer.status() >= 500) {
            throw away();
        }
        try {
            return answer.status() == 200 ? Optional.ofNullable(JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException e) {
            throw away();
        }
    }

    @Override
    @PreDestroy
    public void close() {
        calls.close();
    }

    private static Refused away() {
        return new Refused(Refusal.own(503, "sign-in-away"));
    }
}
