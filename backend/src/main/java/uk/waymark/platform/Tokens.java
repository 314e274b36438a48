package uk.waymark.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Our own access tokens for victims and witnesses: JWT, HS256, ten minutes. They name account and session only; whose
 * cases those are is asked of the database at every call.
 */
public final class Tokens {
    public static final Duration LIFETIME = Duration.ofMinutes(10);
    static final String ISSUER = "waymark";
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final Set<String> CLAIMS = Set.of("sub", "sid", "auth_time", "exp");
    private final byte[] secret;
    private final MachineClock clock;

    /** @param secret at least 32 bytes */
    public Tokens(byte[] secret, MachineClock clock) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("the token secret has fewer than 32 bytes");
        }
        this.secret = secret.clone();
        this.clock = clock;
    }

    /** @param authTime when the person last proved who they are */
    public String issue(UUID account, UUID session, Instant authTime) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder().issuer(ISSUER).subject(account.toString())
            .claim("sid", session.toString()).claim("auth_time", authTime.getEpochSecond())
            .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(LIFETIME))).build();
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims);
        try {
            jwt.sign(new MACSigner(secret));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }

    /** Signature and expiry hold; whether the session is alive is the database's to say. */
    Optional<Caller.Person> verify(SignedJWT jwt) {
        return read(jwt, false);
    }

    /** The session that a token names, expired or not: leaving must work on a dead token too. */
    public Optional<UUID> sessionOf(String token) {
        try {
            return read(SignedJWT.parse(token), true).map(Caller.Person::session);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Optional<Caller.Person> read(SignedJWT jwt, boolean evenExpired) {
        try {
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm()) || !TYPE.equals(jwt.getHeader().getType())
                    || !jwt.verify(new MACVerifier(secret))) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            if (!claims.getClaims().keySet().containsAll(CLAIMS)) {
                return Optional.empty();
            }
            if (!evenExpired && !clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
                return Optional.empty();
            }
            return Optional.of(new Caller.Person(UUID.fromString(claims.getSubject()),
                UUID.fromString(claims.getStringClaim("sid")), Instant.ofEpochSecond(claims.getLongClaim("auth_time"))));
        } catch (JOSEException | ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
