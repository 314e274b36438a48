package uk.waymark.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import uk.waymark.platform.Migrations;
import uk.waymark.platform.SandboxSecrets;
import uk.waymark.platform.Settings;
import uk.waymark.platform.embedded.EmbeddedDatabase;
import uk.waymark.platform.embedded.EmbeddedOptions;

/**
 * One PostgreSQL a JVM, with the real roles. The migrations are run once, on a template; each {@link #fresh} database is a
 * copy of it.
 */
public final class TestDatabase {
    /** Of the three logins. */
    public static final String PASSWORD = "sandbox-test-password";
    private static final String TEMPLATE = "waymark_template";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String SEALING = SandboxSecrets.sealingKeyset();
    private static final String LOOKUP = SandboxSecrets.lookupKeyset();
    private static final byte[] TOKENS = SandboxSecrets.tokenSecret();
    private static EmbeddedDatabase server;
    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A migrated database that nobody else uses. */
    public static synchronized TestDatabase fresh() {
        if (server == null) {
            start();
        }
        return create(TEMPLATE);
    }

    /** A database that no migration has touched. */
    public static synchronized TestDatabase empty() {
        if (server == null) {
            start();
        }
        return create("template0");
    }

    private static TestDatabase create(String template) {
        var database = new TestDatabase("waymark_" + COUNT.incrementAndGet());
        administer("create database " + database.name + " owner waymark_owner template " + template);
        return database;
    }

    /** Takes it away, with whoever is still connected: a server that keeps hundreds of them sweeps them in turn. */
    void drop() {
        administer("drop database " + name + " with (force)");
    }

    private static void start() {
        server = EmbeddedDatabase.start(EmbeddedOptions.temporary());
        administer(roles());
        administer("create database " + TEMPLATE + " owner waymark_owner");
        Migrations.run(new TestDatabase(TEMPLATE).settings(0));
    }

    private static void administer(String sql) {
        try (var connection = server.connect("postgres");
             var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String roles() {
        try (InputStream in = TestDatabase.class.getResourceAsStream("/db/bootstrap/roles.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll(":\\w+_password", PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings of an instance on this database. @param port what it listens on, and its public address */
    public Settings settings(int port) {
        return settings(port, port);
    }

    /** @param publicPort the port that the world knows: another instance's, where there are several */
    public Settings settings(int port, int publicPort) {
        return settings(port, publicPort, true);
    }

    /** Settings of an instance as {@code serve} runs it: without the sandbox. */
    public Settings servingSettings(int port) {
        return settings(port, port, false);
    }

    private Settings settings(int port, int publicPort, boolean sandbox) {
        return new Settings(url(), PASSWORD, PASSWORD, PASSWORD, SEALING, LOOKUP, TOKENS,
            URI.create("http://localhost:" + publicPort), port, 8, Map.of(), java.util.Optional.empty(), sandbox);
    }

    /** JDBC URL without user and password. */
    public String url() {
        return server.jdbcUrl(name);
    }

    /** A connection as one of the real logins: {@code waymark_app}, {@code waymark_dispatcher} or {@code waymark_owner}. */
    public Connection login(String role) throws SQLException {
        return DriverManager.getConnection(url(), role, PASSWORD);
    }

    /** A superuser's connection to the server, not to this database. */
    public Connection administrator() throws SQLException {
        return server.connect("postgres");
    }

    /** A superuser's connection: sees every row, for looking at what was stored. */
    public Connection superuser() throws SQLException {
        return server.connect(name);
    }
}
