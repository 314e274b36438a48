package uk.waymark.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * From a thread that writes to whichever threads send, with a few pieces between them and no more: who reads slowly is waited for,
 * and given up after a minute. (The JDK's own pipe wants one thread that lives on at each end.)
 */
final class Passage {
    private static final int PIECES = 4;
    private static final long PATIENCE_SECONDS = 60;
    private static final byte[] END = {};
    private static final byte[] BROKEN = {};
    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
    private volatile boolean left;

    /** To write into. Closing it ends the file well; {@link #breakOff} does not. */
    OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                put(new byte[] {(byte) one});
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                if (length > 0) {
                    put(Arrays.copyOfRange(from, offset, offset + length));
                }
            }
        };
    }

    void end() throws IOException {
        put(END);
    }

    /** Whoever reads is told that it is not whole. */
    void breakOff() {
        if (!pieces.offer(BROKEN)) {
            pieces.clear();
            pieces.offer(BROKEN);
        }
    }

    private void put(byte[] piece) throws IOException {
        try {
            for (int second = 0; second < PATIENCE_SECONDS && !left; second++) {
                if (pieces.offer(piece, 1, TimeUnit.SECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("nobody reads any more");
    }

    /** To read from, by any thread. */
    InputStream in() {
        return new InputStream() {
            private byte[] piece = {};
            private int at;
            private boolean ended;

            @Override
            public int read() throws IOException {
                return more() ? piece[at++] & 0xff : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (!more()) {
                    return -1;
                }
                int some = Math.min(length, piece.length - at);
                System.arraycopy(piece, at, into, offset, some);
                at += some;
                return some;
            }

            private boolean more() throws IOException {
                while (!ended && at == piece.length) {
                    piece = next();
                    at = 0;
                    ended = piece == END;
                }
                return !ended;
            }

            @Override
            public void close() {
                left = true;
            }
        };
    }

    private byte[] next() throws IOException {
        try {
            byte[] piece = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (piece == null || piece == BROKEN) {
                throw new IOException("it ended early");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }
}
