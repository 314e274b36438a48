package uk.waymark.bridge.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * That a body comes from us and is fresh: {@code t=<seconds since 1970>,v1=<hex>}, where the latter is the HMAC-SHA-256 of the time, a
 * full stop and the body, under the secret that both sides have.
 */
final class Signature {
    static final String HEADER = "Waymark-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() { }

    static String of(String secret, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a body cannot be signed");
        }
    }
}
