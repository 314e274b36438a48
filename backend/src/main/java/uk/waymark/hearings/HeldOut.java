package uk.waymark.hearings;

import java.sql.Connection;
import java.util.UUID;

/** Who is not to have the extra reminders, so that it can be seen whether these do any good. */
public interface HeldOut {

    /**
     * Asked of each reminder of a plan when it falls due; never of the notice of a date, its change or its end, and never of
     * what staff send.
     *
     * @param c of a transaction that acts for the force
     */
    boolean extra(Connection c, UUID hearing, UUID person);
}
