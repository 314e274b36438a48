package uk.waymark.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Machine time, never moved by the sandbox: tokens, codes, sessions, rate limits, leases, audit times. Tests give it a
 * source of their own.
 */
public final class MachineClock implements InstantSource {
    private final InstantSource source;

    public MachineClock(InstantSource source) {
        this.source = source;
    }

    /** Microseconds, as PostgreSQL keeps them. */
    @Override
    public Instant instant() {
        return source.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
