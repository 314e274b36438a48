package uk.waymark;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started instance, and how it stops: takes no more requests, finishes those it has, then closes everything else. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private final ApplicationContext context;

    private Server(ApplicationContext context) {
        this.context = context;
    }

    /** It did not come up; the message says what is known without values. */
    static final class NotStarted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotStarted(String message) {
            super(message);
        }
    }

    /** @throws NotStarted when it does not come up; the log holds the details */
    static Server start(ApplicationContextBuilder builder) {
        ApplicationContext context = builder.build();
        try {
            context.start();
            context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException e) {
            LOG.error("the server did not start", e);
            context.close();
            throw new NotStarted(reason(e));
        }
        LOG.info("ready");
        return new Server(context);
    }

    private static String reason(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof BindException) {
                return "the port is taken";
            }
        }
        return "the server failed at start (" + Failures.sqlState(failure) + "); the log says where";
    }

    /** Keeps the main thread: the server ends when the JVM is told to. */
    static void waitUntilTold() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Stops in order when the JVM is told to. Exit code 0: to be told to stop is no failure. */
    void stopWithJvm() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop();
            Runtime.getRuntime().halt(0);
        }, "waymark-stop"));
    }

    void stop() {
        try {
            LOG.info("stopping");
            context.getBean(GracefulShutdownManager.class).shutdownGracefully().toCompletableFuture()
                .get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("some requests did not finish in {} s", GRACE.toSeconds());
        }
        context.close();
    }
}
