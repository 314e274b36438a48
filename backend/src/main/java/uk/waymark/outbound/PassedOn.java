package uk.waymark.outbound;

import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;

/** A feature that shows when the force has what it put out. One bean for each type of parcel at most. */
public interface PassedOn {

    /** The type of parcel that it is told of. */
    String type();

    /**
     * The force's system has said that it has it; in the transaction that records this, once per parcel.
     *
     * @param subject as it was put
     * @param reference what the force's system calls it, or null
     * @param at case time
     */
    void passedOn(Connection connection, UUID force, UUID subject, String reference, Instant at);
}
