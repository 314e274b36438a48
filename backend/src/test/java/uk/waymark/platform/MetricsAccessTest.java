package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may read figures. */
class MetricsAccessTest {
    private static final String TOKEN = "figures-are-for-operators-only";

    private static MetricsAccess access(boolean sandbox, Map<String, String> tokens) {
        return new MetricsAccess(new Settings("jdbc:postgresql://h/d", "a", "b", "c", "d", "e", new byte[32],
            URI.create("https://example.org"), 0, 2, tokens, Optional.empty(), sandbox));
    }

    private static HttpRequest<?> with(String authorization) {
        var request = HttpRequest.GET("/prometheus");
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    @Test
    void inProductionOnlyTheTokenOpens() {
        var access = access(false, Map.of("WAYMARK_METRICS_TOKEN", TOKEN));
        assertDoesNotThrow(() -> access.check(with("Bearer " + TOKEN)));
        for (String wrong : new String[] {null, "", "Bearer", "Bearer ", "Bearer x", TOKEN, "bearer " + TOKEN}) {
            assertThrows(ProblemException.class, () -> access.check(with(wrong)), wrong);
        }
    }

    @Test
    void whereNoneIsSetNobodyReadsButInTheSandbox() {
        assertThrows(ProblemException.class, () -> access(false, Map.of()).check(with(null)));
        assertThrows(ProblemException.class, () -> access(false, Map.of()).check(with("Bearer ")));
        assertDoesNotThrow(() -> access(true, Map.of()).check(with(null)));
    }
}
