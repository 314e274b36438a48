package uk.waymark.testing;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Startup;

/** One started instance. Several may run on one database. */
public final class RunningWaymark implements AutoCloseable {
    /** Property of a test whose instance does its repeating jobs by itself, as in production: {@link JobsWhenCalled}. */
    public static final String JOBS = "test.jobs";
    private static final int FIRST_PORT = 10_240;
    private static final int PORTS = 20_000;
    private static final AtomicInteger NEXT = new AtomicInteger(new Random().nextInt(PORTS));
    private final ApplicationContext context;
    private final Settings settings;

    private RunningWaymark(ApplicationContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    /** Starts an instance on a free port. @param properties Micronaut's, over those of the application */
    public static RunningWaymark start(TestDatabase database, TestClocks clocks, Map<String, Object> properties) {
        int port = freePort();
        return start(database.settings(port), clocks, properties);
    }

    public static RunningWaymark start(Settings settings, TestClocks clocks, Map<String, Object> properties) {
        var context = Startup.application(settings, clocks.caseTime(), clocks.machineTime())
            .environments("sandbox", "test").properties(properties).start();
        context.getBean(EmbeddedServer.class).start();
        return new RunningWaymark(context, settings);
    }

    /**
     * A port that nobody listens at. Below those that Linux and macOS hand out by themselves, each JVM from somewhere else on: what
     * was free is still free when the instance takes it, whatever connects and listens meanwhile, here or in another JVM.
     */
    public static int freePort() {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = FIRST_PORT + Math.floorMod(NEXT.getAndIncrement(), PORTS);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody has it: the next one
            }
        }
        throw new IllegalStateException("no port is free");
    }

    public URI base() {
        return URI.create("http://localhost:" + settings.port());
    }

    public Api api() {
        return new Api(base());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ApplicationContext context() {
        return context;
    }

    public Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        context.close();
    }
}
