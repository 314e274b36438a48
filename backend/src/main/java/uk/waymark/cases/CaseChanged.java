package uk.waymark.cases;

import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;

/**
 * An event was accepted and the case follows from it. Published inside the transaction, on its connection, so that what
 * listens (duties, reminders, reports) commits or fails with it.
 *
 * @param notifies false for history: duties of the past are not opened by it
 */
public record CaseChanged(Connection connection, UUID force, UUID caseId, UUID eventId, EventType type, Instant occurredAt,
                          Instant receivedAt, boolean notifies) { }
