package uk.waymark.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * Work that falls due at a moment of case time. In production a loop does it; the sandbox's clock, when it is moved, goes
 * from due moment to due moment and has it done at each.
 */
public interface DueWork {

    /** The next moment after now at which something falls due. */
    Optional<Instant> nextDue();

    /** Does everything that is due now, and returns when it is done. */
    void drain();
}
