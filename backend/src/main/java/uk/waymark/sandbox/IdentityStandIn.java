package uk.waymark.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.SandboxSecrets;
import uk.waymark.platform.Settings;

/** The identity provider of each fictional force: its own RSA key, discovery, and tokens for staff and systems. */
@Singleton
@Requires(env = "sandbox")
final class IdentityStandIn {
    static final Duration LIFETIME = Duration.ofHours(1);
    /** By which the pages of this server are known. */
    static final String PAGES_CLIENT = "waymark-pages";
    /** One member of staff a role, the same in both forces, in the order in which they are offered. */
    static final Map<String, String> STAFF = staff();
    private static final Duration CODE_HOLDS = Duration.ofMinutes(5);
    private static final int MOST_CODES = 1_000;
    /** Made once by a process: a key takes a second, and tests start a hundred sandboxes that have none yet. */
    private static final Map<String, String> MADE = new ConcurrentHashMap<>();
    private final Settings settings;
    private final MachineClock clock;
    private final Notes notes;
    private final Map<String, RSAKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Coded> codes = new ConcurrentHashMap<>();

    /** Who has signed in, until they are back. */
    private record Coded(String force, String role, String challenge, String nonce, Instant until) { }

    IdentityStandIn(Settings settings, MachineClock clock, Notes notes) {
        this.settings = settings;
        this.clock = clock;
        this.notes = notes;
    }

    String issuer(SandboxForces.Force force) {
        return SandboxForces.issuer(settings.publicUrl(), force.code());
    }

    /** OpenID Connect discovery. */
    Map<String, Object> configuration(SandboxForces.Force force) {
        String issuer = issuer(force);
        return Map.of("issuer", issuer, "jwks_uri", issuer + "/jwks", "token_endpoint", issuer + "/token",
            "authorization_endpoint", issuer + "/authorize", "code_challenge_methods_supported", List.of("S256"),
            "response_types_supported", List.of("code", "token"), "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    /** The public part of the force's key. */
    Map<String, Object> publicKey(SandboxForces.Force force) {
        return key(force).toPublicJWK().toJSONObject();
    }

    /** Where the pages of this server want people back. */
    String returnAddress() {
        return settings.publicUrl() + "/staff/sign-in/return";
    }

    /** A code that works once, for whoever has the verifier. */
    String code(SandboxForces.Force force, String role, String challenge, String nonce) {
        Instant now = clock.instant();
        codes.values().removeIf(c -> !now.isBefore(c.until()));
        if (codes.size() >= MOST_CODES) {
            codes.clear();
        }
        String code = SandboxSecrets.password();
        codes.put(code, new Coded(force.code(), role, challenge, nonce, now.plus(CODE_HOLDS)));
        return code;
    }

    /** @return the tokens for a code; empty where the code or the verifier is not right */
    Optional<Map<String, Object>> exchange(SandboxForces.Force force, String code, String verifier) {
        Coded coded = codes.remove(code);
        if (coded == null || !coded.force().equals(force.code()) || !clock.instant().isBefore(coded.until())
                || !coded.challenge().equals(challenge(verifier))) {
            return Optional.empty();
        }
        return Optional.of(Map.of("access_token", token(force, coded.role()), "token_type", "Bearer", "expires_in", LIFETIME.toSeconds(),
            "id_token", idToken(force, coded)));
    }

    /** @param role a role of staff, or {@code system} */
    String token(SandboxForces.Force force, String role) {
        return signed(force, "at+jwt", claims(force, role, SandboxForces.AUDIENCE).claim("roles", List.of(role))
            .claim("unit", force.code() + "-unit").claim("name", STAFF.get(role)).claim("family_name", familyName(role))
            .claim("acr", "mfa").jwtID(UUID.randomUUID().toString()).build());
    }

    private String idToken(SandboxForces.Force force, Coded coded) {
        return signed(force, "JWT", claims(force, coded.role(), PAGES_CLIENT).claim("nonce", coded.nonce()).build());
    }

    private JWTClaimsSet.Builder claims(SandboxForces.Force force, String role, String audience) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder().issuer(issuer(force)).audience(audience).subject(force.code() + "-" + role.replace('_', '-'))
            .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(LIFETIME)));
    }

    private String signed(SandboxForces.Force force, String type, JWTClaimsSet claims) {
        RSAKey key = key(force);
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(new JOSEObjectType(type)).build(),
            claims);
        try {
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> staff() {
        var staff = new LinkedHashMap<String, String>();
        staff.put("witness_care", "Ruth Pemberton");
        staff.put("supervisor", "Farida Noor");
        staff.put("officer", "Callum Strand");
        staff.put("victim_care", "Owain Prosser");
        staff.put("analyst", "Joanna Lindqvist");
        staff.put("administrator", "Petra Vale");
        return Collections.unmodifiableMap(staff);
    }

    private static String familyName(String role) {
        String name = STAFF.get(role);
        return name == null ? null : name.substring(name.indexOf(' ') + 1);
    }

    static String clientId(SandboxForces.Force force) {
        return force.code() + "-records";
    }

    /** The secret of the force's system, made once for each sandbox and shown on its page. */
    String clientSecret(SandboxForces.Force force) {
        return notes.findOrMake("client-secret-" + force.code(), SandboxSecrets::password);
    }

    private RSAKey key(SandboxForces.Force force) {
        return keys.computeIfAbsent(force.code(), this::loadOrMakeKey);
    }

    private RSAKey loadOrMakeKey(String forceCode) {
        try {
            return RSAKey.parse(notes.findOrMake("signing-key-" + forceCode,
                () -> MADE.computeIfAbsent(forceCode, IdentityStandIn::newKey)));
        } catch (ParseException e) {
            throw new IllegalStateException("a signing key of the sandbox cannot be read", e);
        }
    }

    private static String newKey(String forceCode) {
        try {
            return new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
                .keyID(forceCode + "-1").generate().toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot make a key", e);
        }
    }
}
