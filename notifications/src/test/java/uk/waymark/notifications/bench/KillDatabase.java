package uk.waymark.notifications.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** A PostgreSQL that keeps what it has promised, and that can be stopped and started again with the same data and port. */
public final class KillDatabase implements AutoCloseable {

    private final Path data = Files.createTempDirectory("waymark-kill");
    private final int port;
    private EmbeddedPostgres server;

    public KillDatabase() throws IOException, SQLException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        start();
        run("postgres", "create role waymark_owner login", "create role waymark_app login",
            "create role waymark_dispatcher login", "create database kill owner waymark_owner");
        Flyway.configure().dataSource(url(), "waymark_owner", "").schemas("notifications").locations("classpath:db/notifications")
            .load().migrate();
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (!texts("show " + setting).equals(List.of("on"))) {
                throw new IllegalStateException(setting + " is off");
            }
        }
    }

    /** Without a user. */
    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/kill";
    }

    /** Starts it on what it had. */
    public synchronized void start() throws IOException {
        server = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).setPort(port)
            .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "100").setPGStartupWait(Duration.ofMinutes(2)).start();
    }

    /** Stops it as an operator does, once it has started altogether: who is connected is thrown out. */
    public synchronized void stop() throws IOException {
        server.close();
    }

    /** Connections for one login. */
    public static HikariDataSource pool(String url, String user, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** The first column. */
    List<String> texts(String query) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", "kill").getConnection();
             Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    long number(String query) throws SQLException {
        return Long.parseLong(texts(query).getFirst());
    }

    private void run(String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
             Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
