package uk.waymark.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A closed loop of HTTP requests on connections that stay open: one thread, so that what it takes of the processors is
 * little and known. The requests are made ahead; of the answers it reads status and length.
 */
final class HttpLoad implements AutoCloseable {
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final List<Link> links = new ArrayList<>();
    private int[] micros = new int[1 << 20];
    private int count;
    private long refused;
    private String lastRefusal;
    private long bytes;

    /**
     * What a run came to.
     *
     * @param rate      answers a second
     * @param bytes     of one answer, head and body, on average
     * @param ownMicros processor time of the generator itself for one request
     */
    record Result(double rate, long answers, double p50Millis, double p99Millis, double bytes, double ownMicros) { }

    HttpLoad(int port, int connections) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < connections; i++) {
            var channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            links.add(new Link(channel));
        }
    }

    /** Runs for so long; at the end every request that was begun is answered. */
    Result run(double seconds, Supplier<byte[]> requests) throws IOException {
        return run(System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1)), Long.MAX_VALUE, requests);
    }

    /** Sends so many requests. */
    Result run(long requestsToSend, Supplier<byte[]> requests) throws IOException {
        return run(Long.MAX_VALUE, requestsToSend, requests);
    }

    private Result run(long until, long most, Supplier<byte[]> requests) throws IOException {
        count = 0;
        refused = 0;
        bytes = 0;
        long start = System.nanoTime();
        long own = ownNanos();
        long sent = 0;
        int open = 0;
        for (var link : links) {
            if (sent < most) {
                link.send(requests.get());
                sent++;
                open++;
            }
        }
        while (open > 0) {
            selector.select();
            for (var key : selector.selectedKeys()) {
                var link = (Link) key.attachment();
                if (!link.read()) {
                    continue;
                }
                if (sent < most && System.nanoTime() < until) {
                    link.send(requests.get());
                    sent++;
                } else {
                    open--;
                }
            }
            selector.selectedKeys().clear();
        }
        return result(System.nanoTime() - start, ownNanos() - own);
    }

    private Result result(long nanos, long own) {
        int[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        long all = Math.max(1, count);
        if (refused > 0) {
            throw new IllegalStateException(refused + " of " + count + " requests were not answered with 200, the last with "
                    + lastRefusal);
        }
        return new Result(count * 1e9 / nanos, count, at(sorted, 0.5), at(sorted, 0.99), (double) bytes / all, own / 1e3 / all);
    }

    private static double at(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * share))] / 1e3;
    }

    private static long ownNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void close() throws IOException {
        for (var link : links) {
            link.channel.close();
        }
        selector.close();
    }

    /** One connection, with at most one request under way. */
    private final class Link {
        private final SocketChannel channel;
        private ByteBuffer in = ByteBuffer.allocate(1 << 14);
        private long sentAt;
        private int whole;

        Link(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(byte[] request) throws IOException {
            in.clear();
            whole = 0;
            sentAt = System.nanoTime();
            var out = ByteBuffer.wrap(request);
            while (out.hasRemaining()) { // a request is smaller than a socket's buffer: once will do
                channel.write(out);
            }
        }

        /** @return whether the answer is whole */
        boolean read() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the server closed a connection");
            }
            if (whole == 0) {
                whole = wholeLength();
            }
            if (whole > in.capacity()) {
                in = ByteBuffer.allocate(whole).put(in.flip());
            }
            if (whole == 0 || in.position() < whole) {
                return false;
            }
            note();
            return true;
        }

        private void note() {
            if (count == micros.length) {
                micros = Arrays.copyOf(micros, count * 2);
            }
            micros[count++] = (int) ((System.nanoTime() - sentAt) / 1_000);
            bytes += whole;
            if (in.get(9) != '2') { // HTTP/1.1 200
                refused++;
                lastRefusal = new String(in.array(), 9, 3, StandardCharsets.US_ASCII);
            }
        }

        /** 0 while the head is not there. */
        private int wholeLength() throws IOException {
            int head = indexOf(END_OF_HEAD);
            if (head < 0) {
                return 0;
            }
            int at = indexOf(LENGTH);
            if (at < 0 || at > head) {
                throw new IOException("an answer without a length");
            }
            int length = 0;
            for (int i = at + LENGTH.length; in.get(i) != '\r'; i++) {
                length = in.get(i) == ' ' ? length : length * 10 + in.get(i) - '0';
            }
            return head + END_OF_HEAD.length + length;
        }

        private int indexOf(byte[] what) {
            byte[] all = in.array();
            for (int i = 0; i <= in.position() - what.length; i++) {
                int k = 0;
                while (k < what.length && (all[i + k] == what[k] || all[i + k] + 32 == what[k] && what[k] >= 'a')) {
                    k++;
                }
                if (k == what.length) {
                    return i;
                }
            }
            return -1;
        }
    }
}
