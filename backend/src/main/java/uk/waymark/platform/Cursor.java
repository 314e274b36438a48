package uk.waymark.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page starts: opaque to clients, a keyset inside. */
public final class Cursor {
    private static final String SEPARATOR = "\n";

    private Cursor() { }

    public static String encode(String... parts) {
        return Base64.getUrlEncoder().withoutPadding()
            .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param count how many parts it has
     * @return null for no cursor
     * @throws ProblemException 400 for one that we did not make
     */
    public static String[] decode(String cursor, int count) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (parts.length == count) {
                return parts;
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
    }
}
