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
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
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
    /** One member of staff a role, the same in both forces. */
    private static final Map<String, String> NAMES = Map.of("witness_care", "Ruth Pemberton", "victim_care", "Owain Prosser",
        "officer", "Callum Strand", "supervisor", "Farida Noor", "analyst", "Joanna Lindqvist", "administrator", "Petra Vale");
    /** Made once by a process: a key takes a second, and tests start a hundred sandboxes that have none yet. */
    private static final Map<String, String> MADE = new ConcurrentHashMap<>();
    private final Settings settings;
    private final MachineClock clock;
    private final Notes notes;
    private final Map<String, RSAKey> keys = new ConcurrentHashMap<>();

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
            "response_types_supported", List.of("token"), "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    /** The public part of the force's key. */
    Map<String, Object> publicKey(SandboxForces.Force force) {
        return key(force).toPublicJWK().toJSONObject();
    }

    /** @param role a role of staff, or {@code system} */
    String token(SandboxForces.Force force, String role) {
        Instant now = clock.instant();
        RSAKey key = key(force);
        var claims = new JWTClaimsSet.Builder().issuer(issuer(force)).audience(SandboxForces.AUDIENCE)
            .subject(force.code() + "-" + role.replace('_', '-')).claim("roles", List.of(role))
            .claim("unit", force.code() + "-unit").claim("name", NAMES.get(role))
            .claim("family_name", familyName(role)).claim("acr", "mfa")
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(LIFETIME))).build();
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID())
            .type(new JOSEObjectType("at+jwt")).build(), claims);
        try {
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    private static String familyName(String role) {
        String name = NAMES.get(role);
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
