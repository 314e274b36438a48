package uk.waymark.staff;

import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.Caller;

/**
 * Staff completed an item, or taking it on showed that it must not be done any more; published in the transaction that says so, so that a listener's part commits with it.
 *
 * @param connection of that transaction, acting for {@code by}
 * @param outcome    of the contract's {@code QueueOutcome}, one that fits the kind; or {@link #NO_LONGER_SAFE}
 * @param posted     that what is done of it is that a letter was posted
 * @param subjectId  what the item was about, or null; of {@code text_held}, the event
 */
public record WorkItemCompleted(Connection connection, Caller.Staff by, UUID id, String kind, UUID caseId,
                                UUID personId, UUID subjectId, String outcome, boolean posted) {

    public WorkItemCompleted(Connection connection, Caller.Staff by, UUID id, String kind, UUID caseId, UUID personId, UUID subjectId,
                             String outcome) {
        this(connection, by, id, kind, caseId, personId, subjectId, outcome, "posted".equals(outcome));
    }

    /** Of what was to be rung or posted: the person must not be told so any more. */
    public static final String NO_LONGER_SAFE = "no_longer_safe";
}
