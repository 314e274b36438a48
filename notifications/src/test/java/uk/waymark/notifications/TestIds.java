package uk.waymark.notifications;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Version 7 UUIDs that grow within one process. */
public final class TestIds implements Ids {

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private long last;

    @Override
    public synchronized UUID next() {
        // 48 bits of milliseconds and 12 of a counter, which runs over into the milliseconds
        last = Math.max(last + 1, clock.millis() << 12);
        long high = (last >>> 12 << 16) | 0x7000 | (last & 0xfff);
        return new UUID(high, random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }
}
