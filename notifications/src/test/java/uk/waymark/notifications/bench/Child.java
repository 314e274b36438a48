package uk.waymark.notifications.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A part of a benchmark in a JVM of its own. It tells figures by lines "#name value"; what else it prints goes to stderr. */
final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    /** @param heapMebibytes the most heap that it may use */
    Child(Class<?> main, int heapMebibytes, List<?> arguments) {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heapMebibytes + "m",
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        if (System.getenv("WAYMARK_BENCH_JAVA_OPTS") != null) {
            command.addAll(List.of(System.getenv("WAYMARK_BENCH_JAVA_OPTS").split(" ")));
        }
        command.add(main.getName());
        arguments.forEach(a -> command.add(String.valueOf(a)));
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a figure. @throws IllegalStateException if it ends without telling it */
    double figure(String name) {
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("#" + name + " ")) {
                    return Double.parseDouble(line.substring(name.length() + 2));
                }
                System.err.println(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("a part of the benchmark ended before it told its " + name);
    }

    /** Tells the parent a figure. */
    static void say(String name, double value) {
        System.out.println("#" + name + " " + value);
    }

    /** Ends this process when the one that started it does, however that may be. */
    static void endWithInput() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nothing is ever said
                }
            } catch (IOException e) {
                // as if it had ended
            }
            Runtime.getRuntime().halt(0);
        }, "end-with-input");
        watch.setDaemon(true);
        watch.start();
    }

    /** The most memory that this process has had resident, in mebibytes; 0 where the system does not say. */
    static double peakMebibytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(l -> l.startsWith("VmHWM:")).findFirst()
                .map(l -> Double.parseDouble(l.replaceAll("\\D", "")) / 1024).orElse(0.0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
