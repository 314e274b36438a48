package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.bridge.DeliverAdapter.Delivered;
import uk.waymark.bridge.DeliverAdapter.Parcel;
import uk.waymark.cases.CaseReferences;
import uk.waymark.outbound.Arrivals;
import uk.waymark.outbound.Parcels;
import uk.waymark.outbound.Waiting;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;

/**
 * Hands one parcel over. The call is made outside a transaction with no connection held; what it came to is recorded in one. Whoever
 * dies between the two has recorded nothing: the lease lapses, and the same id is sent again.
 */
@Singleton
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final double JITTER = 0.1;
    private final Map<String, DeliverAdapter> adapters;
    private final DeliveryRows rows;
    private final Parcels parcels;
    private final Arrivals arrivals;
    private final CaseReferences references;
    private final ActingAs acting;
    private final DeliverySettings settings;
    private final CaseClock caseClock;
    private final MachineClock clock;
    private final RandomGenerator random;

    Delivery(List<DeliverAdapter> adapters, DeliveryRows rows, Parcels parcels, Arrivals arrivals, CaseReferences references,
             ActingAs acting, DeliverySettings settings, CaseClock caseClock, MachineClock clock, RandomGenerator random) {
        this.adapters = adapters.stream().collect(Collectors.toMap(DeliverAdapter::kind, Function.identity()));
        this.rows = rows;
        this.parcels = parcels;
        this.arrivals = arrivals;
        this.references = references;
        this.acting = acting;
        this.settings = settings;
        this.caseClock = caseClock;
        this.clock = clock;
        this.random = random;
    }

    /** What came of it; a metric's tag. */
    enum Outcome { ACKNOWLEDGED, REFUSED, LATER, UNKNOWN, LOST }

    /** @param parcel null where it cannot be opened and was refused for that */
    private record Job(Parcels.Claim claim, int attempts, DeliveryRows.Adapter adapter, Parcel parcel) { }

    Set<String> kinds() {
        return adapters.keySet();
    }

    Outcome run(Parcels.Claim claim) {
        var worker = new Caller.Worker(claim.force());
        Optional<Job> job = EventIntake.retrying(() -> acting.as(worker, c -> {
            Optional<Waiting> waiting = parcels.claimed(c, claim);
            if (waiting.isPresent() && waiting.get().data() == null) {
                arrivals.refused(c, worker, claim.id(), Arrivals.UNREADABLE, null);
                return Optional.of(new Job(claim, 0, null, null));
            }
            // last of all: what is true of the person may have changed since it was put
            Optional<Job> found = waiting.filter(w -> arrivals.mayLeave(c, w)).flatMap(w -> job(c, claim, w));
            if (found.isEmpty()) {
                parcels.release(c, claim);
            }
            return found;
        }));
        if (job.isEmpty()) {
            return Outcome.LOST;
        }
        if (job.get().parcel() == null) {
            return Outcome.REFUSED;
        }
        Delivered delivered = call(job.get());
        // stopped meanwhile: the database is going too, and another instance takes it up
        return Thread.currentThread().isInterrupted() ? Outcome.LOST
            : EventIntake.retrying(() -> acting.as(worker, c -> settle(c, worker, job.get(), delivered)));
    }

    private Optional<Job> job(Connection c, Parcels.Claim claim, Waiting waiting) {
        return rows.of(c, claim.force(), adapters.keySet()).map(adapter -> {
            CaseReferences.Names names = references.names(c, waiting.caseId(), waiting.personId());
            return new Job(claim, waiting.attempts(), adapter, new Parcel(waiting.id(), waiting.type(), names.crimeReference(),
                names.source(), names.sourcePersonId(), waiting.createdAt(), waiting.data()));
        });
    }

    private Delivered call(Job job) {
        if (!job.adapter().credible()) {
            return new Delivered.Later(null, "no_credentials");
        }
        try {
            return adapters.get(job.adapter().kind()).deliver(job.adapter().access(), job.parcel());
        } catch (RuntimeException e) {
            LOG.error("adapter {} failed", job.adapter().access().id(), e);
            return new Delivered.Unknown("failed");
        }
    }

    private Outcome settle(Connection c, Caller.Worker worker, Job job, Delivered delivered) {
        return switch (delivered) {
            case Delivered.Acknowledged a -> {
                rows.heard(c, job.adapter().access().id(), caseClock.instant());
                // also where the lease is another's by now: it is there
                yield arrivals.acknowledged(c, worker, job.claim().id(), a.reference()) == Arrivals.Said.NOTED ? Outcome.ACKNOWLEDGED
                    : Outcome.LOST;
            }
            case Delivered.Refused r -> parcels.claimed(c, job.claim()).isPresent()
                && arrivals.refused(c, worker, job.claim().id(), r.why(), null) == Arrivals.Said.NOTED ? Outcome.REFUSED : Outcome.LOST;
            case Delivered.Later l -> {
                rows.pause(c, job.adapter().access().id(),
                    clock.instant().plus(l.leaveFor() == null ? settings.leaveAlone() : l.leaveFor()));
                yield again(c, job, l.leaveFor(), l.why(), Outcome.LATER);
            }
            case Delivered.Unknown u -> again(c, job, null, u.why(), Outcome.UNKNOWN);
        };
    }

    private Outcome again(Connection c, Job job, Duration leaveFor, String why, Outcome outcome) {
        LOG.warn("adapter {} did not take what was handed over: {}", job.adapter().access().id(), why);
        Duration wait = leaveFor == null ? spread(settings.delay(job.attempts() + 1)) : leaveFor;
        return parcels.again(c, job.claim(), clock.instant().plus(wait), why) ? outcome : Outcome.LOST;
    }

    /** So that what failed together is not handed over together for ever. */
    private Duration spread(Duration time) {
        return time.plus(Duration.ofMillis((long) (time.toMillis() * JITTER * (2 * random.nextDouble() - 1))));
    }
}
