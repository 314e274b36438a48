package uk.waymark.notifications;

import java.sql.SQLException;

/** The database refused a statement. Carries the SQL state, never a value. */
public final class NotificationsException extends RuntimeException {

    NotificationsException(SQLException cause) {
        super("the database refused a statement (SQL state " + cause.getSQLState() + ")", cause);
    }
}
