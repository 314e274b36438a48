package uk.waymark.platform;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.UUID;

/** Time-ordered UUIDs, version 7 (RFC 9562): 48 bits of milliseconds of machine time, 74 random bits. */
@Singleton
public final class Ids implements uk.waymark.notifications.Ids {
    private final MachineClock clock;
    private final SecureRandom random = new SecureRandom();

    public Ids(MachineClock clock) {
        this.clock = clock;
    }

    @Override
    public UUID next() {
        long millis = clock.millis();
        long high = (millis << 16) | 0x7000L | (random.nextInt() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
