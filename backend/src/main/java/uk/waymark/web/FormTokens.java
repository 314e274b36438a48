package uk.waymark.web;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import uk.waymark.platform.Sealing;

/**
 * The second lock against forged forms, after {@link OwnSite}: a keyed hash over the browser's cookie, whose form it is and a
 * random number. Another site cannot know it, it ends with the cookie, and nothing has to be kept.
 */
@Singleton
final class FormTokens {
    private static final int NONCE = 12;
    private static final int OWNER = 16;
    private final SecureRandom random = new SecureRandom();
    private final Sealing sealing;

    FormTokens(Sealing sealing) {
        this.sealing = sealing;
    }

    /** @param cookie of the browser that the form goes to; @param account whose form it is; null for nobody's */
    String issue(String cookie, String account) {
        byte[] head = new byte[NONCE];
        random.nextBytes(head);
        head = joined(head, owner(account));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(joined(head, sealing.key("page_form", text(cookie, head))));
    }

    /** Whether this is a token that was given to this browser, under any key still in use. */
    boolean fits(String cookie, String token) {
        byte[] given = decoded(token);
        if (given.length <= NONCE + OWNER) {
            return false;
        }
        byte[] mac = Arrays.copyOfRange(given, NONCE + OWNER, given.length);
        String text = text(cookie, Arrays.copyOf(given, NONCE + OWNER));
        return Arrays.stream(sealing.keys("page_form", text)).anyMatch(k -> MessageDigest.isEqual(k, mac));
    }

    /** Whose form it was, as {@link #nameOf} has it; to be asked of a token that fits. */
    static String ownerOf(String token) {
        byte[] given = decoded(token);
        return given.length <= NONCE + OWNER ? "" : HexFormat.of().formatHex(given, NONCE, NONCE + OWNER);
    }

    /** A short hash of an account, to compare. @param account null for nobody */
    static String nameOf(String account) {
        return HexFormat.of().formatHex(owner(account));
    }

    private static byte[] owner(String account) {
        try {
            return account == null ? new byte[OWNER]
                : Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(account.getBytes(StandardCharsets.UTF_8)), OWNER);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decoded(String token) {
        try {
            return Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static String text(String cookie, byte[] head) {
        return cookie + ':' + HexFormat.of().formatHex(head);
    }
}
