package uk.waymark.notifications.bench;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast a counter grows to its end, leaving out the first part, in which code is still being compiled. */
final class Pace {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Pace() {
    }

    /** @return how many a second, from {@code from} to {@code to} */
    static double measure(LongSupplier counter, long from, long to) throws InterruptedException {
        long began = await(counter, from);
        long first = counter.getAsLong();
        long ended = await(counter, to);
        return (to - first) * 1e9 / (ended - began);
    }

    private static long await(LongSupplier counter, long goal) throws InterruptedException {
        long last = -1;
        long moved = System.nanoTime();
        for (long now = counter.getAsLong(); now < goal; now = counter.getAsLong()) {
            if (now != last) {
                last = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new IllegalStateException("stuck at " + now + " of " + goal);
            }
            Thread.sleep(2);
        }
        return System.nanoTime();
    }
}
