package uk.waymark.hearings.runs;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.hearings.runs.RunStore.Row;
import uk.waymark.hearings.runs.RunStore.State;
import uk.waymark.messaging.Messaging;
import uk.waymark.notifications.MessageRecord;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.Outbox;
import uk.waymark.notifications.Page;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;

/**
 * Turns the lines of runs into messages, some at a time and each lot in a transaction of its own: what was committed is done, and
 * whoever comes next goes on from there. Any instance may do it; a run is in the hands of one at a time.
 */
@Singleton
class RunWorker implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
    private static final int BATCH = 200;
    /** Classes of SQL states. */
    private static final Set<String> THE_DATABASES = Set.of("08", "40", "53", "55", "57", "58");
    private static final String ANOTHER_WAS_FIRST = "23505";
    private static final int TRIES = 4;
    /** Of what may have left, so many lots are asked about at a time: a night's messages may be held for hours. */
    private static final int LOTS_AT_A_TIME = 5;
    private final ActingAs acting;
    private final EachForce forces;
    private final RunStore store;
    private final RunLines lines;
    private final RunEndings endings;
    private final Outbox outbox;
    private final Messaging messaging;
    private final CaseClock clock;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    /** By force, the row after which it is gone on asking. */
    private final Map<UUID, UUID> followed = new HashMap<>();

    RunWorker(ActingAs acting, EachForce forces, RunStore store, RunLines lines, RunEndings endings, Outbox outbox, Messaging messaging, CaseClock clock) {
        this.forces = forces;
        this.acting = acting;
        this.store = store;
        this.lines = lines;
        this.endings = endings;
        this.outbox = outbox;
        this.messaging = messaging;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "5s", fixedDelay = "5s")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("reminder runs could not be gone on with; in a moment it will be tried again", e);
        }
    }

    /** A run has just begun: for those who wait for it. */
    void wake() {
        Thread.ofVirtual().name("reminder-runs").start(this::look);
    }

    @Override
    public Optional<Instant> nextDue() {
        return Optional.empty();
    }

    @Override
    public void drain() {
        oneAtATime.lock();
        try {
            forces.run("reminder runs", this::drain);
        } finally {
            oneAtATime.unlock();
        }
    }

    private void drain(UUID force) {
        while (goOn(force, BATCH)) {
            messaging.wake();
        }
        UUID after = null;
        do {
            after = takeBack(new Caller.Worker(force), after);
        } while (after != null);
        for (int i = 0; i == 0 || i < LOTS_AT_A_TIME && followed.get(force) != null; i++) {
            followed.put(force, follow(new Caller.Worker(force), followed.get(force)));
        }
    }

    /** What cannot be worked on in a lot is worked on line by line, and keeps no other line back. */
    private boolean goOn(UUID force, int most) {
        try {
            return acting.as(new Caller.Worker(force), c -> goOn(c, force, most, false));
        } catch (RuntimeException e) {
            LOG.warn("lines of a reminder run could not be worked on together: {}", e.getClass().getName());
            return oneByOne(force);
        }
    }

    private boolean oneByOne(UUID force) {
        boolean more = true;
        int failed = 0;
        for (int i = 0; i < BATCH && more; i++) {
            try {
                more = acting.as(new Caller.Worker(force), c -> goOn(c, force, 1, false));
                failed = 0;
            } catch (RuntimeException e) {
                boolean moment = ofTheMoment(e);
                if ((moment || sqlState(e).filter(ANOTHER_WAS_FIRST::equals).isPresent()) && ++failed < TRIES) {
                    continue;
                }
                if (moment) {
                    LOG.warn("a reminder run waits and is gone on with soon: {}", e.getClass().getName());
                    return false;
                }
                failed = 0;
                LOG.error("a line of a reminder run could not be worked on: {}", e.getClass().getName());
                more = acting.as(new Caller.Worker(force), c -> goOn(c, force, 1, true));
            }
        }
        return more;
    }

    /** The database is away, is full or had to choose between two: nothing that a line could be blamed for. */
    static boolean ofTheMoment(RuntimeException failure) {
        String state = sqlState(failure).orElse("");
        return THE_DATABASES.stream().anyMatch(state::startsWith);
    }

    /** Empty where it was not the database. */
    private static Optional<String> sqlState(RuntimeException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof DatabaseFailure f) {
                return Optional.of(known(f.sqlState()));
            }
            if (e instanceof SQLException s) {
                return Optional.of(known(s.getSQLState()));
            }
        }
        return Optional.empty();
    }

    /** The pool of connections gives no state for a connection that it has not. */
    private static String known(String sqlState) {
        return sqlState == null ? "08" : sqlState;
    }

    /** @param giveUp the next line is put aside instead @return whether there was a run to go on with */
    private boolean goOn(Connection c, UUID force, int most, boolean giveUp) {
        RunStore.Run run = store.next(c).orElse(null);
        if (run == null) {
            return false;
        }
        Instant now = clock.instant();
        List<Row> rows = store.pending(c, run.id(), most);
        if (rows.isEmpty()) {
            store.finished(c, run.id(), "finished", null, now);
        } else if (giveUp) {
            rows.forEach(row -> store.moved(c, row.id(), State.BAD, RunReason.NOT_UNDERSTOOD.wireName(), now));
        } else {
            lines.work(c, force, run, rows, now);
        }
        return true;
    }

    /** What has not gone of a run that was stopped. @return the last row of a full lot, or null */
    private UUID takeBack(Caller worker, UUID after) {
        return acting.as(worker, c -> {
            List<Row> rows = store.waiting(c, true, after, BATCH);
            for (Row row : rows) {
                if (outbox.cancelByKey(c, worker.requireForce(), row.key(), RunReason.RUN_STOPPED.wireName())) {
                    store.moved(c, row.id(), State.STOPPED, RunReason.RUN_STOPPED.wireName(), clock.instant());
                }
            }
            return rows.size() == BATCH ? rows.getLast().id() : null;
        });
    }

    /** Which have left by now. */
    private UUID follow(Caller worker, UUID after) {
        return acting.as(worker, c -> {
            List<Row> rows = store.waiting(c, false, after, BATCH);
            if (rows.isEmpty()) {
                return null;
            }
            Set<UUID> left = outbox.listByKeys(c, worker.requireForce(), rows.stream().map(Row::key).toList(), Page.first(BATCH)).stream()
                .filter(m -> m.state().withProvider() && m.state() != MessageState.STARTED)
                .map(MessageRecord::id).collect(Collectors.toSet());
            for (Row row : rows) {
                if (left.contains(row.message()) && store.sent(c, row.id(), clock.instant())) {
                    endings.sent(c, worker.requireForce(), row, clock.instant());
                }
            }
            return rows.size() == BATCH ? rows.getLast().id() : null;
        });
    }
}
