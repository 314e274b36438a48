package uk.waymark.changes;

import java.sql.Connection;
import java.util.UUID;

/**
 * A person's number or address has taken effect that they had confirmed on itself; published in the transaction that makes it
 * so, which acts for the person's force.
 *
 * @param what    {@code mobile}, {@code email} or {@code postal_address}
 * @param allowed whether staff allowed it, who had been asked
 */
public record ContactChanged(Connection connection, UUID force, UUID person, String what, boolean allowed) { }
