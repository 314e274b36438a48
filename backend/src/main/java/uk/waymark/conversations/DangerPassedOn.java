package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.outbound.PassedOn;

/** What sounds like danger, and whether anybody knows: the force's own system, or one of its staff who has acknowledged it. */
@Singleton
final class DangerPassedOn implements PassedOn {
    private final ConversationStore store;

    DangerPassedOn(ConversationStore store) {
        this.store = store;
    }

    @Override
    public String type() {
        return Incoming.DANGER;
    }

    @Override
    public void passedOn(Connection connection, UUID force, UUID subject, String reference, Instant at) {
        // it says whom to wake; that somebody has read it only a person can say
    }

    @Override
    public Late late(Connection c, UUID subject) {
        return store.message(c, subject).filter(m -> m.acknowledgedAt() == null).map(m -> Late.TELL).orElse(Late.KNOWN);
    }
}
