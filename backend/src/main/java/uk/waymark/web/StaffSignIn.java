package uk.waymark.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Settings;

/**
 * Staff sign in at their own force's provider: authorization code with PKCE (RFC 7636), state and nonce. What comes back is the
 * access token that the API checks at every call; the ID token only has to name this sign-in.
 */
@Singleton
class StaffSignIn {
    private static final String FORCE = "force";
    private static final String VERIFIER = "verifier";
    private static final String NONCE = "nonce";
    private static final String COOKIE = "cookie";
    private final StaffProviders providers;
    private final PageSessions sessions;
    private final Carried carried;
    private final Settings settings;
    private final MachineClock clock;

    StaffSignIn(StaffProviders providers, PageSessions sessions, Carried carried, Settings settings, MachineClock clock) {
        this.providers = providers;
        this.sessions = sessions;
        this.carried = carried;
        this.settings = settings;
        this.clock = clock;
    }

    /** Tokens, and where to go on. */
    record Back(PageSession.Tokens tokens, Map<String, String> kept) { }

    /** The provider's page to go to. @param next a path of ours, or null */
    String begin(Visit visit, StaffProviders.Provider provider, String next) {
        String verifier = sessions.newCookie();
        String nonce = sessions.newCookie();
        var state = new java.util.HashMap<>(Map.of(FORCE, provider.force(), VERIFIER, verifier, NONCE, nonce, COOKIE, visit.cookie()));
        SignInSteps.path(next).ifPresent(p -> state.put(SignInSteps.NEXT, p));
        String address = providers.endpoints(provider).authorize();
        return address + (address.contains("?") ? "&" : "?") + "response_type=code&client_id=" + Visit.encode(provider.client())
            + "&redirect_uri=" + Visit.encode(returnAddress()) + "&scope=" + Visit.encode(provider.scope())
            + "&state=" + carried.pack(state) + "&nonce=" + nonce + "&code_challenge=" + challenge(verifier)
            + "&code_challenge_method=S256";
    }

    /** @return empty where this is no answer to what this browser asked */
    Optional<Back> back(Visit visit, String code, String state) {
        Map<String, String> asked = carried.open(state);
        if (code == null || !visit.cookie().equals(asked.get(COOKIE))) {
            return Optional.empty();
        }
        Optional<StaffProviders.Provider> provider = providers.of(asked.get(FORCE));
        return provider.flatMap(p -> providers.tokens(p, Map.of("grant_type", "authorization_code", "code", code,
                "redirect_uri", returnAddress(), "code_verifier", asked.get(VERIFIER))))
            .filter(given -> asked.get(NONCE).equals(claim(given.path("id_token").asText(), NONCE)))
            .map(given -> new Back(tokens(given, null, asked.get(FORCE)), asked));
    }

    /** @return empty where the provider gives no more: sign in again */
    Optional<PageSession.Tokens> renewed(PageSession.Tokens old) {
        return providers.of(old.force()).flatMap(p -> providers.tokens(p, Map.of("grant_type", "refresh_token",
            "refresh_token", old.refresh()))).map(given -> tokens(given, old.refresh(), old.force()));
    }

    private PageSession.Tokens tokens(JsonNode given, String refresh, String force) {
        String access = given.path("access_token").asText();
        Instant until = clock.instant().plusSeconds(given.path("expires_in").asLong(300));
        return new PageSession.Tokens(access, until, given.path("refresh_token").asText(refresh), force + ':' + claim(access, "sub"),
            null, force, claim(access, "name"));
    }

    private String returnAddress() {
        return settings.publicUrl() + "/staff/sign-in/return";
    }

    /** A claim as text, for what decides nothing: whether a token is true is the API's to say. */
    private static String claim(String token, String name) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
            return claims.getClaim(name) instanceof String text ? text : null;
        } catch (ParseException e) {
            return null;
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
