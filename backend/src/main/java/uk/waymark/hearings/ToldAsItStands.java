package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.HearingTold.What;
import uk.waymark.notifications.MessageState;
import uk.waymark.notifications.Outbox;

/**
 * Whether somebody has the date as it stands, or is about to: by a notice that has left or waits, or by a person who told them.
 * Asked of what was said, not of what might be.
 */
@Singleton
public final class ToldAsItStands {
    private final HearingMessages messages;
    private final HearingTold told;
    private final Outbox outbox;

    ToldAsItStands(HearingMessages messages, HearingTold told, Outbox outbox) {
        this.messages = messages;
        this.told = told;
        this.outbox = outbox;
    }

    /** At any time since it stands so. @param c of a transaction that acts for the force as a worker */
    public boolean ever(Connection c, UUID force, CourtHearing h, UUID person) {
        return since(c, force, h, person, Instant.EPOCH);
    }

    boolean since(Connection c, UUID force, CourtHearing h, UUID person, Instant since) {
        boolean written = messages.of(c, h.id(), person).stream().filter(m -> m.message() != null && m.version() == h.version()
                && (m.what() == What.NOTICE || m.what() == What.CHANGE) && !m.madeAt().isBefore(since))
            .anyMatch(m -> outbox.mayBeKnown(c, force, m.key())
                || outbox.stateByKey(c, force, m.key()).filter(MessageState::waiting).isPresent());
        return written || told.of(c, List.of(h.id())).stream().anyMatch(t -> t.person().equals(person) && t.version() == h.version()
            && t.state() == HearingTold.State.REACHED && (t.how() == How.CALL || t.how() == How.IN_PERSON) && !t.at().isBefore(since));
    }
}
