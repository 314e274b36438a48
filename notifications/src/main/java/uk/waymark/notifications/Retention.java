package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Hands what was said to the host, and forgets it in two stages: first words, fields and numbers, here and at the provider,
 * then everything that leads to a recipient. Any number of processes may do so on one database. Works in small batches, each
 * a transaction of its own.
 */
public final class Retention implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** What is years old can wait for ten minutes. */
    private static final int ROUNDS_UNTIL_FORGETTING = 120;

    private final DataSource source;
    private final Keeper keeper;
    private final RetentionRules rules;
    private final InstantSource caseTime;
    private final RetentionMetrics metrics;
    private final HandOver handOver;
    private final Wiping wiping;
    private final Erasing erasing;
    private final Forgetting forgetting;
    private final Repeating loop = new Repeating("retention", PAUSE, this::round);
    /** One caller at a time does all of it, so that whoever returns knows that it is done. */
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private int rounds;

    /**
     * @param dispatcherLogin connections of {@code waymark_dispatcher}; one is used at a time
     * @param erasers         by provider's name; a provider that is not there forgets by its own rules
     * @param caseTime        decides what is due; requests to providers go by the database's own clock
     */
    public Retention(DataSource dispatcherLogin, Keeper keeper, Map<String, Eraser> erasers, RetentionRules rules,
                     Sealer sealer, InstantSource caseTime, MeterRegistry meters) {
        this.source = dispatcherLogin;
        this.keeper = keeper;
        this.rules = rules;
        this.caseTime = caseTime;
        this.metrics = new RetentionMetrics(meters);
        Set<String> erased = Set.copyOf(erasers.keySet());
        this.handOver = new HandOver(source, keeper, erased, sealer);
        this.wiping = new Wiping(source, erased);
        this.erasing = new Erasing(source, erasers, rules, metrics);
        this.forgetting = new Forgetting(source, rules.zone().getId());
    }

    /** @param oldest case time, or null */
    record Waiting(long number, Instant oldest) {
        static Waiting of(ResultSet row) throws SQLException {
            return new Waiting(row.getLong("number"), Sql.instant(row, "oldest"));
        }

        long seconds(Instant now) {
            return oldest == null ? 0 : Math.max(0, Duration.between(oldest, now).toSeconds());
        }
    }

    /** Tells the host all that it does not know yet; answers how much it has kept. */
    public int handOver() {
        int told = handOver.run(caseTime.instant());
        metrics.told(told);
        return told;
    }

    /** Wipes words, fields and numbers that are due; answers of how many messages and replies. */
    public int wipe() {
        Instant now = caseTime.instant();
        int wiped = wiping.run(now, now.minus(rules.words()));
        metrics.wiped(wiped);
        return wiped;
    }

    /** Asks providers to forget what was wiped here; answers how many texts are done with. */
    public int erase() {
        return erasing.run();
    }

    /** Forgets whose the messages were, and counts them; answers how many. */
    public int forget() {
        Instant now = caseTime.instant();
        Map<UUID, Instant> longer = keeper.tracesKept().entrySet().stream()
            .filter(e -> e.getValue().compareTo(rules.traces()) > 0)
            .collect(Collectors.toMap(Map.Entry::getKey, e -> now.minus(e.getValue())));
        int forgotten = forgetting.run(now.minus(rules.traces()), longer);
        metrics.forgotten(forgotten);
        return forgotten;
    }

    /** Brings the gauges up to date. */
    public void measure() {
        Instant now = caseTime.instant();
        Sql.inTransaction(source, c -> {
            Waiting untold = HandOver.waiting(c);
            Waiting unerased = Erasing.waiting(c);
            metrics.waiting(untold.number, untold.seconds(now), Wiping.overdueSeconds(c, now, now.minus(rules.words())),
                unerased.number, unerased.seconds(now));
            return null;
        });
    }

    /** All of it, once. */
    public void run() {
        oneAtATime.lock();
        try {
            handOver();
            wipe();
            erase();
            forget();
            measure();
        } finally {
            oneAtATime.unlock();
        }
    }

    private void round() {
        oneAtATime.lock();
        try {
            if (rounds++ % ROUNDS_UNTIL_FORGETTING == 0) {
                forget();
            }
            handOver();
            wipe();
            erase();
            measure();
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Starts working in the background, every few seconds. */
    public void start() {
        loop.start();
    }

    /** Waits for what is being done; what is left is done by whoever starts next. */
    @Override
    public void close() {
        loop.close();
    }
}
