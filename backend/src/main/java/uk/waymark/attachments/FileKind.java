package uk.waymark.attachments;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is by how it begins. Only what can be cleaned honestly is taken; others are known by name so that whoever sends one is
 * told what to do.
 */
enum FileKind {
    JPEG("image/jpeg", ".jpg", null),
    PNG("image/png", ".png", null),
    PDF("application/pdf", ".pdf", null),
    HEIC(null, null, "heic"),
    WEBP(null, null, "webp"),
    GIF(null, null, "gif"),
    ARCHIVE(null, null, "archive"),
    PROGRAM(null, null, "program"),
    TEXT(null, null, "text"),
    UNKNOWN(null, null, "unknown");

    private static final int LOOKED_AT = 64;
    private final String type;
    private final String ending;
    private final String refusal;

    FileKind(String type, String ending, String refusal) {
        this.type = type;
        this.ending = ending;
        this.refusal = refusal;
    }

    /** Its media type; null where it is not taken. */
    String type() {
        return type;
    }

    /** How its name ends, with the dot. */
    String ending() {
        return ending;
    }

    /** Why it is not taken, or null. */
    String refusal() {
        return refusal;
    }

    /** The one of this media type, if it is taken. */
    static Optional<FileKind> ofType(String type) {
        return Arrays.stream(values()).filter(k -> k.type != null && k.type.equals(type)).findFirst();
    }

    /** @return never null */
    static FileKind of(byte[] file) {
        String start = new String(file, 0, Math.min(LOOKED_AT, file.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00FF\u00D8\u00FF")) {
            return JPEG;
        }
        if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
            return PNG;
        }
        if (start.startsWith("%PDF-")) {
            return PDF;
        }
        if (start.length() >= 12 && start.startsWith("ftyp", 4)) {
            return start.substring(8).toLowerCase(Locale.ROOT).matches("(?s)(hei|hev|mif|msf|avi).*") ? HEIC : UNKNOWN;
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return WEBP;
        }
        if (start.startsWith("GIF8")) {
            return GIF;
        }
        if (start.startsWith("PK") || start.startsWith("Rar!") || start.startsWith("7z\u00BC\u00AF") || start.startsWith("\u001F\u008B")
                || start.startsWith("\u00D0\u00CF\u0011\u00E0")) {
            return ARCHIVE;
        }
        if (start.startsWith("MZ") || start.startsWith("\u007FELF") || start.startsWith("#!") || start.startsWith("\u00CA\u00FE\u00BA\u00BE")) {
            return PROGRAM;
        }
        return start.replaceFirst("^\u00EF\u00BB\u00BF", "").strip().startsWith("<") ? TEXT : UNKNOWN;
    }
}
