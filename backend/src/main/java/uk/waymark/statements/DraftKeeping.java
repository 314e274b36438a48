package uk.waymark.statements;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.Sql;

/**
 * Drafts that nobody touches go, once it has stood beside them for long enough that they will. No message says so: on a lock screen
 * it would tell that somebody writes. Every instance may do it, and twice does no harm.
 */
@Singleton
class DraftKeeping implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(DraftKeeping.class);
    private final ActingAs acting;
    private final StatementWords settings;
    private final CaseClock clock;

    DraftKeeping(ActingAs acting, StatementWords settings, CaseClock clock) {
        this.acting = acting;
        this.settings = settings;
        this.clock = clock;
    }

    private record Oldest(Instant touchedAt, Instant warnedAt) { }

    @Scheduled(initialDelay = "25m", fixedDelay = "1h")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.error("old drafts could not be seen to: {}; the next time tries again", e.getClass().getName());
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        acting.as(new Caller.Nobody(), c -> Sql.one(c, "select waymark.gate_warn_of_drafts(?, ?) as warned", r -> r.getInt("warned"),
            now.minus(settings.time("purge.untouched")).plus(settings.time("purge.shown_for")), now));
        int most = settings.number("purge.at_once");
        int gone;
        do {
            gone = acting.as(new Caller.Nobody(), c -> Sql.one(c, "select waymark.gate_purge_drafts(?, ?, ?) as gone", r -> r.getInt("gone"),
                now.minus(settings.time("purge.untouched")), now.minus(settings.time("purge.shown_for")), most).orElseThrow());
        } while (gone == most);
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return acting.as(new Caller.Nobody(), (Connection c) -> Sql.list(c, "select touched_at, warned_at from waymark.gate_drafts_due()",
            r -> new Oldest(Sql.instant(r, "touched_at"), Sql.instant(r, "warned_at")))).stream().flatMap(this::due)
            .filter(at -> at.isAfter(now)).min(Instant::compareTo);
    }

    private Stream<Instant> due(Oldest draft) {
        Instant untouched = draft.touchedAt().plus(settings.time("purge.untouched"));
        if (draft.warnedAt() == null) {
            return Stream.of(untouched.minus(settings.time("purge.shown_for")));
        }
        Instant shown = draft.warnedAt().plus(settings.time("purge.shown_for"));
        return Stream.of(shown.isAfter(untouched) ? shown : untouched);
    }
}
