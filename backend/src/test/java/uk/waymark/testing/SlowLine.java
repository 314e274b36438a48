package uk.waymark.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A poor line with TLS at its far end: every byte takes half a round trip each way, all connections together share the bandwidth, and a
 * connection takes one round trip before its first byte. Chromium's own emulation counts neither that nor the TLS handshake.
 */
public final class SlowLine implements AutoCloseable {
    private static final int PACKET = 1_400;
    private static final char[] PASSWORD = "changeit".toCharArray();
    private final ServerSocket near;
    private final ServerSocket far;
    private final long roundTrip;
    private final long bytesASecond;
    private final AtomicLong freeFrom = new AtomicLong(System.nanoTime());

    private record Packet(byte[] bytes, long due) { }

    /** @param target an instance that speaks HTTP */
    public SlowLine(URI target, Duration roundTrip, long bytesASecond) throws IOException, GeneralSecurityException {
        this.roundTrip = roundTrip.toNanos();
        this.bytesASecond = bytesASecond;
        this.near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.far = tls().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accept(far, client -> new Pair(client, new Socket("localhost", target.getPort()), false));
        accept(near, client -> new Pair(client, new Socket(InetAddress.getLoopbackAddress(), far.getLocalPort()), true));
    }

    /** Where to go, by a name for which browsers take {@code Secure} cookies. */
    public URI address() {
        return URI.create("https://localhost:" + near.getLocalPort());
    }

    private interface Joined {
        Pair with(Socket client) throws IOException;
    }

    private record Pair(Socket client, Socket server, boolean slow) { }

    private void accept(ServerSocket door, Joined joined) {
        Thread.startVirtualThread(() -> {
            while (!door.isClosed()) {
                try {
                    Pair pair = joined.with(door.accept());
                    long open = pair.slow() ? System.nanoTime() + roundTrip : 0;
                    carry(pair.client(), pair.server(), pair.slow(), open, false);
                    carry(pair.server(), pair.client(), pair.slow(), open, true);
                } catch (IOException e) {
                    // closed, or whoever came has gone again
                }
            }
        });
    }

    private void carry(Socket from, Socket to, boolean slow, long open, boolean down) {
        var line = new LinkedBlockingQueue<Packet>();
        Thread.startVirtualThread(() -> read(from, line, slow, open, down));
        Thread.startVirtualThread(() -> write(line, to));
    }

    private void read(Socket from, LinkedBlockingQueue<Packet> line, boolean slow, long open, boolean down) {
        byte[] buffer = new byte[PACKET];
        try (InputStream in = from.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                line.add(new Packet(Arrays.copyOf(buffer, n), slow ? due(n, open, down) : 0));
            }
        } catch (IOException e) {
            // the other side has closed
        }
        line.add(new Packet(null, 0));
    }

    private long due(int bytes, long open, boolean down) {
        long now = Math.max(System.nanoTime(), open);
        long sent = down ? freeFrom.updateAndGet(free -> Math.max(free, now) + bytes * 1_000_000_000L / bytesASecond) : now;
        return sent + roundTrip / 2;
    }

    private static void write(LinkedBlockingQueue<Packet> line, Socket to) {
        try (to; OutputStream out = to.getOutputStream()) {
            for (Packet one = line.take(); one.bytes() != null; one = line.take()) {
                for (long left = one.due() - System.nanoTime(); one.due() != 0 && left > 0; left = one.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(one.bytes());
                out.flush();
            }
        } catch (IOException e) {
            // whoever should have read it has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With a certificate of its own, which the browser has to be told to take. */
    private static SSLContext tls() throws IOException, GeneralSecurityException {
        Path store = Files.createTempDirectory("line").resolve("store");
        try {
            int ended = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "line",
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2",
                "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD)).inheritIO().start().waitFor();
            if (ended != 0) {
                throw new IOException("keytool ended with " + ended);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(store);
            Files.delete(store.getParent());
        }
    }

    @Override
    public void close() throws IOException {
        near.close();
        far.close();
    }
}
