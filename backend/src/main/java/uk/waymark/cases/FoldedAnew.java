package uk.waymark.cases;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;

/**
 * Cases that an older version has folded are folded anew, a transaction each, until none is left: what a newer version makes of their
 * events is there without an event that happens to come. Every instance may do it, and twice does no harm. Nobody is told by it.
 */
@Singleton
class FoldedAnew {
    private static final Logger LOG = LoggerFactory.getLogger(FoldedAnew.class);
    private static final int SOME = 200;
    private final ActingAs acting;
    private final EachForce forces;
    private final Cases cases;
    /** Those that failed here: they wait for the next start, or the next event of their own. */
    private final Set<UUID> failed = new HashSet<>();

    FoldedAnew(ActingAs acting, EachForce forces, Cases cases) {
        this.forces = forces;
        this.acting = acting;
        this.cases = cases;
    }

    @Scheduled(initialDelay = "10s", fixedDelay = "10m")
    synchronized void look() {
        try {
            int done = drain();
            if (done > 0) {
                LOG.info("{} cases folded anew", done);
            }
        } catch (RuntimeException e) {
            LOG.warn("cases of an older version could not be folded anew; in ten minutes it will be tried again", e);
        }
    }

    /** @return how many it has folded */
    int drain() {
        int done = 0;
        for (UUID force : forces.all()) {
            var worker = new Caller.Worker(force);
            List<UUID> some;
            do {
                some = acting.as(worker, (Connection c) -> CaseStore.foldedBefore(c, SOME + failed.size())).stream()
                    .filter(id -> !failed.contains(id)).toList();
                for (UUID caseId : some) {
                    done += anew(worker, force, caseId);
                }
            } while (!some.isEmpty());
        }
        return done;
    }

    private int anew(Caller.Worker worker, UUID force, UUID caseId) {
        try {
            acting.as(worker, (Connection c) -> {
                cases.foldAnew(c, force, caseId);
                return null;
            });
            return 1;
        } catch (RuntimeException e) {
            LOG.error("case {} could not be folded anew ({}); it stands as it did", caseId, e.getClass().getName());
            failed.add(caseId);
            return 0;
        }
    }
}
