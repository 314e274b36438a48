package uk.waymark.platform;

import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Our own access tokens whose signature was checked less than a minute ago, by their hash. It says only who signed what:
 * whether the session is alive is asked of the database at every request all the same.
 */
@Singleton
final class VerifiedTokens {
    private static final Duration KEPT = Duration.ofSeconds(60);
    /** About 300 bytes each. */
    private static final int MOST = 50_000;

    private final MachineClock clock;
    private final ConcurrentHashMap<Hash, Known> tokens = new ConcurrentHashMap<>();

    VerifiedTokens(MachineClock clock) {
        this.clock = clock;
    }

    private record Hash(long a, long b, long c, long d) { }

    private record Known(Authentication authentication, Instant until) { }

    /** @return null for one that is not known, or not any more */
    Authentication find(String token) {
        Known known = tokens.get(hash(token));
        return known != null && clock.instant().isBefore(known.until()) ? known.authentication() : null;
    }

    /** @param expires of the token; it is forgotten then at the latest */
    void keep(String token, Authentication authentication, Instant expires) {
        Instant now = clock.instant();
        if (tokens.size() >= MOST) {
            tokens.values().removeIf(k -> !now.isBefore(k.until()));
        }
        if (tokens.size() >= MOST) {
            tokens.clear();
        }
        Instant latest = now.plus(KEPT);
        tokens.put(hash(token), new Known(authentication, expires.isBefore(latest) ? expires : latest));
    }

    private static Hash hash(String token) {
        try {
            var bytes = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
            return new Hash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
