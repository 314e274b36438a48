package uk.waymark.platform;

import java.sql.Connection;

/** Whether lists that tell where and how an account is used may be shown now: its person may keep them back. */
public interface ActivityShown {

    /** @param c of a transaction of this view; false: answer as if there were nothing to list */
    boolean shown(Connection c, Caller.OwnView view);
}
