package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.sql.Connection;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/**
 * Whether somebody is of the own force. There is no list of staff: the force's identity provider says who is, to each as they sign in, so
 * whoever has looked at somebody here before is, and whoever can be chosen by name.
 */
@Singleton
public final class KnownStaff {

    /**
     * @param c       of a transaction that acts for {@code staff}
     * @param name    as their identity provider names them; null for nobody
     * @param pointer to where it stands in the request
     * @throws ProblemException 422 for somebody whom nobody knows here: what is given to them would wait for nobody
     */
    public void check(Connection c, Caller.Staff staff, String name, String pointer) {
        if (name == null || name.equals(staff.subject())) {
            return;
        }
        String caller = Colleagues.caller(staff, name);
        boolean known = Sql.one(c, """
            select exists (select 1 from waymark.audit_log where force_id = ? and caller = ? and person_id is not null)
                or exists (select 1 from waymark.staff_name where force_id = ? and caller = ? and takes_items) as known""",
            r -> r.getBoolean("known"), staff.force(), caller, staff.force(), caller).orElseThrow();
        if (!known) {
            throw ProblemException.unprocessable(pointer, "Nobody of your force has worked here under this name. Check how it is written, or have "
                + "them sign in and open a case once; or leave it out.");
        }
    }
}
