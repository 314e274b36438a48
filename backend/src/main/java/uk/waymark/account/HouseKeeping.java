package uk.waymark.account;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;

/** Removes codes, tokens and counters that have run out. Every instance may do it; twice does no harm. */
@Singleton
class HouseKeeping {
    private final ActingAs acting;
    private final MachineClock clock;

    HouseKeeping(ActingAs acting, MachineClock clock) {
        this.acting = acting;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "10m", fixedDelay = "1h")
    void cleanUp() {
        acting.as(new Caller.Nobody(), c -> {
            Sql.call(c, "select waymark.gate_clean_up(?)", clock.instant());
            Sql.call(c, "select waymark.gate_clean_up_push(?)", clock.instant());
            Sql.call(c, "select waymark.gate_clean_up_spoken(?)", clock.instant());
            Sql.run(c, "delete from waymark.known_device where expires_at < ?", clock.instant());
            return Sql.run(c, "delete from waymark.rate_limit_bucket where expires_at < ?", clock.millis());
        });
    }
}
