package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.outbound.PassedOn;

/** Who does not feel safe, and whether anybody knows: the force's own system, or one of its staff who has taken the call on. */
@Singleton
final class UrgentPassedOn implements PassedOn {
    private final CallBackStore store;

    UrgentPassedOn(CallBackStore store) {
        this.store = store;
    }

    @Override
    public String type() {
        return Placing.URGENT;
    }

    @Override
    public void passedOn(Connection connection, UUID force, UUID subject, String reference, Instant at) {
        // it says whom to wake; what came of the call is told by its outcome
    }

    /** A claim may come to nothing, so it is looked at again; so it is while a supervisor decides, who has an item of their own. */
    @Override
    public Late late(Connection c, UUID subject) {
        return store.one(c, subject).filter(b -> !b.over() && b.reachedAt() == null)
            .map(b -> b.claimedBy() == null && !b.decisionNeeded() ? Late.TELL : Late.WAIT).orElse(Late.KNOWN);
    }
}
