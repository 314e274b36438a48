package uk.waymark.app;

import android.content.ContentResolver;
import android.database.Cursor;
import android.net.Uri;
import android.os.Build;
import android.provider.OpenableColumns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A file that the person chose with the phone's own picker: the app may read this one and no other.
 *
 * @param name what it is called
 * @param type its Content-Type, by what is in it; of a photo that had to be made into another, that of the other
 * @param trouble which text says why it is not taken; 0 where it is, and only then the others are set
 */
record PickedFile(String name, String type, byte[] bytes, int trouble) {
    /** What can be chosen. */
    static final String[] TYPES = {"image/jpeg", "image/png", "application/pdf", "image/heic", "image/heif"};
    /** What the files of a photo say that they are which cameras keep as HEIC or HEIF. */
    private static final Set<String> HEIC = Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
    private static final int LARGEST = 10 * 1024 * 1024;

    /** Takes time. */
    static PickedFile read(ContentResolver resolver, Uri where) {
        try (InputStream in = resolver.openInputStream(where)) {
            if (in == null) {
                return not(R.string.file_unreadable);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[65_536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                if (out.size() > LARGEST) {
                    return not(R.string.file_too_large);
                }
            }
            byte[] bytes = out.toByteArray();
            if (isHeic(bytes)) {
                return converted(bytes, name(resolver, where));
            }
            String type = type(bytes);
            return type == null ? not(R.string.file_type) : new PickedFile(name(resolver, where), type, bytes, 0);
        } catch (IOException | SecurityException e) {
            return not(R.string.file_unreadable);
        }
    }

    private static PickedFile converted(byte[] photo, String name) {
        if (Build.VERSION.SDK_INT < 28) {
            return not(R.string.file_photo);
        }
        try {
            byte[] jpeg = Heic.jpeg(photo, LARGEST);
            return jpeg.length > LARGEST ? not(R.string.file_too_large)
                    : new PickedFile(name.replaceFirst("(?i)\\.hei[cf]$", "") + ".jpg", TYPES[0], jpeg, 0);
        } catch (IOException | OutOfMemoryError e) { // many a phone reads no HEIC, or none so large
            return not(R.string.file_photo);
        }
    }

    private static PickedFile not(int why) {
        return new PickedFile(null, null, null, why);
    }

    /** By its first bytes: names and what other apps say of them are often wrong. */
    private static String type(byte[] bytes) {
        if (begins(bytes, 0xFF, 0xD8, 0xFF)) {
            return TYPES[0];
        }
        if (begins(bytes, 0x89, 'P', 'N', 'G')) {
            return TYPES[1];
        }
        return begins(bytes, '%', 'P', 'D', 'F') ? TYPES[2] : null;
    }

    private static boolean isHeic(byte[] bytes) {
        return bytes.length >= 12 && new String(bytes, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp")
                && HEIC.contains(new String(bytes, 8, 4, StandardCharsets.ISO_8859_1));
    }

    private static boolean begins(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static String name(ContentResolver resolver, Uri where) {
        try (Cursor cursor = resolver.query(where, new String[] {OpenableColumns.DISPLAY_NAME}, null, null, null)) {
            String name = cursor != null && cursor.moveToFirst() ? cursor.getString(0) : null;
            return name == null || name.trim().isEmpty() ? "file" : name;
        } catch (RuntimeException e) { // whatever another app's provider throws
            return "file";
        }
    }
}
