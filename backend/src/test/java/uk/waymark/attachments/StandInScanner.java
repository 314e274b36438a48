package uk.waymark.attachments;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks clamd's INSTREAM, finds one word, and can be told to behave badly. */
final class StandInScanner implements AutoCloseable {
    /** What it finds. */
    static final String HARMFUL = "WAYMARK-HARMFUL";

    /** How it answers. */
    enum Mood { WELL, SILENT, BREAKS_OFF, HALF_AN_ANSWER, ERROR }

    volatile Mood mood = Mood.WELL;
    final AtomicInteger asked = new AtomicInteger();
    private final ServerSocket server;

    StandInScanner() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> answer(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    String address() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void answer(Socket socket) {
        try (socket; var in = new DataInputStream(socket.getInputStream())) {
            asked.incrementAndGet();
            String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
            if (!command.equals("zINSTREAM\0")) {
                say(socket, "UNKNOWN COMMAND\0");
                return;
            }
            var file = new StringBuilder();
            for (int length = in.readInt(); length > 0; length = in.readInt()) {
                if (mood == Mood.BREAKS_OFF) {
                    return;
                }
                file.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
            }
            switch (mood) {
                case SILENT -> in.read();
                case HALF_AN_ANSWER -> say(socket, "stream: O");
                case ERROR -> say(socket, "INSTREAM size limit exceeded. ERROR\0");
                default -> say(socket, file.indexOf(HARMFUL) < 0 ? "stream: OK\0" : "stream: Harmful.Test FOUND\0");
            }
        } catch (IOException e) {
            // whoever asked has left
        }
    }

    private static void say(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
