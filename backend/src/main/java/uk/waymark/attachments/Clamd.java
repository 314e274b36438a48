package uk.waymark.attachments;

import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ClamAV's daemon, by its command INSTREAM (man page clamd(8)): the file in chunks, each after its length in four bytes, and a chunk of
 * none at the end; the answer is {@code stream: OK}, {@code stream: NAME FOUND}, or ends in {@code ERROR}. One connection a file.
 */
@Singleton
final class Clamd implements Scanner {
    private static final Logger LOG = LoggerFactory.getLogger(Clamd.class);
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_ANSWER = 1000;
    private static final String PREFIX = "stream: ";
    private static final String FOUND = " FOUND";
    private final SocketAddress address;
    private final Duration timeout;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /** @param address {@code tcp://host:port}, {@code unix:/path}, or empty for none */
    Clamd(@Value("${waymark.scanner.address:}") String address, @Value("${waymark.scanner.timeout:PT15S}") Duration timeout) {
        this.address = parse(address.strip());
        this.timeout = timeout;
    }

    private static SocketAddress parse(String address) {
        try {
            if (address.isEmpty()) {
                return null;
            }
            if (address.startsWith("unix:")) {
                return UnixDomainSocketAddress.of(address.substring("unix:".length()));
            }
            URI uri = URI.create(address);
            if ("tcp".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw new IllegalArgumentException("WAYMARK_SCANNER_ADDRESS is neither tcp://host:port nor unix:/path (docs/operate.md)");
    }

    @Override
    public boolean connected() {
        return address != null;
    }

    @Override
    public Verdict scan(byte[] file) {
        if (address == null) {
            return new Verdict.CannotSay();
        }
        try (SocketChannel channel = address instanceof UnixDomainSocketAddress ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            // a channel knows no timeout: closing it ends whatever it waits for
            var asked = executor.submit(() -> ask(channel, file));
            return verdict(asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException | IOException e) {
            LOG.warn("the scanner gave no answer: {}", (e instanceof ExecutionException ? e.getCause() : e).getClass().getName());
            return new Verdict.CannotSay();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.CannotSay();
        }
    }

    private String ask(SocketChannel channel, byte[] file) throws IOException {
        channel.connect(address instanceof InetSocketAddress named ? new InetSocketAddress(named.getHostString(), named.getPort()) : address);
        write(channel, ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)));
        for (int from = 0; from < file.length; from += CHUNK) {
            int length = Math.min(CHUNK, file.length - from);
            write(channel, ByteBuffer.allocate(4).putInt(length).flip());
            write(channel, ByteBuffer.wrap(file, from, length));
        }
        write(channel, ByteBuffer.allocate(4));
        var answer = new ByteArrayOutputStream();
        ByteBuffer read = ByteBuffer.allocate(LONGEST_ANSWER);
        while (answer.size() < LONGEST_ANSWER && channel.read(read) >= 0) {
            answer.write(read.array(), 0, read.position());
            read.clear();
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Only a whole answer counts: it ends in a zero byte. */
    private static Verdict verdict(String answer) {
        if (answer.equals(PREFIX + "OK\0")) {
            return new Verdict.Clean();
        }
        if (answer.startsWith(PREFIX) && answer.endsWith(FOUND + "\0")) {
            return new Verdict.Infected(answer.substring(PREFIX.length(), answer.length() - FOUND.length() - 1));
        }
        LOG.warn("the scanner could not say: {}", answer.endsWith("ERROR\0") ? "it answered with an error" : "its answer was cut off");
        return new Verdict.CannotSay();
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }
}
