package uk.waymark.platform;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * {@code Idempotency-Key}: the same key and request create once. Written in the transaction that creates; keeps the
 * created id, never the answer.
 */
@Singleton
public final class Idempotency {
    private static final Duration KEPT = Duration.ofHours(24);
    private final Sealing sealing;
    private final MachineClock clock;

    Idempotency(Sealing sealing, MachineClock clock) {
        this.sealing = sealing;
        this.clock = clock;
    }

    /** @param repeated nothing was created: the id is that of the first time */
    public record Created(UUID id, boolean repeated) { }

    private record Known(byte[] request, UUID id, Instant at) { }

    /**
     * Creates, unless this key was used before.
     *
     * @param operation the contract's operationId
     * @param key       as sent, or null: then it always creates
     * @param request   everything that makes it the same request, as text
     * @param create    makes the resource on the same connection and gives its id
     * @throws ProblemException 422 where the key came with another request, 409 while the first one still runs
     */
    public Created once(Connection c, Caller caller, String operation, String key, String request,
                        Supplier<UUID> create) {
        if (key == null) {
            return new Created(create.get(), false);
        }
        byte[] keyHash = sha256(key);
        hold(c, name(caller) + ' ' + operation + ' ' + key);
        Optional<Known> known = find(c, caller, operation, keyHash);
        if (known.isPresent()) {
            return repeat(known.get(), request);
        }
        UUID id = create.get();
        Sql.run(c, """
            insert into waymark.idempotency_key
                   (caller, operation, key_hash, request_mac, created_id, force_id, account_id, created_at)
            values (?, ?, ?, ?, ?, waymark.ctx_force(), waymark.ctx_account(), ?)
            on conflict (caller, operation, key_hash) do update set request_mac = excluded.request_mac,
                created_id = excluded.created_id, created_at = excluded.created_at""",
            name(caller), operation, keyHash, sealing.key("idempotency", request), id, clock.instant());
        return new Created(id, false);
    }

    /** Two forces' identity providers may well call two people the same. */
    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.Person p -> p.auditName();
            case Caller.Nobody n -> n.auditName();
            default -> caller.auditName() + '@' + caller.requireForce();
        };
    }

    private static void hold(Connection c, String what) {
        boolean held = Sql.one(c, "select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as held",
            r -> r.getBoolean("held"), what).orElseThrow();
        if (!held) {
            throw ProblemException.stillRunning(Duration.ofSeconds(1));
        }
    }

    private Optional<Known> find(Connection c, Caller caller, String operation, byte[] keyHash) {
        return Sql.one(c, """
            select request_mac, created_id, created_at from waymark.idempotency_key
             where caller = ? and operation = ? and key_hash = ?""",
            r -> new Known(r.getBytes("request_mac"), Sql.uuid(r, "created_id"), Sql.instant(r, "created_at")),
            name(caller), operation, keyHash).filter(k -> k.at().isAfter(clock.instant().minus(KEPT)));
    }

    private Created repeat(Known known, String request) {
        for (byte[] mac : sealing.keys("idempotency", request)) {
            if (MessageDigest.isEqual(mac, known.request())) {
                return new Created(known.id(), true);
            }
        }
        throw ProblemException.of(io.micronaut.http.HttpStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused",
            "That key was used for something else",
            "This Idempotency-Key came with another request before. Use a new key for each thing you create.");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
