package uk.waymark.endtoend;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line between a phone and a server that a test can cut, and that can swallow what the server says. */
final class Relay implements Closeable {
    /** What the line is like. */
    enum Line {
        /** Everything gets through. */
        GOOD,
        /** Nothing does. */
        CUT,
        /** What is asked arrives, and what is answered does not. */
        LOSES_ANSWERS
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int server;
    private volatile Line line = Line.GOOD;

    Relay(int server) throws IOException {
        this.server = server;
        run(() -> {
            while (!socket.isClosed()) {
                join(socket.accept());
            }
        });
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Changes the line; whoever is on it is thrown off. */
    void becomes(Line now) throws IOException {
        line = now;
        for (Socket s : open) {
            s.close();
        }
        open.clear();
    }

    private void join(Socket phone) throws IOException {
        if (line == Line.CUT) {
            phone.close();
            return;
        }
        Line then = line;
        Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(phone);
        open.add(there);
        run(() -> copy(phone.getInputStream(), there.getOutputStream()));
        run(() -> {
            if (then == Line.LOSES_ANSWERS) {
                there.getInputStream().read(); // it has begun to answer, so it is done
                phone.close();
            } else {
                copy(there.getInputStream(), phone.getOutputStream());
            }
            phone.close();
            there.close();
        });
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            out.flush();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                return; // the line was cut
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        becomes(Line.CUT);
    }
}
