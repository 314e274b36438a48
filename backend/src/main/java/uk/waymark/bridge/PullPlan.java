package uk.waymark.bridge;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import uk.waymark.cases.Cases;
import uk.waymark.cases.UrnsAssigned;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Urns;

/** What is to be asked: a URN from the moment it is assigned, and all that a force has when it gets an adapter. */
@Singleton
class PullPlan {
    /** An adapter that was being set up while a URN was assigned did not hear of it: gone through again now and then. */
    private static final Duration AGAIN = Duration.ofDays(1);
    private static final int PAGE = 1000;
    private final List<String> kinds;
    private final PullStore store;
    private final Cases cases;
    private final ActingAs acting;
    private final CaseClock caseClock;
    private final MachineClock clock;

    PullPlan(List<PullAdapter> adapters, PullStore store, Cases cases, ActingAs acting, CaseClock caseClock, MachineClock clock) {
        this.kinds = adapters.stream().map(PullAdapter::kind).toList();
        this.store = store;
        this.cases = cases;
        this.acting = acting;
        this.caseClock = caseClock;
        this.clock = clock;
    }

    /** In the transaction that assigns it. */
    @EventListener
    void assigned(UrnsAssigned event) {
        store.plan(event.connection(), event.force(), kinds, event.urns(), caseClock.instant());
    }

    /** Every URN of a force has its row, for every adapter that is on. */
    void complete() {
        Instant now = clock.instant();
        for (PullStore.Adapter adapter : acting.as(new Caller.Nobody(), store::adapters)) {
            if (kinds.contains(adapter.kind()) && due(adapter, now)) {
                complete(adapter, now);
            }
        }
    }

    private static boolean due(PullStore.Adapter adapter, Instant now) {
        return adapter.plannedAt() == null || !now.isBefore(adapter.plannedAt().plus(AGAIN));
    }

    private void complete(PullStore.Adapter adapter, Instant now) {
        var worker = new Caller.Worker(adapter.force());
        String after = "";
        while (after != null) {
            String from = after;
            after = acting.as(worker, c -> {
                List<String> urns = cases.urns(c, from, PAGE);
                store.planMissing(c, adapter, urns, caseClock.instant());
                return urns.size() < PAGE ? null : Urns.key(urns.getLast());
            });
        }
        acting.as(worker, c -> {
            store.planned(c, adapter, now, caseClock.instant());
            return null;
        });
    }
}
