package uk.waymark.staff;

import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.Caller;

/**
 * Staff completed an item; published in the transaction that says so, so that a listener's part commits with it.
 *
 * @param connection of that transaction, acting for {@code by}
 * @param outcome    of the contract's {@code QueueOutcome}, one that fits the kind
 * @param subjectId  what the item was about, or null; of {@code text_held}, the event
 */
public record WorkItemCompleted(Connection connection, Caller.Staff by, UUID id, String kind, UUID caseId,
                                UUID personId, UUID subjectId, String outcome) {
}
