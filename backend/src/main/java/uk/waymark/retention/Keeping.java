package uk.waymark.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;

/**
 * Takes away what the rules keep no longer, a little at a time. Every instance may do it; twice does no harm. A rule that
 * fails is counted and keeps no other from running. Made at start, so that its figures are there before anything fails.
 */
@Context
class Keeping {
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);
    private static final int BATCH = 500;
    private final ActingAs acting;
    private final CaseClock caseTime;
    private final MachineClock machine;
    private final List<KeepingRule> rules = KeepingRule.all().stream().filter(KeepingRule::here).toList();

    private final Map<String, Counter> failures;

    Keeping(ActingAs acting, CaseClock caseTime, MachineClock machine, MeterRegistry meters) {
        this.failures = rules.stream().collect(Collectors.toMap(KeepingRule::what, rule ->
            Counter.builder("waymark.retention.failures").tag("rule", rule.what())
                .description("Runs of a retention rule that failed").register(meters)));
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
        try {
            return forgetAll(rule);
        } catch (RuntimeException e) {
            failures.get(rule.what()).increment();
            LOG.error("the retention rule {} failed; the next run tries again", rule.what(), e);
            return 0;
        }
    }

    private int forgetAll(KeepingRule rule) {
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
