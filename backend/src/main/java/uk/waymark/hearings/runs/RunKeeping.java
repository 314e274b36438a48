package uk.waymark.hearings.runs;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;

/** Takes away runs with all their lines once their time is over; {@code hearings/runs.properties} says when. Safe to run anywhere. */
@Singleton
class RunKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(RunKeeping.class);
    private final ActingAs acting;
    private final EachForce forces;
    private final CaseClock clock;
    private final Duration kept;
    private final int atOnce;

    RunKeeping(ActingAs acting, EachForce forces, CaseClock clock) {
        this.forces = forces;
        this.acting = acting;
        this.clock = clock;
        DataFile file = DataFile.of("/hearings/runs.properties");
        this.kept = file.duration("kept");
        this.atOnce = file.number("at_once");
    }

    @Scheduled(initialDelay = "20m", fixedDelay = "6h")
    void look() {
        try {
            forget();
        } catch (RuntimeException e) {
            LOG.error("old reminder runs could not be taken away; the next time tries again", e);
        }
    }

    /** @return how many runs went */
    int forget() {
        return (int) forces.sum("old reminder runs", this::forget);
    }

    private int forget(UUID force) {
        Instant before = clock.instant().minus(kept);
        int gone = 0;
        int some;
        do {
            some = acting.as(new Caller.Worker(force), c -> forget(c, before));
            gone += some;
        } while (some == atOnce);
        return gone;
    }

    private int forget(Connection c, Instant before) {
        UUID[] runs = Sql.list(c, """
            select id from waymark.reminder_run where force_id = waymark.ctx_force() and started_at < ? order by started_at limit ?
            for update skip locked""", r -> Sql.uuid(r, "id"), before, atOnce).toArray(UUID[]::new);
        for (String table : List.of("reminder_run_row", "reminder_correction")) {
            Sql.run(c, "delete from waymark." + table + " where run_id = any(?)", (Object) runs);
        }
        return Sql.run(c, "delete from waymark.reminder_run where id = any(?)", (Object) runs);
    }
}
