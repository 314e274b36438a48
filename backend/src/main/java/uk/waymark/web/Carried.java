package uk.waymark.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;

/**
 * What goes from one page to the next inside the page itself, sealed: a number between two steps of signing in, or what somebody
 * had typed when their session ended. Nobody who looks at the page's source reads it, nothing of it is kept here, and after an
 * hour it opens no more.
 */
@Singleton
public final class Carried {
    private static final String WHAT = "page_carried";
    private static final Duration KEPT = Duration.ofHours(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNTIL = "until";
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;

    Carried(Sealing sealing, Ids ids, MachineClock clock) {
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /** For a hidden field. */
    public String pack(Map<String, String> what) {
        UUID id = ids.next();
        var all = new LinkedHashMap<>(what);
        all.put(UNTIL, clock.instant().plus(KEPT).toString());
        try {
            byte[] sealed = sealing.seal(WHAT, id, JSON.writeValueAsBytes(all));
            ByteBuffer packed = ByteBuffer.allocate(16 + sealed.length).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(packed.array());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot carry this");
        }
    }

    /** What was packed; empty for what is not ours, or too old. */
    public Map<String, String> open(String packed) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(packed == null ? "" : packed));
            if (bytes.remaining() <= 16) {
                return Map.of();
            }
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            byte[] sealed = new byte[bytes.remaining()];
            bytes.get(sealed);
            Map<String, String> what = JSON.readValue(new String(sealing.open(WHAT, id, sealed), StandardCharsets.UTF_8),
                new TypeReference<>() { });
            return clock.instant().isBefore(Instant.parse(what.remove(UNTIL))) ? what : Map.of();
        } catch (IllegalArgumentException | IllegalStateException | JsonProcessingException e) {
            return Map.of();
        }
    }
}
