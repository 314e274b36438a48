package uk.waymark.account;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;
import uk.waymark.platform.SystemTokens;
import uk.waymark.platform.TokenRefused;

/** How a force's system gets its token: its secret for one that lasts half an hour. */
@Singleton
final class SystemSignIn {
    private final ActingAs acting;
    private final Limits limits;
    private final SystemTokens tokens;
    private final MachineClock clock;

    SystemSignIn(ActingAs acting, Limits limits, SystemTokens tokens, MachineClock clock) {
        this.acting = acting;
        this.limits = limits;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * @param address where the request came from
     * @throws TokenRefused where the client and its secret do not count
     * @throws uk.waymark.platform.ProblemException 429 after too many from this address
     */
    String token(String client, String secret, String address) {
        limits.count(new Limits.Counted(Limits.Kind.SYSTEM_TOKENS_OF_ADDRESS, address));
        if (client.indexOf('\0') >= 0) {
            throw TokenRefused.client();
        }
        return tokens.issue(acting.as(new Caller.Nobody(), c -> Sql.one(c,
            "select client, secret from waymark.gate_system_secret(?, ?, ?)",
            r -> new SystemTokens.Client(Sql.uuid(r, "client"), Sql.uuid(r, "secret")),
            client, hash(secret), clock.instant())).orElseThrow(TokenRefused::client));
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
