package uk.waymark.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How well each provider account does. Calls are counted in memory and every few seconds put into the database with those of
 * the other instances; whichever instance comes first then moves what has to be moved, by {@link CircuitRules}, and all of
 * them read what came of it. Nothing moves while all accounts of a channel do badly: then it is not the account.
 */
public final class Circuits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Circuits.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_FOR_SLOW = Duration.ofMinutes(1);
    private static final int FULL = 100;

    private final DataSource source;
    private final CircuitStore store;
    private final CircuitRules rules;
    private final InstantSource machineTime;
    private final MeterRegistry meters;
    private final Map<Account, Counted> counted = new ConcurrentHashMap<>();
    private final Map<List<String>, AtomicInteger> gauges = new ConcurrentHashMap<>();
    private volatile Map<Account, Integer> health = Map.of();
    private volatile Instant lookedForSlow = Instant.MIN;
    private volatile boolean closed;
    private Thread thread;

    /**
     * @param dispatcherLogin as for {@link Dispatcher}
     * @param caseTime        the clock of attempts and receipts: how long deliveries take goes by it
     * @param machineTime     the clock of everything else: providers do not know of a moved clock
     */
    public Circuits(DataSource dispatcherLogin, CircuitRules rules, Ids ids, InstantSource caseTime, InstantSource machineTime,
                    MeterRegistry meters) {
        this.source = dispatcherLogin;
        this.store = new CircuitStore(ids, caseTime);
        this.rules = rules;
        this.machineTime = machineTime;
        this.meters = meters;
    }

    /** One account at a provider, as far as one channel goes. */
    record Account(String provider, String account, String channel) {
    }

    /** What has been counted since it was last put into the database. */
    private static final class Counted {
        private final LongAdder calls = new LongAdder();
        private final LongAdder errors = new LongAdder();
    }

    /** What is left of an account's weight, 0 to 100. */
    int health(String provider, String account, Channel channel) {
        return health.isEmpty() ? FULL : health.getOrDefault(new Account(provider, account, channel.stored()), FULL);
    }

    void seen(Channel channel, Senders.Choice.Via via, SendOutcome outcome) {
        Counted count =
            counted.computeIfAbsent(new Account(via.provider(), via.account(), channel.stored()), a -> new Counted());
        count.calls.increment();
        if (outcome instanceof SendOutcome.Unavailable || outcome instanceof SendOutcome.Unknown) {
            count.errors.increment();
        }
    }

    /** Starts looking every few seconds. */
    public void start() {
        thread = Thread.ofVirtual().name("notifications-circuits").start(() -> {
            while (!closed) {
                try {
                    round();
                } catch (RuntimeException e) {
                    if (closed) {
                        return;
                    }
                    LOG.error("looking after the circuits of providers failed; it is done again", e);
                }
                rest();
            }
        });
    }

    private void rest() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Counts, moves what has to be moved, and reads how all accounts do. */
    public void round() {
        Instant now = machineTime.instant();
        List<CircuitStore.Calls> calls = new ArrayList<>();
        counted.forEach((account, count) -> {
            long errors = count.errors.sumThenReset();
            calls.add(new CircuitStore.Calls(account, Math.max(errors, count.calls.sumThenReset()), errors));
        });
        calls.removeIf(c -> c.calls() == 0);
        boolean slowToo = !now.isBefore(lookedForSlow.plus(LOOK_FOR_SLOW));
        take(round(calls, slowToo, now));
        if (slowToo) {
            lookedForSlow = now;
        }
    }

    private List<CircuitStore.State> round(List<CircuitStore.Calls> calls, boolean slowToo, Instant now) {
        return Sql.inTransaction(source, c -> {
            store.add(c, calls, now);
            List<CircuitStore.State> locked = store.lock(c);
            List<CircuitStore.Move> moves = new ArrayList<>(Movement.byErrors(rules, locked,
                store.calls(c, now.minus(rules.errors().within())), now));
            if (slowToo) {
                moves.addAll(Movement.bySlowness(rules, Movement.without(locked, moves),
                    store.slow(c, rules.slow()), now));
                moves.addAll(Movement.byRecovery(rules, Movement.without(locked, moves), now));
            }
            return store.move(c, locked, moves, now);
        });
    }

    private void take(List<CircuitStore.State> states) {
        Map<Account, Integer> read = new ConcurrentHashMap<>();
        Map<List<String>, Integer> lowest = new ConcurrentHashMap<>();
        states.forEach(s -> {
            read.put(s.account(), s.health());
            lowest.merge(List.of(s.account().provider(), s.account().channel()), s.health(), Math::min);
        });
        health = read.values().stream().allMatch(h -> h == FULL) ? Map.of() : read;
        lowest.forEach((of, value) -> gauges.computeIfAbsent(of, this::gauge).set(value));
    }

    /** Of the account that does worst: which one it is stands in the database. */
    private AtomicInteger gauge(List<String> of) {
        return meters.gauge("notifications.provider.health", Tags.of("provider", of.get(0), "channel", of.get(1)),
            new AtomicInteger(FULL));
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
