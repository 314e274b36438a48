package uk.waymark.conversations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.Sql;

/**
 * For how long the first message that sounds like danger has waited for a person to acknowledge it: it stands in
 * {@code waymark_messages_danger_waiting_seconds}, and the operator is paged by it. What still waits when its unit closes wakes whoever
 * answers for the force then. It is there from the start, so that the figure is.
 */
@Context
final class DangerWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DangerWatch.class);
    private final ActingAs acting;
    private final EachForce forces;
    private final Map<UUID, Optional<Instant>> due = new ConcurrentHashMap<>();
    private final ConversationStore store;
    private final Incoming incoming;
    private final ConversationWords words;
    private final CaseClock clock;
    private volatile long waits;

    DangerWatch(ActingAs acting, EachForce forces, ConversationStore store, Incoming incoming, ConversationWords words, CaseClock clock,
                MeterRegistry meters) {
        this.forces = forces;
        this.acting = acting;
        this.store = store;
        this.incoming = incoming;
        this.words = words;
        this.clock = clock;
        Gauge.builder("waymark.messages.danger.waiting", this, w -> w.waits).baseUnit("seconds")
            .description("For how long the first message that sounds like danger has waited for a person to acknowledge it").register(meters);
    }

    @Scheduled(initialDelay = "25s", fixedDelay = "1m")
    void look() {
        try {
            measure();
        } catch (RuntimeException e) {
            LOG.warn("messages that sound like danger could not be looked into; in a minute it will be tried again", e);
        }
    }

    void measure() {
        Instant now = clock.instant();
        forces.run("whom messages that sound like danger wake", this::wake);
        forces.ask("messages that sound like danger", due, this::due);
        waits = due.values().stream().flatMap(Optional::stream).min(Instant::compareTo)
            .map(first -> Math.max(0, Duration.between(first.minus(words.time("due.danger")), now).toSeconds())).orElse(0L);
    }

    /** When the first of a force is due. */
    private Optional<Instant> due(UUID force) {
        return acting.as(new Caller.Worker(force), (Connection c) -> Sql.one(c, """
            select min(danger_by) as due from waymark.conversation where force_id = waymark.ctx_force() and danger_by is not null""",
            r -> Optional.ofNullable(Sql.instant(r, "due"))).flatMap(due -> due));
    }

    /** Each by itself: what cannot be said of one keeps nobody else waiting. */
    private void wake(UUID force) {
        List<UUID> waiting = acting.as(new Caller.Worker(force), (Connection c) -> Sql.list(c, """
            select id from waymark.conversation where force_id = waymark.ctx_force() and danger_by is not null order by danger_by, id""",
            r -> Sql.uuid(r, "id")));
        for (UUID id : waiting) {
            try {
                acting.as(new Caller.Worker(force), (Connection c) -> {
                    store.locked(c, id).filter(Conversation::danger).ifPresent(in -> incoming.wake(c, in));
                    return null;
                });
            } catch (RuntimeException e) {
                LOG.error("nobody could be woken for a message that sounds like danger; in a minute it will be tried again", e);
            }
        }
    }
}
