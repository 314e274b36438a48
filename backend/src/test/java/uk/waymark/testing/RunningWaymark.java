package uk.waymark.testing;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Startup;

/** One started instance. Several may run on one database. */
public final class RunningWaymark implements AutoCloseable {
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

    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
