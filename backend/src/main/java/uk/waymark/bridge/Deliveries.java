package uk.waymark.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.outbound.Arrivals;
import uk.waymark.outbound.Outages;
import uk.waymark.outbound.Parcels;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.MachineClock;

/**
 * Hands over to the systems of all forces what waits for them, as long as the server runs, and tells staff of what waits for too long.
 * Any number of instances share the work by row locks; each parcel is called for by one at a time.
 */
@Singleton
final class Deliveries implements DueWork, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int LOOK_EVERY = 15;
    private static final int LATE_AT_ONCE = 100;

    private final Delivery delivery;
    private final Parcels parcels;
    private final Arrivals arrivals;
    private final Outages outages;
    private final ActingAs acting;
    private final DeliverySettings settings;
    private final CaseClock caseClock;
    private final MachineClock clock;
    private final MeterRegistry meters;
    private final AtomicLong waiting;
    private final AtomicLong oldestSeconds;
    private final AtomicLong oldestTakenSeconds;
    private final AtomicLong refused;
    private final ReentrantLock oneRound = new ReentrantLock();
    private final Rounds rounds = new Rounds("deliveries", POLL);

    Deliveries(Delivery delivery, Parcels parcels, Arrivals arrivals, Outages outages, ActingAs acting, DeliverySettings settings,
               CaseClock caseClock,
               MachineClock clock, MeterRegistry meters) {
        this.delivery = delivery;
        this.parcels = parcels;
        this.arrivals = arrivals;
        this.outages = outages;
        this.acting = acting;
        this.settings = settings;
        this.caseClock = caseClock;
        this.clock = clock;
        this.meters = meters;
        this.waiting = meters.gauge("waymark.outbound.waiting", new AtomicLong());
        this.oldestSeconds = meters.gauge("waymark.outbound.oldest.waiting.seconds", new AtomicLong());
        this.oldestTakenSeconds = meters.gauge("waymark.outbound.oldest.untaken.seconds", new AtomicLong());
        this.refused = meters.gauge("waymark.outbound.refused", new AtomicLong());
        for (Delivery.Outcome outcome : Delivery.Outcome.values()) {
            count(outcome, 0);
        }
    }

    @EventListener
    void start(ServerStartupEvent event) {
        if (settings.background()) {
            rounds.start(this::turn);
        }
    }

    /** Hands over all that may be called now; returns when every answer was dealt with and staff know of what is late. */
    @Override
    public void drain() {
        int called;
        do {
            called = round();
        } while (called > 0);
        look();
    }

    /** The next case time at which something is late. What is called again waits for the machine's clock. */
    @Override
    public Optional<Instant> nextDue() {
        return acting.as(new Caller.Nobody(), c -> parcels.nextLate(c, caseClock.instant()));
    }

    /** Also what a system says of one that it fetched. */
    void count(Delivery.Outcome outcome, int times) {
        meters.counter("waymark.outbound.tries", "outcome", outcome.name().toLowerCase(Locale.ROOT)).increment(times);
    }

    /** @return how many were claimed */
    private int round() {
        oneRound.lock();
        try {
            List<Parcels.Claim> claims = acting.as(new Caller.Nobody(),
                c -> parcels.claim(c, delivery.kinds(), clock.instant(), settings.lease(), settings.atOnce()));
            List<Future<Delivery.Outcome>> running = claims.stream().map(claim -> rounds.call(() -> delivery.run(claim))).toList();
            for (Future<Delivery.Outcome> one : running) {
                count(outcome(one), 1);
            }
            return claims.size();
        } finally {
            oneRound.unlock();
        }
    }

    private Delivery.Outcome outcome(Future<Delivery.Outcome> one) {
        try {
            return one.get();
        } catch (ExecutionException e) {
            // it keeps its lease: what fails here is not called again at once
            LOG.error("what an adapter was handed could not be recorded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Delivery.Outcome.LOST;
    }

    private void look() {
        try {
            acting.as(new Caller.Nobody(), c -> {
                parcels.putAside(c, delivery.kinds(), caseClock.instant());
                return null;
            });
            List<Parcels.Late> late;
            long told;
            do {
                late = acting.as(new Caller.Nobody(), c -> parcels.late(c, caseClock.instant(), LATE_AT_ONCE));
                told = late.stream().filter(this::tell).count();
            } while (late.size() == LATE_AT_ONCE && told > 0);
            acting.as(new Caller.Nobody(), outages::over).forEach(this::end);
        } finally {
            measure(); // whatever failed: these figures are how anybody sees it
        }
    }

    /** One force's keeps no other's standing. It is tried again with the next look. */
    private void end(Outages.Over over) {
        try {
            acting.as(new Caller.Worker(over.force()), c -> {
                outages.endIfOver(c, over);
                return null;
            });
        } catch (RuntimeException e) {
            LOG.error("that outage {} is over could not be told", over.id(), e);
        }
    }

    private void measure() {
        Parcels.Backlog backlog = acting.as(new Caller.Nobody(), parcels::backlog);
        waiting.set(backlog.waiting());
        oldestSeconds.set(seconds(backlog.oldest()));
        oldestTakenSeconds.set(seconds(backlog.oldestTaken()));
        refused.set(backlog.refused());
    }

    /** What cannot be told of one keeps nobody from being told of the others; it is tried again with the next look. */
    private boolean tell(Parcels.Late one) {
        try {
            return EventIntake.retrying(() -> acting.as(new Caller.Worker(one.force()), c -> {
                arrivals.late(c, one.id());
                return true;
            }));
        } catch (RuntimeException e) {
            LOG.error("that parcel {} is late could not be told", one.id(), e);
            return false;
        }
    }

    private long seconds(Instant since) {
        return since == null ? 0 : Math.max(0, Duration.between(since, caseClock.instant()).toSeconds());
    }

    private void turn(int number) {
        while (round() == settings.atOnce() && !rounds.closed()) {
            // a full round says that there is more
        }
        if (number % LOOK_EVERY == 0) {
            look();
        }
    }

    /** Before the connections go. */
    @EventListener
    void stop(ShutdownEvent event) {
        close();
    }

    /** Claims nothing more; what is being called is cut short, and taken up by another instance. */
    @Override
    @PreDestroy
    public void close() {
        rounds.close();
    }
}
