package uk.waymark.staff;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.Sql;

/**
 * What was not done by the time it was due is raised to the supervisors of its force, whether somebody had taken it on or not:
 * the queue marks it and lists it apart. How many there are stands in {@code waymark_queue_overdue}.
 */
@Singleton
class OverdueItems implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(OverdueItems.class);
    private final ActingAs acting;
    private final CaseClock clock;
    private volatile long overdue;

    OverdueItems(ActingAs acting, CaseClock clock, MeterRegistry meters) {
        this.acting = acting;
        this.clock = clock;
        Gauge.builder("waymark.queue.overdue", this, o -> o.overdue)
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
        overdue = forces().stream().mapToLong(force -> acting.as(new Caller.Worker(force), c -> raise(c, now))).sum();
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
        return forces().stream().map(force -> acting.as(new Caller.Worker(force), c -> Sql.one(c, """
                select min(due_at) as due from waymark.work_item
                 where force_id = waymark.ctx_force() and completed_at is null and due_at > ?""",
                r -> Optional.ofNullable(Sql.instant(r, "due")), now).flatMap(due -> due).orElse(null)))
            .filter(Objects::nonNull).min(Instant::compareTo);
    }

    private List<UUID> forces() {
        return acting.as(new Caller.Nobody(), c -> Sql.list(c, "select id from waymark.force order by id", r -> Sql.uuid(r, "id")));
    }
}
