package uk.waymark.hearings;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;

/** Has reminders sent when they fall due. Every instance may do it: what one has taken, another passes over. */
@Singleton
class Reminders implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);
    private static final int BATCH = 200;
    private final ActingAs acting;
    private final EachForce forces;
    private final ReminderStore store;
    private final ReminderSending sending;
    private final CaseClock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Reminders(ActingAs acting, EachForce forces, ReminderStore store, ReminderSending sending, CaseClock clock) {
        this.forces = forces;
        this.acting = acting;
        this.store = store;
        this.sending = sending;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "20s", fixedDelay = "30s")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("reminders that are due could not be sent; in half a minute it will be tried again", e);
        }
    }

    /** One caller at a time, so that whoever returns knows that it is done. */
    @Override
    public void drain() {
        oneAtATime.lock();
        try {
            forces.run("reminders", this::drain);
        } finally {
            oneAtATime.unlock();
        }
    }

    private void drain(UUID force) {
        int some;
        do {
            some = acting.as(new Caller.Worker(force), (Connection c) -> {
                List<Reminder> due = store.takeDue(c, clock.instant(), BATCH);
                sending.send(c, force, due, clock.instant());
                return due.size();
            });
        } while (some >= BATCH);
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return forces.all().stream().map(force -> acting.as(new Caller.Worker(force), (Connection c) ->
            store.nextDue(c, now).orElse(null))).filter(Objects::nonNull).min(Instant::compareTo);
    }
}
