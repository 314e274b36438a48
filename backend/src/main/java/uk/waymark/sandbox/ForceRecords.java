package uk.waymark.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import uk.waymark.platform.DueWork;

/**
 * In the demo, the records systems of its two forces: they fetch what was said here over HTTP and say that they have it. Tests, and
 * forces that somebody adds, fetch for themselves.
 */
@Singleton
@Requires(env = "sandbox")
@Requires(property = ForceRecords.ON, value = "true")
final class ForceRecords implements DueWork {
    static final String ON = "waymark.sandbox.forces-fetch";
    private static final String OUTBOUND = "/v1/bridge/outbound";
    private static final int MOST_PAGES = 100;
    private final Calls calls;
    private final IdentityStandIn identity;

    ForceRecords(Calls calls, IdentityStandIn identity) {
        this.calls = calls;
        this.identity = identity;
    }

    @Scheduled(initialDelay = "10s", fixedDelay = "5s")
    void look() {
        drain();
    }

    @Override
    public Optional<Instant> nextDue() {
        return Optional.empty();
    }

    @Override
    public void drain() {
        SandboxForces.all().forEach(this::fetch);
    }

    private void fetch(SandboxForces.Force force) {
        String token = identity.token(force, "system");
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode items = calls.get(OUTBOUND, token).body().path("items");
            if (items.isEmpty()) {
                return;
            }
            for (JsonNode item : items) {
                String id = item.path("id").asText();
                var answer = calls.post(OUTBOUND + '/' + id + "/acknowledgement", token,
                    Map.of("source_reference", "REC-" + id.substring(id.length() - 6)));
                if (!answer.good()) {
                    return;
                }
            }
        }
    }
}
