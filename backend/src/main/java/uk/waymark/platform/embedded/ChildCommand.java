package uk.waymark.platform.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs PostgreSQL's own programs: to their end, keeping what they printed, or as a child that lives on. */
final class ChildCommand {
    private static final int KEPT_CHARACTERS = 4_000;

    private ChildCommand() { }

    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * Runs a command to its end.
     *
     * @param prefix what the command is run through, such as another user; may be empty
     */
    static Result run(Path workingFolder, long timeoutSeconds, List<String> prefix, List<String> command) {
        var line = Stream.concat(prefix.stream(), command.stream()).toList();
        try {
            var output = Files.createTempFile(workingFolder, "command", ".log");
            try {
                return run(workingFolder, timeoutSeconds, line, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Could not run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while waiting for " + command.getFirst(), e);
        }
    }

    private static Result run(Path folder, long timeoutSeconds, List<String> line, Path output)
            throws IOException, InterruptedException {
        var process = start(folder, line, output.toFile());
        if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return new Result(-1, tail(output) + "\n(not finished after " + timeoutSeconds + " seconds)");
        }
        return new Result(process.exitValue(), tail(output));
    }

    /** Starts a command that reads nothing and writes to a file. */
    static Process start(Path workingFolder, List<String> line, File output) throws IOException {
        var builder = new ProcessBuilder(line).directory(workingFolder.toFile()).redirectErrorStream(true)
                .redirectInput(new File("/dev/null")).redirectOutput(output);
        // messages in English whoever starts this, and no setting of another PostgreSQL leaks in
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** The end of a log file, or nothing where there is none. */
    static String tail(Path file) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
            return text.substring(Math.max(0, text.length() - KEPT_CHARACTERS));
        } catch (IOException e) {
            return "";
        }
    }
}
