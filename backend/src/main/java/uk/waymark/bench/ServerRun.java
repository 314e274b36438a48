package uk.waymark.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One start and stop of the server.
 *
 * @param readyMillis   from the start of its process to the first 200 of {@code /health/readiness}
 * @param peakMebibytes the most memory it had resident until then ({@code VmHWM})
 */
record ServerRun(long readyMillis, long peakMebibytes) {

    static ServerRun of(List<String> command, Map<String, String> environment, int port)
            throws IOException, InterruptedException {
        try (var server = ServerProcess.start(command, environment, port)) {
            var run = new ServerRun(server.readyMillis(), server.peakMebibytes());
            server.stop();
            return run;
        }
    }
}
