package uk.waymark.web.staff;

import java.nio.charset.StandardCharsets;
import uk.waymark.web.Visit;

/** How a file of a message goes on to a browser: always to be saved, never shown in a page. */
final class FileOfMessage {
    private FileOfMessage() { }

    /** By its first bytes: only these three kinds are ever kept. */
    static String type(byte[] file) {
        String head = new String(file, 0, Math.min(4, file.length), StandardCharsets.ISO_8859_1);
        return head.startsWith("%PDF") ? "application/pdf" : head.startsWith("\u0089PNG") ? "image/png" : "image/jpeg";
    }

    /** @param name as the list shows it; whatever a form says stays inside the quotation (RFC 8187) */
    static String disposition(String name) {
        return "attachment; filename*=UTF-8''" + Visit.encode(name.isBlank() ? "file" : name).replace("+", "%20").replace("*", "%2A");
    }
}
