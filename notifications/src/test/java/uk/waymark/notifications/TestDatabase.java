package uk.waymark.notifications;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL, started once, with the roles as in production and the schema migrated by its owner. Each instance
 * is a database of its own, copied from that.
 */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = startServer();

    private final String name = "t" + NUMBER.incrementAndGet();
    private final HikariDataSource app;
    private final HikariDataSource dispatcher;
    private final HikariDataSource superuser;

    public TestDatabase() {
        execute("postgres", "create database " + name + " template base owner waymark_owner");
        app = pool("waymark_app", 4);
        dispatcher = pool("waymark_dispatcher", 12);
        superuser = pool("postgres", 2);
    }

    /** The application's login: row-level security applies. */
    public DataSource app() {
        return app;
    }

    /** The dispatcher's login. */
    public DataSource dispatcher() {
        return dispatcher;
    }

    /** Sees everything; for looking at what tests have done. */
    public DataSource superuser() {
        return superuser;
    }

    /** Empties all tables. */
    public void clear() {
        try (Connection connection = superuser.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("""
                truncate notifications.message, notifications.message_key, notifications.attempt,
                    notifications.provider_message, notifications.receipt, notifications.inbound, notifications.ended,
                    notifications.template, notifications.circuit, notifications.circuit_change, notifications.provider_calls,
                    notifications.kept_sender, notifications.erasure, notifications.daily_count""");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        List.of(app, dispatcher, superuser).forEach(HikariDataSource::close);
    }

    private HikariDataSource pool(String user, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(name));
        config.setUsername(user);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setPoolName(name + "-" + user);
        return new HikariDataSource(config);
    }

    private static String url(String database) {
        return SERVER.getJdbcUrl("postgres", database).replace("?user=postgres", "");
    }

    private static EmbeddedPostgres startServer() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("max_connections", "200")
                .setPGStartupWait(Duration.ofMinutes(2)).start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                 Statement statement = connection.createStatement()) {
                statement.execute("create role waymark_owner login");
                statement.execute("create role waymark_app login");
                statement.execute("create role waymark_dispatcher login");
                statement.execute("create database base owner waymark_owner");
            }
            Flyway.configure().dataSource(server.getJdbcUrl("waymark_owner", "base"), "waymark_owner", "")
                .schemas("notifications").locations("classpath:db/notifications").load().migrate();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String database, String sql) {
        try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
             Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
