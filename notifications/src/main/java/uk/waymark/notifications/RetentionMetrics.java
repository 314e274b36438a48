package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of keeping and forgetting. */
final class RetentionMetrics {

    private final MeterRegistry meters;
    private final AtomicLong untold;
    private final AtomicLong untoldSeconds;
    private final AtomicLong overdueSeconds;
    private final AtomicLong unerased;
    private final AtomicLong unerasedSeconds;

    RetentionMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.untold = meters.gauge("notifications.untold", new AtomicLong());
        this.untoldSeconds = meters.gauge("notifications.untold.oldest.seconds", new AtomicLong());
        this.overdueSeconds = meters.gauge("notifications.words.overdue.seconds", new AtomicLong());
        this.unerased = meters.gauge("notifications.unerased", new AtomicLong());
        this.unerasedSeconds = meters.gauge("notifications.unerased.oldest.seconds", new AtomicLong());
        // there from the first, so that a rate over it is 0 and not nothing
        meters.counter("notifications.told");
        meters.counter("notifications.wiped");
        meters.counter("notifications.forgotten");
    }

    void told(int messages) {
        meters.counter("notifications.told").increment(messages);
    }

    void wiped(int messages) {
        meters.counter("notifications.wiped").increment(messages);
    }

    void forgotten(int messages) {
        meters.counter("notifications.forgotten").increment(messages);
    }

    void erasure(String provider, String result) {
        meters.counter("notifications.erasures", "provider", provider, "result", result).increment();
    }

    void waiting(long toTell, long toTellSeconds, long overdue, long toErase, long toEraseSeconds) {
        untold.set(toTell);
        untoldSeconds.set(toTellSeconds);
        overdueSeconds.set(overdue);
        unerased.set(toErase);
        unerasedSeconds.set(toEraseSeconds);
    }
}
