package uk.waymark.attachments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Which way up a picture is held, by its Exif (tag 0x0112 of the first directory). */
final class Orientation {
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    private Orientation() { }

    /** @param from where the TIFF header begins @param to where it ends @return 1 to 8; 1, as it is, where nothing says so */
    static int of(byte[] in, int from, int to) {
        if (to - from < 14) {
            return 1;
        }
        ByteBuffer tiff = ByteBuffer.wrap(in, from, to - from).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long first = Integer.toUnsignedLong(tiff.getInt(4));
        if (first + 2 > tiff.limit()) {
            return 1;
        }
        int entries = Short.toUnsignedInt(tiff.getShort((int) first));
        for (int i = 0; i < entries; i++) {
            long entry = first + 2 + (long) i * ENTRY_BYTES;
            if (entry + ENTRY_BYTES > tiff.limit()) {
                return 1;
            }
            if (Short.toUnsignedInt(tiff.getShort((int) entry)) == TAG && tiff.getShort((int) entry + 2) == SHORT) {
                int said = Short.toUnsignedInt(tiff.getShort((int) entry + 8));
                return said >= 1 && said <= 8 ? said : 1;
            }
        }
        return 1;
    }
}
