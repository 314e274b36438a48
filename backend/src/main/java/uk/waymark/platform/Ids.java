package uk.waymark.platform;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time-ordered UUIDs, version 7 (RFC 9562): 48 bits of milliseconds of machine time, 12 that count, 62 random bits. What one server
 * makes is in the order in which it was made, so that what one transaction writes is read in that order.
 */
@Singleton
public final class Ids implements uk.waymark.notifications.Ids {
    /** How far the last one may be ahead of a thread that has read the clock before; further, and the clock was set back. */
    private static final long MILLIS_AHEAD = 10;
    private static final long LARGEST_COUNT = 0x0FFF;
    private final MachineClock clock;
    private final SecureRandom random = new SecureRandom();
    /** The high half of the last one: time, version and count. */
    private final AtomicLong last = new AtomicLong();

    public Ids(MachineClock clock) {
        this.clock = clock;
    }

    @Override
    public UUID next() {
        long millis = clock.millis();
        // each millisecond's count begins at random in the lower half, which leaves room and tells nobody which was its first
        long first = millis << 16 | 0x7000L | random.nextInt() & 0x07FFL;
        long high = last.updateAndGet(before -> {
            long ahead = (before >>> 16) - millis;
            return ahead < 0 || ahead > MILLIS_AHEAD ? first : after(before);
        });
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** The next count, or where there is none left the next millisecond. */
    private static long after(long high) {
        return (high & LARGEST_COUNT) < LARGEST_COUNT ? high + 1 : (high >>> 16) + 1 << 16 | 0x7000L;
    }
}
