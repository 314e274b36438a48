package uk.waymark.notifications.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A load that costs next to nothing itself: the same bytes again and again, on a few connections. */
final class ProviderAlone {

    private static final int CONNECTIONS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration MEASURED = Duration.ofSeconds(3);
    private static final byte[] REQUEST = ("POST /2010-04-01/Accounts/" + Work.ACCOUNT + "/Messages.json HTTP/1.1\r\n"
        + "Host: x\r\nContent-Length: 400\r\n\r\n" + "x".repeat(400)).getBytes(StandardCharsets.US_ASCII);

    private ProviderAlone() {
    }

    static double rate(int port) throws IOException, InterruptedException {
        AtomicLong answers = new AtomicLong();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            sockets.add(socket);
            Thread.ofVirtual().start(() -> load(socket, answers));
        }
        Thread.sleep(WARM_UP);
        long from = answers.get();
        Thread.sleep(MEASURED);
        double rate = (answers.get() - from) / (double) MEASURED.toSeconds();
        for (Socket socket : sockets) {
            socket.close();
        }
        return rate;
    }

    private static void load(Socket socket, AtomicLong answers) {
        byte[] answer = new byte[4_096];
        try {
            InputStream in = socket.getInputStream();
            while (true) {
                socket.getOutputStream().write(REQUEST);
                int read = in.read(answer); // an answer comes in one piece
                if (read < 0) {
                    return;
                }
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            // the measurement is over
        }
    }
}
