package uk.waymark.notifications;

import java.sql.SQLException;

/** The database refused a statement. Carries the SQL state, never a value. */
public final class NotificationsException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String sqlState;

    NotificationsException(SQLException cause) {
        super("the database refused a statement (SQL state " + cause.getSQLState() + ")", cause);
        this.sqlState = cause.getSQLState();
    }

    /** What PostgreSQL calls it: a caller whose transaction met another head-on (40P01) may run it again. */
    public String sqlState() {
        return sqlState;
    }
}
