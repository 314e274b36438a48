package uk.waymark.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where a keyset comes from: asked once at the start, and never written anywhere. */
public sealed interface KeySource {

    /** The keyset as it is kept: Tink's JSON, or base64 of it. @throws Unavailable when it cannot be had */
    String read() throws Unavailable;

    /** There is no keyset; the text can be shown. */
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    /** The setting {@code NAME} itself, or a program that prints it: {@code NAME_COMMAND}. */
    static KeySource of(Map<String, String> environment, String name) {
        String command = environment.getOrDefault(name + "_COMMAND", "").strip();
        String value = environment.getOrDefault(name, "").strip();
        return command.isEmpty() ? new Setting(value) : new Program(value.isEmpty(), List.of(command.split("\\s+")));
    }

    /** As Tink's JSON. @return empty text for what is neither JSON nor base64 */
    static String json(String kept) {
        if (kept.strip().startsWith("{")) {
            return kept.strip();
        }
        try {
            return new String(Base64.getMimeDecoder().decode(kept.strip()), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The environment holds it. */
    record Setting(String value) implements KeySource {
        @Override
        public String read() throws Unavailable {
            if (value.isEmpty()) {
                throw new Unavailable("is not set");
            }
            return value;
        }

        /** Without the keyset. */
        @Override
        public String toString() {
            return "Setting";
        }
    }

    /**
     * A program prints it: every vault and key service has one, so that a keyset that is kept encrypted under a key of theirs is
     * opened here and nowhere else. No shell reads the command; it gets none of our other secrets.
     *
     * @param only whether the setting itself is empty, as it should be
     */
    record Program(boolean only, List<String> command) implements KeySource {
        private static final Duration LONGEST = Duration.ofSeconds(30);
        private static final int LARGEST = 100_000;

        @Override
        public String read() throws Unavailable {
            if (!only) {
                throw new Unavailable("is set, and its _COMMAND as well: leave one of them out");
            }
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("WAYMARK_"));
            try {
                Process process = builder.start();
                process.getOutputStream().close();
                Thread watch = Thread.ofVirtual().start(() -> endInTime(process));
                byte[] printed = process.getInputStream().readNBytes(LARGEST);
                int code = process.waitFor();
                watch.interrupt();
                if (code != 0 || printed.length == 0) {
                    throw new Unavailable("could not be had: the program of its _COMMAND ended with " + code
                        + (printed.length == 0 ? " and printed nothing" : ""));
                }
                return new String(printed, StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new Unavailable("could not be had: the program of its _COMMAND cannot be run");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unavailable("could not be had: interrupted");
            }
        }

        private static void endInTime(Process process) {
            try {
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it ended in time
            }
        }
    }
}
