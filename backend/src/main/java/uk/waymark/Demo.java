package uk.waymark;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.api.FlywayException;
import uk.waymark.platform.Migrations;
import uk.waymark.platform.MovableTime;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Startup;
import uk.waymark.platform.embedded.EmbeddedDatabase;
import uk.waymark.platform.embedded.EmbeddedDatabaseException;
import uk.waymark.platform.embedded.EmbeddedOptions;
import uk.waymark.sandbox.Loader;
import uk.waymark.sandbox.SandboxForces;

/** Everything on one machine: PostgreSQL in a folder, two fictional forces, their people and their phones. */
final class Demo {
    private static final int USAGE = 64;
    private static final int FAILED = 1;

    private Demo() { }

    /** Starts and goes on until it is told to stop. @return the exit code, where it did not start */
    static int run(String[] arguments) {
        try {
            DemoOptions options = DemoOptions.parse(arguments);
            checkFree(options.port());
            start(options);
            return 0;
        } catch (DemoOptions.Wrong e) {
            System.err.println(e.getMessage());
            return USAGE;
        } catch (BindException | EmbeddedDatabaseException | Loader.NotLoaded | Server.NotStarted e) {
            System.err.println("The demo could not start. " + e.getMessage());
            return FAILED;
        } catch (IOException | SQLException | FlywayException e) {
            System.err.println("The demo could not start: " + Failures.sqlState(e) + ".");
            return FAILED;
        }
    }

    private static void start(DemoOptions options) throws IOException, SQLException {
        Path folder = DemoFolder.of(options.data());
        logTo(folder);
        var stops = new AtomicReference<Runnable>(() -> { });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stops.get().run(), "waymark-demo-stop"));
        say("Starting PostgreSQL");
        var database = EmbeddedDatabase.start(embedded(options));
        Runnable stopDatabase = () -> {
            database.close();
            if (options.data() == null) {
                DemoFolder.forget(folder);
            }
        };
        stops.set(stopDatabase);
        Settings settings = DemoSecrets.in(folder).settings(database.jdbcUrl("waymark"), options.port());
        prepare(database, settings);
        RunningDemo.announce(folder, settings);
        say("Starting the server");
        var caseTime = new MovableTime(InstantSource.system());
        Server server = Server.start(Startup.application(settings, caseTime, InstantSource.system())
            .properties(Map.of("waymark.sandbox.forces-fetch", "true")));
        Runnable stopAll = () -> {
            server.stop();
            stopDatabase.run();
        };
        stops.set(stopAll);
        say("Loading the people of the sandbox");
        server.bean(Loader.class).load();
        stops.set(() -> {
            stopAll.run();
            Runtime.getRuntime().halt(0); // told to stop, and stopped: no failure
        });
        System.out.println("Waymark is ready: " + settings.publicUrl());
        Server.waitUntilTold();
    }

    private static EmbeddedOptions embedded(DemoOptions options) {
        return (options.data() == null ? EmbeddedOptions.temporary() : EmbeddedOptions.kept(options.data())).closedByOwner();
    }

    private static void prepare(EmbeddedDatabase database, Settings settings) throws SQLException, IOException {
        try (Connection administrator = database.connect("postgres"); var statement = administrator.createStatement()) {
            if (!known(statement, "select 1 from pg_database where datname = 'waymark'")) {
                statement.execute("create database waymark");
            }
            if (!known(statement, "select 1 from pg_roles where rolname = 'waymark_owner'")) {
                statement.execute(roles(settings));
            }
            statement.execute("alter database waymark owner to waymark_owner");
        }
        say("Bringing the database up to date");
        Migrations.run(settings);
        SandboxForces.prepare(settings);
        SandboxForces.watchSilence(settings);
        SandboxForces.describeCourts(settings);
        SandboxForces.openPages(settings);
    }

    private static boolean known(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static String roles(Settings settings) throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("/db/bootstrap/roles.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                .replace(":owner_password", settings.ownerPassword())
                .replace(":app_password", settings.appPassword())
                .replace(":dispatcher_password", settings.dispatcherPassword());
        }
    }

    /** Asked before anything is started, so that a taken port is said at once. */
    private static void checkFree(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException e) {
            throw new BindException("Port " + port + " is taken. Stop what uses it, or choose another: --port N");
        }
    }

    private static void logTo(Path folder) {
        // before anything logs
        System.setProperty("waymark.log", folder.resolve("waymark.log").toString());
        System.setProperty("logback.configurationFile", "logback-sandbox.xml");
    }

    private static void say(String step) {
        System.out.println("  " + step + " …");
    }
}
