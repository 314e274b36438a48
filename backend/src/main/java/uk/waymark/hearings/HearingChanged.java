package uk.waymark.hearings;

import java.sql.Connection;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A court date came up, changed or went, or somebody else has to be there. Published inside the transaction of the event that
 * did it, on its connection; never where everything stayed as it was.
 *
 * @param before   as it stood; null where it is new
 * @param now      as it stands
 * @param mergedInto where it is gone because it is the same as another hearing, that one; else null
 * @param called   who has to be there from now on
 * @param dewarned who has to be there no longer, though the hearing may take place; also who takes part no longer
 * @param news     false for history and for what staff or the calendar changed: nobody is told anything because of it
 */
public record HearingChanged(Connection connection, UUID force, CourtHearing before, CourtHearing now, UUID mergedInto, Set<UUID> called,
                             Set<UUID> dewarned, boolean news, Instant at) {

    /** Which. */
    public UUID hearing() {
        return now.id();
    }
}
