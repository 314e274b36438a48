package uk.waymark.forces;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;

/**
 * Clients and their secrets. A secret is 256 random bits, shown once and kept as a SHA-256 hash only: there is nothing
 * in it to guess, so a slow hash such as bcrypt would protect nothing and cost something at each token.
 */
final class SystemClients {
    /** For how long the secret before still counts, so that nobody has to be quick. */
    static final Duration BOTH_COUNT = Duration.ofDays(1);
    /** So that a secret that strays into a repository or a log is recognised by those who scan for them. */
    private static final String PREFIX = "wms_";
    private static final int BYTES = 32;
    private final Connection c;
    private final Ids ids;
    private final Instant now;
    private final SecureRandom random = new SecureRandom();

    /** @param now machine time */
    SystemClients(Connection c, Ids ids, Instant now) {
        this.c = c;
        this.ids = ids;
        this.now = now;
    }

    /** @return its secret, which nobody can ask for again */
    String create(UUID force, String clientId) {
        UUID id = ids.next();
        Sql.run(c, "insert into waymark.system_client (id, client_id, force_id, created_at) values (?, ?, ?, ?)",
            id, clientId, force, now);
        return addSecret(id);
    }

    /** One that was revoked counts again, with a new secret and none of the old ones. */
    String bringBack(UUID client) {
        endSecrets(client, now);
        Sql.run(c, "update waymark.system_client set revoked_at = null where id = ?", client);
        return addSecret(client);
    }

    /** From now on neither it nor any of its tokens counts. */
    void revoke(UUID client) {
        Sql.run(c, "update waymark.system_client set revoked_at = ? where id = ?", now, client);
    }

    /**
     * @param atOnce the secret before ends now, with its tokens; otherwise after a day. One before that ends now anyway
     */
    String rotate(UUID client, boolean atOnce) {
        Sql.run(c, """
            update waymark.system_secret set expires_at = ?
             where system_client_id = ? and expires_at > ?""", now, client, now);
        endSecrets(client, atOnce ? now : now.plus(BOTH_COUNT));
        return addSecret(client);
    }

    private void endSecrets(UUID client, Instant at) {
        Sql.run(c, """
            update waymark.system_secret set expires_at = ?
             where system_client_id = ? and (expires_at is null or expires_at > ?)""", at, client, at);
    }

    private String addSecret(UUID client) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Sql.run(c, "insert into waymark.system_secret (id, system_client_id, secret_hash, created_at) values (?, ?, ?, ?)",
            ids.next(), client, hash(secret), now);
        return secret;
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
