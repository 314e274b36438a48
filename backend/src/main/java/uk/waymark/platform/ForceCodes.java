package uk.waymark.platform;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of a force for the log, without asking the database at each request. */
@Singleton
final class ForceCodes {
    private static final Logger LOG = LoggerFactory.getLogger(ForceCodes.class);
    private static final String NOT_YET_KNOWN = "new";
    private final ActingAs acting;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Map<UUID, String> codes = Map.of();

    private record Force(UUID id, String code) { }

    ForceCodes(ActingAs acting) {
        this.acting = acting;
    }

    @EventListener
    void start(ServerStartupEvent event) {
        refresh();
    }

    /** @return the code; a force that was added since the last look is looked up for the next time */
    String of(UUID force) {
        String code = codes.get(force);
        if (code == null && reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("force-codes").start(() -> {
                refresh();
                reading.set(false);
            });
        }
        return code == null ? NOT_YET_KNOWN : code;
    }

    private void refresh() {
        try {
            codes = acting.as(new Caller.Nobody(), c -> Sql.list(c, "select id, code from waymark.force",
                r -> new Force(Sql.uuid(r, "id"), r.getString("code")))).stream()
                .collect(Collectors.toUnmodifiableMap(Force::id, Force::code));
        } catch (RuntimeException e) {
            LOG.warn("the codes of the forces could not be read; the log goes without them for now", e);
        }
    }
}
