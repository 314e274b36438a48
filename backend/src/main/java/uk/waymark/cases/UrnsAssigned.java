package uk.waymark.cases;

import java.sql.Connection;
import java.util.List;
import java.util.UUID;

/**
 * A case got URNs that it had not before. Published inside the transaction, on its connection.
 *
 * @param urns as the force wrote them
 */
public record UrnsAssigned(Connection connection, UUID force, UUID caseId, List<String> urns) { }
