package uk.waymark.notifications;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections of another source, as long as the database is not said to be away. */
final class Gate implements DataSource {

    private final DataSource source;
    private volatile boolean shut;
    private volatile Runnable before = () -> { };

    Gate(DataSource source) {
        this.source = source;
    }

    void shut(boolean away) {
        shut = away;
    }

    /** Runs this in front of each connection that is given out. */
    void before(Runnable what) {
        before = what;
    }

    @Override
    public Connection getConnection() throws SQLException {
        before.run();
        if (shut) {
            throw new SQLException("connection refused", "08001");
        }
        return source.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // nothing is written
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the other source's
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
