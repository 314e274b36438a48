package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.cases.CaseOfUrn;
import uk.waymark.cases.Cases;
import uk.waymark.feeds.Feeds;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sources;

/**
 * Asks for one URN and tells its cases. The request is made outside a transaction; what follows from the answer and the
 * checkpoint are in one. Whoever dies between the two has said nothing: the lease lapses and another asks again.
 */
@Singleton
final class Pull {
    private static final Logger LOG = LoggerFactory.getLogger(Pull.class);
    private static final double JITTER = 0.1;
    private final Map<String, PullAdapter> adapters;
    private final PullStore store;
    private final CaseTelling telling;
    private final KnownCourts courts;
    private final Cases cases;
    private final ActingAs acting;
    private final PullSettings settings;
    private final CaseClock caseClock;
    private final MachineClock clock;
    private final RandomGenerator random;
    private final Feeds feeds;

    Pull(List<PullAdapter> adapters, PullStore store, CaseTelling telling, KnownCourts courts, Cases cases, ActingAs acting,
         PullSettings settings, CaseClock caseClock, MachineClock clock, RandomGenerator random, Feeds feeds) {
        this.adapters = adapters.stream().collect(Collectors.toMap(PullAdapter::kind, Function.identity()));
        this.store = store;
        this.telling = telling;
        this.courts = courts;
        this.cases = cases;
        this.acting = acting;
        this.settings = settings;
        this.caseClock = caseClock;
        this.clock = clock;
        this.random = random;
        this.feeds = feeds;
    }

    /** What came of it; a metric's tag. */
    enum Outcome { NEWS, SAME, NOT_KNOWN, LATER, REFUSED, LOST, NOBODYS }

    /** The lease is another's by now: all that was to follow is undone. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost() {
            super(null, null, false, false);
        }
    }

    Outcome run(PullStore.Claim claim) {
        var worker = new Caller.Worker(claim.force());
        Optional<PullStore.Job> job = acting.as(worker, c -> {
            Optional<PullStore.Job> found = store.job(c, claim);
            if (found.isEmpty()) {
                store.release(c, claim);
            } else if (cases.ofUrns(c, List.of(found.get().urnKey())).isEmpty()) {
                store.rest(c, claim);
                return Optional.empty();
            }
            return found;
        });
        if (job.isEmpty()) {
            return Outcome.NOBODYS;
        }
        Pulled pulled = ask(job.get());
        // stopped meanwhile: the database is going too, and another instance takes it up
        return Thread.currentThread().isInterrupted() ? Outcome.LOST : settle(worker, job.get(), pulled);
    }

    private Pulled ask(PullStore.Job job) {
        PullAdapter adapter = adapters.get(job.kind());
        if (adapter == null || !job.credible()) {
            return new Pulled.Refused(true, adapter == null ? "kind_unknown" : "no_credentials");
        }
        try {
            return adapter.pull(new PullRequest(job.access(), job.urn(), job.urnKey(), job.checkpoint(), courts.of(job.access())));
        } catch (RuntimeException e) {
            LOG.error("adapter {} failed", job.access().id(), e);
            return new Pulled.Later(null, false, "failed");
        }
    }

    private Outcome settle(Caller.Worker worker, PullStore.Job job, Pulled pulled) {
        return switch (pulled) {
            case Pulled.Found found -> told(worker, job, c -> telling.tell(c, job, found.schedule()) ? Outcome.NEWS : Outcome.SAME,
                Optional.of(found.checkpoint()), found.schedule().active() ? job.every() : job.idleEvery());
            case Pulled.NotKnown n -> told(worker, job, c -> Outcome.NOT_KNOWN, job.checkpoint(), job.every());
            case Pulled.Later later -> putOff(worker, job, later, Outcome.LATER);
            case Pulled.Refused refused -> {
                LOG.error("adapter {} may not ask: {}", job.access().id(), refused.why());
                yield putOff(worker, job, new Pulled.Later(null, refused.everybody(), refused.why()), Outcome.REFUSED);
            }
        };
    }

    private Outcome told(Caller.Worker worker, PullStore.Job job, Function<Connection, Outcome> work, Optional<String> checkpoint,
                         Duration every) {
        Supplier<Outcome> once = () -> acting.as(worker, c -> {
            Instant now = caseClock.instant();
            Outcome outcome = work.apply(c);
            if (!store.done(c, job, checkpoint, now.plus(spread(every)), now)) {
                throw new Lost();
            }
            feeds.heard(c, worker.force(), Sources.COURT_SCHEDULE);
            return outcome;
        });
        try {
            return EventIntake.retrying(once);
        } catch (Lost lost) {
            return Outcome.LOST;
        }
    }

    private Outcome putOff(Caller.Worker worker, PullStore.Job job, Pulled.Later later, Outcome outcome) {
        LOG.warn("adapter {} asked in vain: {}", job.access().id(), later.why());
        Instant now = clock.instant();
        Duration own = later.leaveFor() != null ? later.leaveFor() : spread(settings.delay(job.failures() + 1));
        acting.as(worker, c -> {
            store.failed(c, job, now.plus(own));
            if (later.everybody()) {
                // how often this URN failed says nothing of the others: one of them tries soon
                store.pause(c, job, now.plus(later.leaveFor() != null ? later.leaveFor() : settings.delay(1)));
            }
            return null;
        });
        return outcome;
    }

    /** So that what was assigned together is not asked for together for ever. */
    private Duration spread(Duration time) {
        return time.plus(Duration.ofMillis((long) (time.toMillis() * JITTER * (2 * random.nextDouble() - 1))));
    }
}
