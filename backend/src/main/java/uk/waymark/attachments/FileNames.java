package uk.waymark.attachments;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;
import uk.waymark.platform.ProblemException;

/** Names of files as whoever reads them sees them: no path, nothing that cannot be seen, and the ending that the file truly has. */
final class FileNames {
    private static final int LONGEST = 80;
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}\\uFFFD<>:\"|?*]");
    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,5}$");

    private FileNames() { }

    /**
     * @param header percent-encoded UTF-8, or null
     * @throws ProblemException 400 where it cannot be read
     */
    static String of(String header, FileKind kind) {
        return safe(header == null ? "" : decoded(header), kind);
    }

    private static String decoded(String header) {
        try {
            return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/File-Name", "Write the name percent-encoded, as UTF-8.");
        }
    }

    static String safe(String name, FileKind kind) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String seen = UNSAFE.matcher(Normalizer.normalize(last, Normalizer.Form.NFC)).replaceAll("").replaceAll("[\\s\\p{Zs}]+", " ").strip();
        String stem = ENDING.matcher(seen).replaceFirst("").replaceAll("^[. ]+|[. ]+$", "");
        if (stem.codePointCount(0, stem.length()) > LONGEST) {
            stem = stem.substring(0, stem.offsetByCodePoints(0, LONGEST)).strip();
        }
        return (stem.isEmpty() ? kind == FileKind.PDF ? "document" : "photo" : stem) + kind.ending();
    }

    /** For {@code Content-Disposition} (RFC 6266): to be kept as a file, never to be shown in its place. */
    static String disposition(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '_';
            encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._ ()-]", "_") + "\"; filename*=UTF-8''" + encoded;
    }
}
