package uk.waymark.notifications.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A place for one instance of the service: a process that is killed and started again. */
final class KillInstance implements AutoCloseable {

    private final List<String> command;
    private final int port;
    private Process process;

    KillInstance(String databaseUrl, URI provider, int port) {
        this.port = port;
        // under Maven the class path of java itself is a jar that points to the real one
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", classPath, KillChild.class.getName(), databaseUrl,
            provider.toString(), Integer.toString(port));
    }

    void start() throws IOException {
        process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Whether it works already: it takes receipts last. */
    boolean ready() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return process.isAlive();
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
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
