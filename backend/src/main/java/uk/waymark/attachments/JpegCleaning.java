package uk.waymark.attachments;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes out of a JPEG whatever is not needed to draw it, without drawing it: the picture stays bit for bit as it was, and nothing that
 * it says of its size costs memory. What stays is a list of what is known to be harmless (ITU T.81, table B.1); Exif with its places
 * and thumbnails, XMP, IPTC, comments, colour profiles, further pictures and whatever follows the end goes. Which way up it is held is
 * written anew.
 */
final class JpegCleaning {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;
    /** A picture drawn in more passes than any camera makes costs whoever shows it minutes. */
    private static final int MOST_SCANS = 100;
    private final byte[] in;
    private final long mostPixels;
    private final ByteArrayOutputStream out;
    private int at = 2;
    private int orientation = 1;
    private int scans;
    private boolean frame;
    private boolean jfif;
    private boolean adobe;

    private JpegCleaning(byte[] in, long mostPixels) {
        this.in = in;
        this.mostPixels = mostPixels;
        this.out = new ByteArrayOutputStream(in.length + 64);
    }

    /** @param in begins as a JPEG does */
    static Cleaned clean(byte[] in, long mostPixels) {
        try {
            return new Cleaned.Clean(new JpegCleaning(in, mostPixels).all());
        } catch (Unfit e) {
            return new Cleaned.Refused(e.why);
        } catch (ArrayIndexOutOfBoundsException e) {
            return new Cleaned.Refused("broken");
        }
    }

    private static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String why;

        Unfit(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    private byte[] all() {
        var head = new ByteArrayOutputStream();
        head.write(0xFF);
        head.write(SOI);
        while (true) {
            int marker = marker();
            if (marker == EOI) {
                break;
            }
            segment(marker);
        }
        if (!frame || scans == 0) {
            throw new Unfit("broken");
        }
        out.write(0xFF);
        out.write(EOI);
        byte[] way = orientation == 1 ? new byte[0] : exif(orientation);
        head.write(way, 0, way.length);
        byte[] body = out.toByteArray();
        head.write(body, 0, body.length);
        return head.toByteArray();
    }

    private int marker() {
        if (u8(at) != 0xFF) {
            throw new Unfit("broken");
        }
        while (u8(at) == 0xFF) {
            at++;
        }
        return u8(at++);
    }

    private void segment(int marker) {
        int length = u16(at);
        int from = at;
        if (length < 2 || from + length > in.length) {
            throw new Unfit("broken");
        }
        at += length;
        switch (marker) {
            case 0xC0, 0xC1, 0xC2 -> frame(from, length);
            case 0xC4, 0xDB, 0xDD -> copy(marker, from, length);
            case SOS -> scan(from, length);
            case APP0 -> jfif(from, length);
            case APP1 -> orientation = orientation == 1 && has(from + 2, length - 2, "Exif\0\0")
                ? Orientation.of(in, from + 8, from + length) : orientation;
            case APP14 -> adobe(from, length);
            default -> {
                // other applications' segments and comments are left out; what is neither cannot be drawn
                if (marker < APP0 || marker > APP15 && marker != COM) {
                    throw new Unfit("broken");
                }
            }
        }
    }

    private void frame(int from, int length) {
        if (frame || length < 8) {
            throw new Unfit("broken");
        }
        long height = u16(from + 3);
        long width = u16(from + 5);
        if (height == 0 || width == 0) {
            throw new Unfit("broken");
        }
        if (height * width > mostPixels) {
            throw new Unfit("pixels");
        }
        frame = true;
        copy(0xFF & in[from - 1], from, length);
    }

    private void scan(int from, int length) {
        if (!frame) {
            throw new Unfit("broken");
        }
        if (++scans > MOST_SCANS) {
            throw new Unfit("pixels");
        }
        copy(SOS, from, length);
        int start = at;
        // until the next marker: a stuffed FF 00 and a restart are part of the picture
        while (u8(at) != 0xFF || u8(at + 1) == 0 || u8(at + 1) >= 0xD0 && u8(at + 1) <= 0xD7) {
            at += u8(at) == 0xFF ? 2 : 1;
        }
        out.write(in, start, at - start);
    }

    /** Its density without the thumbnail. */
    private void jfif(int from, int length) {
        if (!jfif && length >= 16 && has(from + 2, length - 2, "JFIF\0")) {
            jfif = true;
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0});
            out.write(in, from + 7, 7);
            out.writeBytes(new byte[] {0, 0});
        }
    }

    /** Which colours its parts are: without it some are drawn in false ones. */
    private void adobe(int from, int length) {
        if (!adobe && length == 14 && has(from + 2, length - 2, "Adobe")) {
            adobe = true;
            copy(APP14, from, length);
        }
    }

    private void copy(int marker, int from, int length) {
        out.write(0xFF);
        out.write(marker);
        out.write(in, from, length);
    }

    private boolean has(int from, int length, String text) {
        return length >= text.length() && new String(in, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    private int u8(int i) {
        return in[i] & 0xFF;
    }

    private int u16(int i) {
        return u8(i) << 8 | u8(i + 1);
    }

    /** An Exif segment that says which way up it is held, and nothing else. */
    private static byte[] exif(int orientation) {
        return new byte[] {(byte) 0xFF, (byte) APP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1,
            1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0};
    }
}
