package uk.waymark.staff;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;

/**
 * What was not done by the time it was due is raised to the supervisors of its force, whether somebody had taken it on or not:
 * the queue marks it and lists it apart. How many there are stands in {@code waymark_queue_overdue}.
 */
@Singleton
class OverdueItems implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(OverdueItems.class);
    private final ActingAs acting;
    private final EachForce forces;
    private final CaseClock clock;
    private final Map<UUID, Long> overdue = new ConcurrentHashMap<>();

    OverdueItems(ActingAs acting, EachForce forces, CaseClock clock, MeterRegistry meters) {
        this.forces = forces;
        this.acting = acting;
        this.clock = clock;
        Gauge.builder("waymark.queue.overdue", this, o -> o.overdue.values().stream().mapToLong(Long::longValue).sum())
            .description("Items of the work queues that were due and are not done").register(meters);
    }

    @Scheduled(initialDelay = "10s", fixedDelay = "1m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("what is overdue in the work queues could not be looked into; in a minute it will be tried again", e);
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        forces.ask("what is overdue", overdue, force -> acting.as(new Caller.Worker(force), c -> raise(c, now)));
    }

    /** @return how many of the force are overdue */
    private static long raise(Connection c, Instant now) {
        Sql.run(c, """
            update waymark.work_item set escalated_at = ?
             where force_id = waymark.ctx_force() and completed_at is null and escalated_at is null and due_at <= ?""", now, now);
        return Sql.one(c, """
            select count(*) as overdue from waymark.work_item
             where force_id = waymark.ctx_force() and completed_at is null and due_at <= ?""",
            r -> r.getLong("overdue"), now).orElse(0L);
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return forces.all().stream().map(force -> acting.as(new Caller.Worker(force), c -> Sql.one(c, """
                select min(due_at) as due from waymark.work_item
                 where force_id = waymark.ctx_force() and completed_at is null and due_at > ?""",
                r -> Optional.ofNullable(Sql.instant(r, "due")), now).flatMap(due -> due).orElse(null)))
            .filter(Objects::nonNull).min(Instant::compareTo);
    }
}
