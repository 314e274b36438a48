package uk.waymark.messaging;

import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;

/**
 * What another part of Waymark has against messages that are about to go: a family is to be told in person first, this is not
 * a safe hour. Every bean of this type is asked about every batch, in the transaction that decides it, so what it opens
 * for staff is committed with the decision. Where several stand against a message the strictest wins: cancel, then
 * withhold, then the longest hold.
 */
public interface Reservation {

    /**
     * Asked of every message, whether or not there is a way to reach its person.
     *
     * @param c of a transaction that acts for the force of the batch
     * @return one for each message, in their order; null where nothing stands against it; never {@link Decision.Send}
     */
    default List<Decision> before(Connection c, List<Pending> batch) {
        return none(batch);
    }

    /**
     * Asked of what would now leave, by the channel that it would leave by.
     *
     * @param sends one for each message; null where it does not leave for another reason
     * @return as {@link #before}; or the same send with an earlier end, {@link Decision.Send#until}, or in a language that was asked
     *         for with this message
     */
    default List<Decision> sending(Connection c, List<Pending> batch, List<Decision.Send> sends) {
        return none(batch);
    }

    /** Whether it is about hours and amounts alone: what must be told within the hour is not {@link #sending asked} of it. */
    default boolean ofTime() {
        return false;
    }

    private static List<Decision> none(List<Pending> batch) {
        return Collections.nCopies(batch.size(), null);
    }
}
