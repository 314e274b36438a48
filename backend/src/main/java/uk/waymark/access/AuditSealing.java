package uk.waymark.access;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Puts what was written into the audit log into the chain of its force, every few seconds, and signs where each chain ends.
 * The database makes the links, out of reach of the application's login; the signature's key is out of reach of the
 * database. Any instance may do it, one at a time. Made at start, so that its figure is there before anything waits.
 */
@Context
class AuditSealing {
    private static final Logger LOG = LoggerFactory.getLogger(AuditSealing.class);
    private static final int BATCH = 1_000;
    private final ActingAs acting;
    private final Sealing sealing;
    private volatile double oldestSeconds;

    private record End(UUID chain, long number, byte[] hash) { }

    AuditSealing(ActingAs acting, Sealing sealing, MeterRegistry meters) {
        this.acting = acting;
        this.sealing = sealing;
        Gauge.builder("waymark.audit.unsealed.age", this, a -> a.oldestSeconds).baseUnit("seconds")
            .description("How long the oldest row of the audit log has waited to be sealed into its chain").register(meters);
    }

    @Scheduled(initialDelay = "${waymark.audit.seal-every:5s}", fixedDelay = "${waymark.audit.seal-every:5s}")
    void work() {
        try {
            seal();
        } catch (RuntimeException e) {
            LOG.warn("the audit log could not be sealed; in seconds it will be tried again", e);
        }
        try {
            oldestSeconds = acting.as(new Caller.Nobody(), (Connection c) -> Sql.one(c,
                "select oldest_seconds from waymark.gate_audit_waiting()", r -> r.getDouble(1))).orElse(0.0);
        } catch (RuntimeException e) {
            LOG.warn("how far the audit log is sealed could not be asked", e);
        }
    }

    /** Seals all that is committed, batch by batch. */
    void seal() {
        while (!sealSome().isEmpty()) {
            // what came in the meantime is next
        }
    }

    /** @return where the chains that grew end; none where nothing waits, or another instance is at it */
    private List<End> sealSome() {
        return acting.as(new Caller.Nobody(), (Connection c) -> {
            List<End> ends = Sql.list(c, "select chain, number, hash from waymark.gate_seal_audit(?)",
                r -> new End(Sql.uuid(r, "chain"), r.getLong("number"), r.getBytes("hash")), BATCH);
            for (End end : ends) {
                Sealing.LookupKey mac = sealing.lookupKey(AuditLink.purpose(),
                    AuditLink.signed(end.chain(), end.number(), end.hash()));
                Sql.call(c, "select waymark.gate_sign_audit(?, ?, ?, ?)", end.chain(), end.number(), mac.value(), mac.version());
            }
            return ends;
        });
    }
}
