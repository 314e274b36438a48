package uk.waymark;

import java.sql.SQLException;
import uk.waymark.platform.DatabaseFailure;

/** What can be said of a failure of the database without repeating its text, which may hold values. */
final class Failures {
    private Failures() { }

    static String sqlState(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException e && e.getSQLState() != null) {
                return "SQL state " + e.getSQLState();
            }
            if (t instanceof DatabaseFailure e) {
                return "SQL state " + e.sqlState();
            }
        }
        return failure.getClass().getSimpleName();
    }
}
