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

/**
 * One start and stop of the server.
 *
 * @param readyMillis   from the start of its process to the first 200 of {@code /health/readiness}
 * @param peakMebibytes the most memory it had resident until then ({@code VmHWM})
 */
record ServerRun(long readyMillis, long peakMebibytes) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
    private static final int MILLIS_BETWEEN_TRIES = 5;

    static ServerRun of(List<String> command, Map<String, String> environment, int port)
            throws IOException, InterruptedException {
        var log = Files.createTempFile("waymark-bench", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WAYMARK_"));
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        var process = builder.start();
        try {
            waitUntilReady(process, port, start, log);
            long ready = System.nanoTime() - start;
            var run = new ServerRun(TimeUnit.NANOSECONDS.toMillis(ready), peakMebibytes(process.pid()));
            stop(process, log);
            Files.delete(log);
            return run;
        } finally {
            process.destroyForcibly();
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

    /** A training run writes its cache before it ends. */
    private static void stop(Process process, Path log) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("The server did not stop:\n" + tail(log));
        }
    }

    private static long peakMebibytes(long process) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:")).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10).orElseThrow();
        }
    }

    private static String tail(Path log) throws IOException {
        var text = Files.readString(log, StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - 4_000));
    }
}
