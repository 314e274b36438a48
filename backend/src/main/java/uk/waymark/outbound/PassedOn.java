package uk.waymark.outbound;

import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;

/** A feature that shows when the force has what it put out. One bean for each type of parcel at most. */
public interface PassedOn {

    /** What is to follow where it has not been taken for too long. */
    enum Late {
        /** Staff are told. */
        TELL,
        /** Somebody is at it: to be looked at again, after as long again. */
        WAIT,
        /** Staff know already, or nobody has to. */
        KNOWN
    }

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

    /**
     * Asked right before it leaves, or is fetched. Where it may not, whoever put it has taken it back ({@link Outbound#withdraw}) in this
     * transaction.
     *
     * @param c of a transaction of a system or a worker of the force @param subject as it was put
     */
    default boolean mayLeave(Connection c, UUID subject) {
        return true;
    }

    /** The same where what was put decides it too. */
    default boolean mayLeave(Connection c, Waiting waiting) {
        return mayLeave(c, waiting.subject());
    }

    /** What was taken back while it was being handed over is there: it was not passed on, and somebody has to know. */
    default void arrivedAllTheSame(Connection c, UUID subject) { }

    /** It has waited for too long. @param c of a transaction of a worker of the force @param subject as it was put */
    default Late late(Connection c, UUID subject) {
        return Late.TELL;
    }
}
