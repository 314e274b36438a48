package uk.waymark.notifications;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Repeats a transaction while the database is away or other transactions are in the way. The answer of a provider is worth
 * that: without its record the message becomes unknown.
 */
final class Persistently {

    /** Of a statement that takes too long. */
    private static final int TRIES = 3;

    private final Outage outage;
    private final Duration atMost;
    private final BooleanSupplier closing;

    /** @param closing when it begins to say so, there is still {@code atMost} for what is being tried */
    Persistently(Outage outage, Duration atMost, BooleanSupplier closing) {
        this.outage = outage;
        this.atMost = atMost;
        this.closing = closing;
    }

    /**
     * Tries until it works.
     *
     * @throws NotificationsException the last failure, where the time is up, or at once where a statement is wrong
     */
    <T> T run(Supplier<T> work) {
        long end = 0;
        int tooLong = 0;
        while (true) {
            try {
                T result = work.get();
                outage.worked();
                return result;
            } catch (NotificationsException e) {
                tooLong += Outage.tookTooLong(e) ? 1 : 0;
                if (!passing(e) || tooLong == TRIES) {
                    throw e;
                }
                if (closing.getAsBoolean()) {
                    end = end == 0 ? System.nanoTime() + atMost.toNanos() : end;
                    if (System.nanoTime() - end > 0) {
                        throw e;
                    }
                }
                pause(e);
            }
        }
    }

    private static boolean passing(NotificationsException e) {
        return Outage.is(e) || Outage.met(e) || Outage.tookTooLong(e);
    }

    private void pause(NotificationsException failure) {
        Duration rest = Outage.is(failure) ? outage.failed(failure) : Duration.ofMillis(50);
        try {
            Thread.sleep(rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
