package uk.waymark.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.WaymarkTest;

/** Asking for tokens is counted by the address it comes from, whatever client is named. */
class SystemTokenLimitTest extends WaymarkTest {

    @Override
    protected Map<String, Object> properties() {
        return Map.of("waymark.limits.system-tokens-of-address", 3);
    }

    private int ask(String client) {
        return api().form("/v1/bridge/tokens", Map.of("grant_type", "client_credentials", "client_id", client,
            "client_secret", "wrong")).status();
    }

    @Test
    void afterSoManyTheAddressWaits() {
        for (int i = 0; i < 3; i++) {
            assertEquals(401, ask("client-" + i));
        }
        var refused = api().form("/v1/bridge/tokens", Map.of("grant_type", "client_credentials", "client_id", "another",
            "client_secret", "wrong"));
        assertEquals(429, refused.status());
        assertTrue(refused.header("retry-after").isPresent());
        clocks.advanceMachine(Duration.ofMinutes(15));
        assertEquals(401, ask("client-1"));
    }
}
