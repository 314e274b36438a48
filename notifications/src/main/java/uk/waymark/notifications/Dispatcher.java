package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * Sends what is due: claims in batches, asks the host's policy, commits each attempt as started, calls the provider
 * and records the outcome. Any number of dispatchers may work on one database, in one process or many. A message is
 * called out at most once per attempt; an attempt whose outcome was lost becomes unknown and is never repeated.
 */
public final class Dispatcher implements AutoCloseable {

    private final DataSource source;
    private final DispatchStore store;
    private final DispatchRound round;
    private final DispatchMetrics metrics;
    private final Receipts receipts;
    private final Ids ids;
    private final InstantSource caseTime;
    private final DispatchLoop loop;
    private final Presence rounds = new Presence();

    /**
     * @param dispatcherLogin connections of {@code waymark_dispatcher}, outside any transaction of the host; one per
     *                        lane and two more are used at most
     * @param caseTime        decides what is due and what has expired; leases use the database's own clock
     * @param random          spreads retries
     */
    public Dispatcher(DataSource dispatcherLogin, DeliveryPolicy policy, Templates templates,
                      Senders senders, MessageClasses classes, Sealer sealer, Ids ids, InstantSource caseTime,
                      DispatchSettings settings, MeterRegistry meters, RandomGenerator random) {
        this.source = dispatcherLogin;
        this.ids = ids;
        this.caseTime = caseTime;
        this.store = new DispatchStore(ids);
        this.metrics = new DispatchMetrics(meters);
        this.receipts = new Receipts(ids, caseTime, meters);
        this.round = new DispatchRound(source, store, policy, templates.readingFrom(source), senders,
            classes, sealer, ids, caseTime,
            settings, random, metrics);
        this.loop = new DispatchLoop(settings, this::runOnce, this::keepHouse);
    }

    /** Works on one batch, from claim to recorded outcomes; answers how many messages it claimed. */
    public int runOnce() {
        rounds.enter();
        try {
            return round.run();
        } finally {
            rounds.leave();
        }
    }

    /**
     * Makes started messages whose lease lapsed unknown, and applies receipts that came before the provider's id was
     * known; answers how many messages became unknown.
     */
    public int sweep() {
        Sql.inTransaction(source, receipts::applyWaiting);
        int lapsed = Sql.inTransaction(source, c -> store.giveUpLapsed(c, caseTime.instant()));
        for (int i = 0; i < lapsed; i++) {
            metrics.ended(MessageState.UNKNOWN);
        }
        return lapsed;
    }

    /** Brings the gauges up to date; {@link #start()} does so by itself. */
    public void measure() {
        Instant now = caseTime.instant();
        DispatchStore.Backlog backlog = Sql.inTransaction(source, c -> store.backlog(c, now));
        metrics.queue(backlog.due(),
            backlog.oldest() == null ? 0 : Duration.between(backlog.oldest(), now).toSeconds());
    }

    /**
     * Works until nothing is due at the present case time and nothing is in flight, for a sandbox whose clock moves
     * from due moment to due moment. A batch whose policy failed rests and is not waited for.
     */
    public void drain() {
        while (runOnce() > 0 || rounds.awaitNone()) {
            // again: a round that has just ended may have left something due
        }
    }

    /** The next case time after the present one at which a message is to be looked at: not before, a hold, a retry. */
    public Optional<Instant> nextDue() {
        return Sql.inTransaction(source, this::nextDue);
    }

    /** {@link #nextDue()} as far as this connection sees messages. */
    public Optional<Instant> nextDue(Connection connection) {
        return store.nextDue(connection, caseTime.instant());
    }

    /** Starts working in the background. */
    public void start() {
        loop.start();
    }

    /** Looks at the queue now and not at the next poll; cheap, to be called after a commit that enqueued. */
    public void wake() {
        loop.wake();
    }

    /** Claims nothing more, waits for what is in flight and records it. */
    @Override
    public void close() {
        loop.close();
    }

    private void keepHouse() {
        // by the clock that ids are made with, since that decides the partition
        Instant idTime = IdTime.of(ids.next());
        Sql.inTransaction(source, c -> {
            store.ensurePartitions(c, idTime);
            return null;
        });
        sweep();
        measure();
    }
}
