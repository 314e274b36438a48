package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.CaseClock;

/** That somebody was rung in vain. Whoever cannot be told on a phone is not: the call itself is still with staff. */
@Singleton
public final class CallMissed {
    static final String MESSAGE_CLASS = "call_missed";
    private static final Duration KEEPS = Duration.ofHours(12);
    private final Outbox outbox;
    private final CaseClock clock;

    CallMissed(Outbox outbox, CaseClock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Queues it, once for each call.
     *
     * @param c    of a transaction of a worker of the force
     * @param call that was missed, by an id of its own
     */
    public void tell(Connection c, UUID force, UUID person, UUID call) {
        Instant now = clock.instant();
        outbox.enqueue(c, new NewMessage(force, person, MESSAGE_CLASS, MESSAGE_CLASS, Map.of(), "call-missed:" + call, call, now,
            now.plus(KEEPS)));
    }

    /** Neither by a call nor by a letter: the one is what did not come about, the other comes days later. */
    static Decision decide(Contact contact, Set<Channel> refused) {
        var left = EnumSet.of(Channel.CALL, Channel.LETTER);
        left.addAll(refused);
        Decision decided = ContactRules.decide(contact, left);
        return decided instanceof Decision.Withhold w ? new Decision.Cancel(w.reason()) : decided;
    }
}
