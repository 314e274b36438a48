package uk.waymark.notifications;

import java.time.Instant;
import java.util.UUID;

/** The moment inside a version 7 UUID: what messages and attempts are partitioned by. */
final class IdTime {

    private IdTime() {
    }

    /** @throws IllegalArgumentException for a UUID of another version, which would land in the default partition */
    static Instant of(UUID id) {
        if (id.version() != 7) {
            throw new IllegalArgumentException("ids must be version 7 UUIDs, not version " + id.version());
        }
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /** Not above any id made from then on. */
    static UUID first(Instant from) {
        return new UUID(from.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);
    }
}
