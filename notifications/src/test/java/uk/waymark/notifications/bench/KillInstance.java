package uk.waymark.notifications.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A place for one instance of the service: a process that is killed and started again. */
final class KillInstance implements AutoCloseable {

    private final List<String> command;
    private final int port;
    /** What it has printed since it was last started. */
    private final Path said;
    private Process process;

    KillInstance(String databaseUrl, URI provider, int port) throws IOException {
        this.port = port;
        this.said = Files.createTempFile("waymark-kill", ".log");
        // under Maven the class path of java itself is a jar that points to the real one
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", classPath, KillChild.class.getName(), databaseUrl,
            provider.toString(), Integer.toString(port));
    }

    void start() throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    /** Whether it works already: it takes receipts last. @throws IllegalStateException if it has ended by itself */
    boolean ready() throws IOException {
        if (!process.isAlive()) {
            List<String> lines = Files.readAllLines(said);
            throw new IllegalStateException("an instance has ended by itself: "
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        if (process != null) {
            kill();
        }
        Files.delete(said);
    }
}
