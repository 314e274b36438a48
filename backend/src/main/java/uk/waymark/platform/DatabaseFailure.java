package uk.waymark.platform;

import java.sql.SQLException;

/** An unexpected failure of the database. Carries the SQL state, never a value: PostgreSQL's texts may quote rows. */
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String sqlState;

    public DatabaseFailure(SQLException cause) {
        super("database failure, SQL state " + cause.getSQLState());
        this.sqlState = cause.getSQLState();
        setStackTrace(cause.getStackTrace());
    }

    public String sqlState() {
        return sqlState;
    }
}
