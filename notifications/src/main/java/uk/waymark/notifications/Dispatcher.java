package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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
    private final Settling settling;
    private final Chasing chasing;
    private final Repeating settlings;
    private final Ids ids;
    private final InstantSource caseTime;
    private final MeterRegistry meters;
    private final DispatchLoop loop;
    private final InFlight inFlight;
    /** Of whoever passes on, and of whoever settles: rows that one has taken are passed over by another, who would know nothing of them. */
    private final ReentrantLock passing = new ReentrantLock();
    private final ReentrantLock looking = new ReentrantLock();

    /** Nobody can be asked what became of an attempt: what is unknown stays so unless a receipt settles it. */
    public Dispatcher(DataSource dispatcherLogin, DeliveryPolicy policy, Templates templates,
                      Senders senders, MessageClasses classes, Sealer sealer, Ids ids, InstantSource caseTime,
                      DispatchSettings settings, MeterRegistry meters, RandomGenerator random) {
        this(dispatcherLogin, policy, templates, senders, Map.of(), classes, sealer, ids, caseTime, settings, meters, random);
    }

    /**
     * @param dispatcherLogin connections of {@code waymark_dispatcher}, outside any transaction of the host; one per
     *                        lane and four more are used at most, however many messages are in flight
     * @param lookups         whom to ask what became of an attempt, by the provider's name on attempts
     * @param caseTime        decides what is due and what has expired; leases use the database's own clock
     * @param random          spreads retries
     */
    public Dispatcher(DataSource dispatcherLogin, DeliveryPolicy policy, Templates templates,
                      Senders senders, Map<String, Lookup> lookups, MessageClasses classes, Sealer sealer, Ids ids,
                      InstantSource caseTime, DispatchSettings settings, MeterRegistry meters, RandomGenerator random) {
        this.source = dispatcherLogin;
        this.ids = ids;
        this.caseTime = caseTime;
        this.meters = meters;
        this.store = new DispatchStore(ids);
        this.metrics = new DispatchMetrics(meters);
        this.receipts = new Receipts(ids, caseTime, meters);
        this.inFlight = new InFlight(settings.inFlight());
        Outage outage = new Outage();
        this.loop = new DispatchLoop(settings, outage, this::begin, this::beginUrgent, this::keepHouse);
        NextStep next = new NextStep(senders, classes, caseTime, settings.jitter(), random);
        this.chasing = new Chasing(source, lookups, classes.receipts(), receipts, caseTime, settings.lease(), meters);
        Recorder recorder = new Recorder(source, new AnswerStore(ids, chasing::firstAsk), caseTime,
            new Persistently(outage, settings.lease(), loop::closing), inFlight, metrics);
        Calls calls = new Calls(senders, classes, caseTime, next, recorder, metrics, settings.lease());
        this.round = new DispatchRound(source, store, policy, templates.readingFrom(source), senders, classes, sealer, ids, caseTime,
            settings, next, calls, inFlight, metrics);
        this.settling = new Settling(source, lookups, classes.settling(), receipts, sealer, ids, caseTime, settings.lease(),
            meters);
        this.settlings = new Repeating("settling", shorter(settings.sweepEvery(), classes.settling().askEvery()),
            () -> settleAll(outage));
    }

    /** Works on one batch, from claim to recorded outcomes; answers how many messages it claimed. */
    public int runOnce() {
        DispatchRound.Begun begun = round.run(() -> false);
        try {
            begun.calls().await();
        } catch (InterruptedException e) {
            // the calls go on, and are recorded
            Thread.currentThread().interrupt();
        }
        return begun.claimed();
    }

    /**
     * Makes started messages whose lease lapsed unknown, applies receipts that came before the provider's id was known,
     * and passes on what nobody read in time; answers how many messages became unknown.
     */
    public int sweep() {
        AtomicInteger lapsed = new AtomicInteger();
        each(() -> receipts.applyWaiting(source), this::passOnAndWake, () -> lapsed.set(settling.lapse()));
        return lapsed.get();
    }

    /** All of them, whichever fails; then throws the first failure. */
    private static void each(Runnable... steps) {
        RuntimeException failed = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /**
     * Looks at some of the unknown messages whose turn it is: asks their providers, and gives up what nobody can be asked
     * about or what was asked about for long enough. {@link #start()} does so by itself.
     *
     * @return how many were looked at
     */
    public int settle() {
        looking.lock();
        try {
            Settling.Done done = settling.round();
            if (done.again() > 0) {
                wake();
            }
            return done.looked();
        } finally {
            looking.unlock();
        }
    }

    /** Whether anything was looked at, here or by whoever was at it already and has ended by now. */
    private boolean settled() {
        boolean another = !looking.tryLock();
        if (another) {
            looking.lock();
        }
        try {
            return settle() > 0 || another;
        } finally {
            looking.unlock();
        }
    }

    /**
     * Asks providers about some of the messages that they took over and whose receipts do not come. {@link #start()} does so
     * by itself.
     *
     * @return how many were looked at
     */
    public int chase() {
        int looked = chasing.round();
        if (looked > 0) {
            wake(); // another channel may follow
        }
        return looked;
    }

    /** As long as there is something to look at now. */
    private void settleAll(Outage outage) {
        try {
            settling.lapse();
            while (!loop.closing() && settle() + chase() > 0) {
                // again: neither waits until the other has nothing left
            }
            outage.worked();
        } catch (NotificationsException e) {
            if (!Outage.is(e)) {
                throw e;
            }
            outage.failed(e);
        }
    }

    private void passOnAndWake() {
        if (passOn() > 0) {
            wake();
        }
    }

    private int passOn() {
        passing.lock();
        try {
            Instant now = caseTime.instant();
            int all = 0;
            int some;
            do {
                some = Sql.inTransaction(source, c -> PassingOn.unread(c, now, meters));
                all += some;
            } while (some > 0 && !loop.closing());
            return all;
        } finally {
            passing.unlock();
        }
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
     * from due moment to due moment. A batch whose policy failed rests and is not waited for, nor is what is unknown and is
     * to be asked about later.
     */
    public void drain() {
        while (passOn() + runOnce() > 0 || inFlight.awaitNone() || settled()) {
            // again: a round that has just ended may have left something due
        }
    }

    /** The next case time after the present one at which a message is to be looked at: not before, a hold, a retry, or unread. */
    public Optional<Instant> nextDue() {
        return Sql.inTransaction(source, this::nextDue);
    }

    /** {@link #nextDue()} as far as this connection sees messages. */
    public Optional<Instant> nextDue(Connection connection) {
        Instant now = caseTime.instant();
        return Stream.of(store.nextDue(connection, now), PassingOn.nextDue(connection, now))
            .flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Starts working in the background. */
    public void start() {
        loop.start();
        settlings.start();
    }

    /** Looks at the queue now and not at the next poll; cheap, to be called after a commit that enqueued. */
    public void wake() {
        loop.wake();
    }

    /** Claims nothing more, waits for what is in flight and records it. */
    @Override
    public void close() {
        // before anything is waited for: or what is waited for first lets the others begin anew
        settlings.stop();
        loop.stop();
        settlings.close();
        loop.close();
        inFlight.awaitNone();
    }

    private boolean begin() {
        return round.run(loop::closing).full();
    }

    private boolean beginUrgent() {
        return round.runUrgent(loop::closing).full();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void keepHouse() {
        // by the clock that ids are made with, since that decides the partition
        Instant idTime = IdTime.of(ids.next());
        Sql.inTransaction(source, c -> {
            store.ensurePartitions(c, idTime);
            return null;
        });
        each(this::sweep, this::measure);
    }
}
