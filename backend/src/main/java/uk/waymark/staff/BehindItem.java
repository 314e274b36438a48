package uk.waymark.staff;

import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.Caller;

/**
 * A feature with something of its own behind items of the queue, which one claim takes on. Whoever changes both in one transaction locks
 * what is behind the item first and the item after, everywhere: in the other order two of them would wait for each other.
 */
public interface BehindItem {

    /** Before the item is locked: what is behind it is, until the transaction ends. Nothing for items of others. */
    void hold(Connection c, UUID item);

    /**
     * Somebody takes the item on in the queue.
     *
     * @param c of a transaction that acts for them
     * @throws uk.waymark.platform.ProblemException 409 where they cannot take on what is behind it
     */
    default void claimed(Connection c, Caller.Staff by, UUID item) { }

    /** The item is given to somebody, as their identity provider names them. */
    default void given(Connection c, UUID item, String to) { }

    /** Whoever had the item has it no longer, and nobody else has. */
    default void givenBack(Connection c, Caller.Staff by, UUID item) { }

    /**
     * Whether the feature itself says when a claim of it lapses, and gives it back then: the queue leaves it alone. Asked once the item is
     * locked, so nothing may be locked for it.
     */
    default boolean lapsesByItself(Connection c, UUID item) {
        return false;
    }
}
