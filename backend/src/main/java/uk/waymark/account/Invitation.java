package uk.waymark.account;

import java.time.Instant;
import java.util.UUID;

/**
 * A force asks one person to sign up.
 *
 * @param state     {@code open}, {@code taken_up}, {@code withdrawn} or {@code expired}
 * @param code      to hand over, where the caller may have it now; else null
 * @param expiresAt machine time
 */
public record Invitation(UUID id, UUID person, HandOver handOver, String state, String code, Instant expiresAt) {

    /** Without the code. */
    @Override
    public String toString() {
        return "Invitation[" + id + ", " + state + "]";
    }
}
