package uk.waymark.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Case time: events, duties, reminders, quiet hours, message expiry, retention. The sandbox can move it forward; nothing
 * that guards access (tokens, codes, limits, leases) may read it: see {@link MachineClock}.
 */
public final class CaseClock implements InstantSource {
    private final InstantSource source;

    public CaseClock(InstantSource source) {
        this.source = source;
    }

    /** Microseconds, as PostgreSQL keeps them, so that what is read back equals what was written. */
    @Override
    public Instant instant() {
        return source.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
