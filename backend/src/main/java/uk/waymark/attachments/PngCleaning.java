package uk.waymark.attachments;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Takes out of a PNG whatever is not needed to draw it, without drawing it. What stays is a list (PNG, third edition, table 7): texts,
 * times, Exif, colour profiles, further pictures and whatever follows the end goes.
 */
final class PngCleaning {
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs");
    private static final int HEADER_BYTES = 8;
    private static final int BESIDES = 12;

    private PngCleaning() { }

    /** @param in begins as a PNG does */
    static Cleaned clean(byte[] in, long mostPixels) {
        var out = new ByteArrayOutputStream(in.length);
        out.write(in, 0, HEADER_BYTES);
        ByteBuffer file = ByteBuffer.wrap(in);
        boolean data = false;
        int at = HEADER_BYTES;
        while (at + BESIDES <= in.length) {
            long length = Integer.toUnsignedLong(file.getInt(at));
            if (length > in.length - at - BESIDES) {
                return new Cleaned.Refused("broken");
            }
            String type = new String(in, at + 4, 4, StandardCharsets.ISO_8859_1);
            int whole = (int) length + BESIDES;
            if (!whole(file, at, (int) length) || at == HEADER_BYTES != type.equals("IHDR")) {
                return new Cleaned.Refused("broken");
            }
            if (type.equals("IHDR")) {
                long width = Integer.toUnsignedLong(file.getInt(at + 8));
                long height = length == 13 ? Integer.toUnsignedLong(file.getInt(at + 12)) : 0;
                if (width == 0 || height == 0) {
                    return new Cleaned.Refused("broken");
                }
                // first, so that the product holds
                if (width > mostPixels || height > mostPixels || width * height > mostPixels) {
                    return new Cleaned.Refused("pixels");
                }
            }
            if (KEPT.contains(type)) {
                out.write(in, at, whole);
            } else if (Character.isUpperCase(type.charAt(0))) {
                return new Cleaned.Refused("broken"); // needed to draw it, and not known
            }
            data |= type.equals("IDAT");
            if (type.equals("IEND")) {
                return data ? new Cleaned.Clean(out.toByteArray()) : new Cleaned.Refused("broken");
            }
            at += whole;
        }
        return new Cleaned.Refused("broken");
    }

    private static boolean whole(ByteBuffer file, int at, int length) {
        var crc = new CRC32();
        crc.update(file.array(), at + 4, length + 4);
        return crc.getValue() == Integer.toUnsignedLong(file.getInt(at + 8 + length));
    }
}
