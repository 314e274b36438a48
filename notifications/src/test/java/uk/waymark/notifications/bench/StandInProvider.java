package uk.waymark.notifications.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Takes messages as Twilio's {@code POST .../Messages.json} does, each after the same delay, on one thread without blocking,
 * so that it costs little beside what is measured. A process of its own: {@code main DELAY_MILLIS} prints the port, and ends
 * with its input.
 */
final class StandInProvider {

    private static final String BODY = """
        {"account_sid": "AC00000000000000000000000000000001", "api_version": "2010-04-01", "body": "",
         "date_created": "Thu, 24 Aug 2023 05:01:45 +0000", "date_sent": null,
         "date_updated": "Thu, 24 Aug 2023 05:01:45 +0000", "direction": "outbound-api", "error_code": null,
         "error_message": null, "from": null, "messaging_service_sid": null, "num_media": "0", "num_segments": "1",
         "price": null, "price_unit": null, "sid": "SM%032x", "status": "queued", "subresource_uris": {}, "to": "",
         "uri": ""}""";
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final ServerSocketChannel server;
    private final long delayNanos;
    private final Queue<Due> waiting = new ArrayDeque<>(); // one delay for all, so that first come is first served
    private long taken;

    private StandInProvider(long delayNanos) throws IOException {
        this.delayNanos = delayNanos;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
        server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    }

    private record Due(long at, SocketChannel to) {
    }

    public static void main(String... arguments) throws IOException {
        StandInProvider provider = new StandInProvider(Long.parseLong(arguments[0]) * 1_000_000);
        Child.say("port", provider.server.socket().getLocalPort());
        Child.endWithInput();
        provider.serve();
    }

    private void serve() throws IOException {
        while (true) {
            Due next = waiting.peek();
            long wait = next == null ? Long.MAX_VALUE : next.at - System.nanoTime();
            if (wait < 500_000) {
                selector.selectNow();
            } else {
                selector.select(Math.max(1, wait / 1_000_000));
            }
            for (SelectionKey key : selector.selectedKeys()) {
                serve(key);
            }
            selector.selectedKeys().clear();
            answerDue();
        }
    }

    private void serve(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel client = server.accept();
            client.configureBlocking(false).register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(8_192));
            client.socket().setTcpNoDelay(true);
            return;
        }
        SocketChannel client = (SocketChannel) key.channel();
        try {
            ByteBuffer read = (ByteBuffer) key.attachment();
            if (client.read(read) < 0) {
                client.close();
            } else if (whole(read)) {
                read.clear();
                waiting.add(new Due(System.nanoTime() + delayNanos, client));
            }
        } catch (IOException e) {
            client.close();
        }
    }

    private void answerDue() {
        long now = System.nanoTime();
        for (Due due = waiting.peek(); due != null && due.at - now <= 0; due = waiting.peek()) {
            waiting.remove();
            String body = BODY.formatted(++taken);
            String answer = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
            try {
                due.to.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII))); // fits any socket's buffer
            } catch (IOException e) {
                // the client has gone
            }
        }
    }

    /** Whether a whole request has come; clients here send one at a time. */
    private static boolean whole(ByteBuffer read) {
        byte[] bytes = read.array();
        int end = read.position();
        for (int i = 3; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return end - i - 1 >= length(bytes, i);
            }
        }
        return false;
    }

    private static int length(byte[] bytes, int end) {
        for (int i = 0; i + LENGTH.length < end; i++) {
            int j = 0;
            while (j < LENGTH.length && (bytes[i + j] | 0x20) == (LENGTH[j] | 0x20)) {
                j++;
            }
            if (j == LENGTH.length) {
                int length = 0;
                for (int k = i + j; bytes[k] != '\r'; k++) {
                    length = bytes[k] == ' ' ? length : length * 10 + bytes[k] - '0';
                }
                return length;
            }
        }
        return 0;
    }
}
