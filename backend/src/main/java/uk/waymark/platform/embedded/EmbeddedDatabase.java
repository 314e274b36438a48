package uk.waymark.platform.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL for the demo, the tests and the benchmarks. It listens on the loopback address only, on a free
 * port, and lets nobody in without a password. Works for root and for an ordinary user.
 *
 * <p>Temporary data lies in {@code waymark-USER/PROCESS-N} under {@code java.io.tmpdir} and goes when the server
 * stops. A process that is killed cannot stop its server: the next start finds what it left, stops that server and
 * deletes its folder. The unpacked programs stay beside the folders, about 60 MB for each version.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final int PORTS_TRIED = 3;

    private final DataFolder folder;
    private final PostgresServer server;
    private final int port;
    private final String password;
    private final Thread hook;
    private boolean closed;

    private EmbeddedDatabase(DataFolder folder, PostgresServer server, int port, String password,
            Thread hook) {
        this.folder = folder;
        this.server = server;
        this.port = port;
        this.password = password;
        this.hook = hook;
    }

    /**
     * Starts a server.
     *
     * @param dataOrNull the folder that keeps the data, or null for a temporary one
     * @throws EmbeddedDatabaseException where it cannot run; the message says what to do
     */
    public static EmbeddedDatabase start(Path dataOrNull) {
        return start(dataOrNull == null ? EmbeddedOptions.temporary() : EmbeddedOptions.kept(dataOrNull));
    }

    /**
     * Starts a server.
     *
     * @throws EmbeddedDatabaseException where it cannot run; the message says what to do
     */
    public static EmbeddedDatabase start(EmbeddedOptions options) {
        try {
            var me = Folders.me();
            var user = ServerUser.find(me, options.data().map(kept -> kept.resolve("postgresql/data")));
            var home = Path.of(System.getProperty("java.io.tmpdir")).toRealPath().resolve("waymark-" + me);
            Folders.createOwn(home, user.isAnother());
            var binaries = PostgresBinaries.unpackedIn(home);
            DataFolder.sweep(home, left -> new PostgresServer(binaries, user, left).stop());
            var folder = options.data().isPresent()
                    ? DataFolder.kept(options.data().get(), user.isAnother())
                    : DataFolder.temporary(home, user.isAnother());
            return startIn(folder, new PostgresServer(binaries, user, folder.path()), options);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Could not start the embedded PostgreSQL: " + e, e);
        }
    }

    /**
     * From the first moment a hook stands by, also for a caller that will close the server itself: Ctrl-C may come
     * while it starts. The hook then waits until there is a whole server to stop.
     */
    private static EmbeddedDatabase startIn(DataFolder folder, PostgresServer server, EmbeddedOptions options)
            throws IOException {
        var hook = new Thread(() -> stop(server, folder), "embedded-postgresql-stop");
        synchronized (server) {
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                server.stop();
                server.clearStalePidFile();
                if (!server.isInitialised()) {
                    server.initialise(newPassword(), options.durable());
                }
                var port = startOnFreePort(server, options.durable());
                var database = new EmbeddedDatabase(folder, server, port, server.password(), hook);
                if (!options.stopsWithJvm()) {
                    forget(hook);
                }
                return database;
            } catch (IOException | RuntimeException e) {
                stop(server, folder);
                forget(hook);
                throw e;
            }
        }
    }

    /** Between finding a free port and using it another process may take it: then another port is tried. */
    private static int startOnFreePort(PostgresServer server, boolean durable) throws IOException {
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = freePort();
            if (server.start(port, durable)) {
                return port;
            }
        }
        throw new EmbeddedDatabaseException("The embedded PostgreSQL did not start. Its log ends:\n" + server.log());
    }

    /** The address of a database of this server, without user and password: those go to the pool. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The port on the loopback address. */
    public int port() {
        return port;
    }

    /** The name of the superuser, who makes roles and databases and does nothing else. */
    public String superuser() {
        return PostgresServer.SUPERUSER;
    }

    /** The superuser's password: random, and kept with the data. */
    public String superuserPassword() {
        return password;
    }

    /** A connection as the superuser; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), superuser(), password);
    }

    /** Stops the server: open connections are ended, what was committed stays. Temporary data is deleted. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stop(server, folder);
            forget(hook);
        }
    }

    private static void stop(PostgresServer server, DataFolder folder) {
        synchronized (server) {
            try (folder) {
                server.stop();
            } catch (IOException | EmbeddedDatabaseException e) {
                LOG.warn("The embedded PostgreSQL did not stop cleanly; the next start clears up after it", e);
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.trace("Already shutting down", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String newPassword() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
