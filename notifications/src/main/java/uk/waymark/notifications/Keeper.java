package uk.waymark.notifications;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where the host keeps what was said, so that this library can forget it. */
public interface Keeper {

    /**
     * Keeps a batch of one tenant. Called with no transaction open; what it returns from must be committed. The same attempt
     * may come again, after a crash or because more is known of it: it is kept once. If it throws, all of the batch comes
     * again, and none of its words is wiped before.
     */
    void keep(UUID tenant, List<Said> said);

    /** Tenants whose messages are to be traceable to a recipient for longer than {@link RetentionRules#traces()}. */
    default Map<UUID, Duration> tracesKept() {
        return Map.of();
    }
}
