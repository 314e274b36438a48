package uk.waymark.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.messaging.Messaging;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.MachineClock;

/**
 * Asks the adapters of all forces what is due, as long as the server runs. Any number of instances share the work by row
 * locks; each URN is asked for by one at a time.
 */
@Singleton
final class Pulls implements DueWork, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int MEASURE_EVERY = 15;

    private final Pull pull;
    private final PullPlan plan;
    private final PullStore store;
    private final ActingAs acting;
    private final PullSettings settings;
    private final CaseClock caseClock;
    private final MachineClock clock;
    private final Messaging messaging;
    private final MeterRegistry meters;
    private final AtomicLong overdue;
    private final AtomicLong oldestSeconds;
    private final AtomicLong silent;
    private final ReentrantLock oneRound = new ReentrantLock();
    private final Rounds rounds = new Rounds("pulls", POLL);

    Pulls(Pull pull, PullPlan plan, PullStore store, ActingAs acting, PullSettings settings, CaseClock caseClock,
          MachineClock clock, Messaging messaging, MeterRegistry meters) {
        this.pull = pull;
        this.plan = plan;
        this.store = store;
        this.acting = acting;
        this.settings = settings;
        this.caseClock = caseClock;
        this.clock = clock;
        this.messaging = messaging;
        this.meters = meters;
        this.overdue = meters.gauge("waymark.pulls.overdue", new AtomicLong());
        this.oldestSeconds = meters.gauge("waymark.pulls.oldest.overdue.seconds", new AtomicLong());
        this.silent = meters.gauge("waymark.pulls.silent.adapters", new AtomicLong());
    }

    @EventListener
    void start(ServerStartupEvent event) {
        if (settings.background()) {
            rounds.start(this::turn);
        }
    }

    /** Asks all that is due at the present case time and may be asked; returns when every answer was dealt with. */
    @Override
    public void drain() {
        plan.complete();
        int asked;
        do {
            asked = round();
        } while (asked > 0);
        measure();
    }

    @Override
    public Optional<Instant> nextDue() {
        return acting.as(new Caller.Nobody(), c -> store.nextDue(c, caseClock.instant()));
    }

    /** @return how many were claimed */
    private int round() {
        oneRound.lock();
        try {
            List<PullStore.Claim> claims = acting.as(new Caller.Nobody(),
                c -> store.claim(c, caseClock.instant(), clock.instant(), settings.lease(), settings.atOnce()));
            List<Future<Pull.Outcome>> running = claims.stream().map(claim -> rounds.call(() -> pull.run(claim))).toList();
            if (outcomes(running).contains(Pull.Outcome.NEWS)) {
                messaging.wake();
            }
            return claims.size();
        } finally {
            oneRound.unlock();
        }
    }

    private List<Pull.Outcome> outcomes(List<Future<Pull.Outcome>> running) {
        var outcomes = new ArrayList<Pull.Outcome>();
        for (Future<Pull.Outcome> one : running) {
            try {
                Pull.Outcome outcome = one.get();
                count(outcome.name().toLowerCase(Locale.ROOT));
                outcomes.add(outcome);
            } catch (ExecutionException e) {
                // it keeps its lease: what fails here is not tried again at once
                LOG.error("asking an adapter failed", e.getCause());
                count("failed");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return outcomes;
            }
        }
        return outcomes;
    }

    private void count(String outcome) {
        meters.counter("waymark.pulls", "outcome", outcome).increment();
    }

    private void measure() {
        Instant now = caseClock.instant();
        PullStore.Backlog backlog = acting.as(new Caller.Nobody(), c -> store.backlog(c, now));
        overdue.set(backlog.overdue());
        oldestSeconds.set(backlog.oldest() == null ? 0 : Duration.between(backlog.oldest(), now).toSeconds());
        silent.set(backlog.silentAdapters());
    }

    private void turn(int number) {
        plan.complete();
        while (round() == settings.atOnce() && !rounds.closed()) {
            // a full round says that there is more
        }
        if (number % MEASURE_EVERY == 0) {
            measure();
        }
    }

    /** Before the connections go. */
    @EventListener
    void stop(ShutdownEvent event) {
        close();
    }

    /** Claims nothing more; what is being asked is cut short, and taken up by another instance. */
    @Override
    @PreDestroy
    public void close() {
        rounds.close();
    }
}
