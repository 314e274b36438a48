package uk.waymark.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server as {@code serve} runs it: a process of its own, with the given settings and no other of Waymark's. */
final class ServerProcess implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
    private static final int MILLIS_BETWEEN_TRIES = 5;

    private final Process process;
    private final Path log;
    private final long readyMillis;

    private ServerProcess(Process process, Path log, long readyMillis) {
        this.process = process;
        this.log = log;
        this.readyMillis = readyMillis;
    }

    /** Starts it and waits for the first 200 of {@code /health/readiness}. */
    static ServerProcess start(List<String> command, Map<String, String> environment, int port)
            throws IOException, InterruptedException {
        var log = Files.createTempFile("waymark-bench", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WAYMARK_"));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        var process = builder.start();
        try {
            waitUntilReady(process, port, start, log);
            return new ServerProcess(process, log, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** From the start of the process to the first 200. */
    long readyMillis() {
        return readyMillis;
    }

    /** The most memory it had resident so far ({@code VmHWM}). */
    long peakMebibytes() throws IOException {
        return mebibytes("VmHWM:");
    }

    /** The memory it has resident now ({@code VmRSS}). */
    long residentMebibytes() throws IOException {
        return mebibytes("VmRSS:");
    }

    /** Processor time used so far, in milliseconds. */
    long processorMillis() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    /** Waits for it: a training run writes its cache before it ends. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("The server did not stop:\n" + tail(log));
        }
        Files.deleteIfExists(log);
    }

    /** For what has gone wrong. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private long mebibytes(String figure) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(figure)).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).orElseThrow();
        }
    }

    private static void waitUntilReady(Process process, int port, long start, Path log)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/readiness"))
                .timeout(Duration.ofSeconds(5)).build();
        while (!answers(request)) {
            if (process.waitFor(MILLIS_BETWEEN_TRIES, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The server ended with " + process.exitValue() + ":\n" + tail(log));
            }
            if (System.nanoTime() - start > PATIENCE) {
                throw new IllegalStateException("The server did not become ready:\n" + tail(log));
            }
        }
    }

    private static boolean answers(HttpRequest request) throws InterruptedException {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) { // not listening yet
            return false;
        }
    }

    private static String tail(Path log) throws IOException {
        var text = Files.readString(log, StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - 4_000));
    }
}
