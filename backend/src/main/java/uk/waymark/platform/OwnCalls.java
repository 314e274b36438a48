package uk.waymark.platform;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * By what this process knows its own calls: the pages ask the API over the machine's own network, and say for whom, so that
 * limits count the browser and not the pages. The secret is made at start, stays in memory and is worth nothing elsewhere.
 */
@Singleton
public final class OwnCalls {
    public static final String HEADER = "Waymark-Own-Call";
    private static final int SECRET_BYTES = 32;
    private final String secret;

    OwnCalls() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        this.secret = HexFormat.of().formatHex(bytes);
    }

    /** What to send as {@link #HEADER}. @param address for whom the call is made; see {@link CurrentCaller#address()} */
    public String header(String address) {
        return secret + ' ' + address;
    }

    /** For whom a request is made; empty for one that is not our own. */
    Optional<String> address(HttpRequest<?> request) {
        String said = request.getHeaders().get(HEADER);
        if (said == null || said.length() <= secret.length() + 1) {
            return Optional.empty();
        }
        boolean ours = MessageDigest.isEqual(said.substring(0, secret.length()).getBytes(StandardCharsets.UTF_8),
            secret.getBytes(StandardCharsets.UTF_8));
        return ours ? Optional.of(said.substring(secret.length() + 1)) : Optional.empty();
    }
}
