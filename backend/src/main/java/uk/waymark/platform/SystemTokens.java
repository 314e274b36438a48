package uk.waymark.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Access tokens that we give to the systems of forces: JWT, HS256, thirty minutes. They name the client and the secret
 * that it came with; whether both still count, and for which force, is asked of the database at every call.
 *
 * <p>The key is derived from the one that signs the tokens of people, and issuer, type and audience are others: neither
 * kind can pass for the other, even where a check should be forgotten.
 */
@Singleton
public final class SystemTokens {
    public static final Duration LIFETIME = Duration.ofMinutes(30);
    static final String ISSUER = "waymark-systems";
    private static final String AUDIENCE = "waymark-bridge";
    private static final String SECRET = "secret";
    private static final JOSEObjectType TYPE = new JOSEObjectType("system+jwt");
    private static final Set<String> CLAIMS = Set.of("sub", SECRET, "aud", "exp");
    private final byte[] key;
    private final ActingAs acting;
    private final MachineClock clock;

    /** A client that has shown its secret. */
    public record Client(UUID id, UUID secret) { }

    private record Alive(String name, UUID force) { }

    SystemTokens(Settings settings, ActingAs acting, MachineClock clock) {
        this.key = derived(settings.tokenSecret());
        this.acting = acting;
        this.clock = clock;
    }

    private static byte[] derived(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal("tokens of systems".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot derive a key", e);
        }
    }

    public String issue(Client client) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder().issuer(ISSUER).audience(AUDIENCE).subject(client.id().toString())
            .claim(SECRET, client.secret().toString())
            .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(LIFETIME))).build();
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims);
        try {
            jwt.sign(new MACSigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    /**
     * Who this token stands for; empty when it cannot be trusted, has run out, or its client or secret counts no
     * longer.
     */
    Optional<Caller> verify(SignedJWT jwt) {
        return read(jwt).flatMap(this::alive).map(SystemTokens::caller);
    }

    private Optional<Client> read(SignedJWT jwt) {
        try {
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !TYPE.equals(jwt.getHeader().getType())
                    || !jwt.verify(new MACVerifier(key))) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            boolean fits = claims.getClaims().keySet().containsAll(CLAIMS) && ISSUER.equals(claims.getIssuer())
                && List.of(AUDIENCE).equals(claims.getAudience())
                && clock.instant().isBefore(claims.getExpirationTime().toInstant());
            return fits ? Optional.of(new Client(UUID.fromString(claims.getSubject()),
                UUID.fromString(claims.getStringClaim(SECRET)))) : Optional.empty();
        } catch (JOSEException | ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Alive> alive(Client client) {
        return acting.as(new Caller.Nobody(), c -> Sql.one(c,
            "select client_id, force_id from waymark.gate_system_token(?, ?, ?)",
            r -> new Alive(r.getString("client_id"), Sql.uuid(r, "force_id")),
            client.id(), client.secret(), clock.instant()));
    }

    private static Caller caller(Alive client) {
        return client.force() == null ? new Caller.NationalSystem(client.name())
            : new Caller.System(client.force(), client.name());
    }
}
