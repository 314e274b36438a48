package uk.waymark.changes;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.messaging.DecidedAnew;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.DueWork;

/** Changes whose waiting time is over take effect, and those that nobody confirmed are ended. Any instance may do it. */
@Singleton
class DueChanges implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(DueChanges.class);
    private static final Caller NOBODY = new Caller.Nobody();
    private final ActingAs acting;
    private final ChangeStore store;
    private final Effects effects;
    private final DecidedAnew anew;

    DueChanges(ActingAs acting, ChangeStore store, Effects effects, DecidedAnew anew) {
        this.acting = acting;
        this.store = store;
        this.effects = effects;
        this.anew = anew;
    }

    @Scheduled(initialDelay = "20s", fixedDelay = "1m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("changes that are due could not be looked at; in a minute it will be tried again", e);
        }
    }

    @Override
    public void drain() {
        acting.as(NOBODY, (Connection c) -> {
            store.cleanUp(c);
            return store.due(c);
        }).forEach(this::takeEffect);
    }

    private void takeEffect(UUID id) {
        try {
            acting.as(NOBODY, (Connection c) -> effects.due(c, id)).concerned().forEach(anew::of);
        } catch (RuntimeException e) {
            LOG.error("change {} could not take effect: {}; it will be tried again", id, e.getClass().getName());
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        return acting.as(NOBODY, (Connection c) -> store.nextDue(c));
    }
}
