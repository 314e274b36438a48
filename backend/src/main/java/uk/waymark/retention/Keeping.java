package uk.waymark.retention;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;

/** Takes away what the rules keep no longer, a little at a time. Every instance may do it; twice does no harm. */
@Singleton
class Keeping {
    private static final int BATCH = 500;
    private final ActingAs acting;
    private final CaseClock caseTime;
    private final MachineClock machine;
    private final List<KeepingRule> rules = KeepingRule.all().stream().filter(KeepingRule::here).toList();

    Keeping(ActingAs acting, CaseClock caseTime, MachineClock machine) {
        this.acting = acting;
        this.caseTime = caseTime;
        this.machine = machine;
    }

    @Scheduled(initialDelay = "15m", fixedDelay = "6h")
    void cleanUp() {
        forget();
    }

    /** @return how many rows went */
    int forget() {
        return rules.stream().mapToInt(this::forget).sum();
    }

    private int forget(KeepingRule rule) {
        Instant before = rule.before("case".equals(rule.clock()) ? caseTime.instant() : machine.instant());
        int gone = 0;
        int some;
        do {
            some = acting.as(new Caller.Nobody(), c -> Sql.one(c, "select waymark.gate_forget(?, ?, ?) as gone",
                r -> r.getInt("gone"), rule.what(), before, BATCH).orElseThrow());
            gone += some;
        } while (some == BATCH);
        return gone;
    }
}
