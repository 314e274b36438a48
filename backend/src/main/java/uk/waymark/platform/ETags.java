package uk.waymark.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Strong validators (RFC 9110) over what this reader is shown: another role's news does not change them. */
public final class ETags {
    private ETags() { }

    public static String of(Object shown) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(shown.toString().getBytes(StandardCharsets.UTF_8));
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 18)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a header such as {@code If-None-Match} or {@code If-Match} names this tag. */
    public static boolean matches(String header, String tag) {
        return header != null && Arrays.stream(header.split(",")).map(String::strip)
            .map(t -> t.startsWith("W/") ? t.substring(2) : t).anyMatch(t -> t.equals("*") || t.equals(tag));
    }
}
