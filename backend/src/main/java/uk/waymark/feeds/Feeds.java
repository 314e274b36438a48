package uk.waymark.feeds;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;

/**
 * Notes that a source was heard, to the minute, so that a busy one costs a write a minute. Ends its silence, if there
 * was one.
 */
@Singleton
public final class Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    private static final Duration EXACT_TO = Duration.ofMinutes(1);
    private final ActingAs acting;
    private final WorkItems workItems;
    private final CaseClock clock;
    /** What the database held when it was last looked at. */
    private final ConcurrentHashMap<Key, Instant> lastHeard = new ConcurrentHashMap<>();

    record Key(UUID force, String source) { }

    private record Row(Instant lastHeard, Instant silentSince) { }

    Feeds(ActingAs acting, WorkItems workItems, CaseClock clock) {
        this.acting = acting;
        this.workItems = workItems;
        this.clock = clock;
    }

    /**
     * Something that the source reported was taken in; in a transaction of its own, or in none where that is known
     * already. Never fails: what was reported is committed by now.
     */
    public void heard(Caller caller, String source) {
        if (fresh(lastHeard.get(new Key(caller.requireForce(), source)))) {
            return;
        }
        try {
            acting.as(caller, (Connection c) -> {
                heard(c, caller.requireForce(), source);
                return null;
            });
        } catch (DatabaseFailure e) {
            LOG.warn("that a source was heard could not be noted; the next time it will be", e);
        }
    }

    /**
     * The same in the caller's transaction, which acts for this force. Call it last: once a minute it holds the
     * source's row until the transaction ends.
     */
    public void heard(Connection c, UUID force, String source) {
        var key = new Key(force, source);
        Optional<Row> known = row(c, key, "");
        if (known.isPresent() && known.get().silentSince() == null && fresh(known.get().lastHeard())) {
            lastHeard.merge(key, known.get().lastHeard(), Feeds::later);
            return;
        }
        Sql.run(c, "insert into waymark.feed (force_id, source) values (?, ?) on conflict do nothing", force, source);
        Row held = row(c, key, " for update").orElseThrow();
        if (held.silentSince() == null && fresh(held.lastHeard())) {
            return; // somebody else noted it while this one waited
        }
        Instant now = clock.instant();
        Sql.run(c, """
            update waymark.feed set last_heard_at = greatest(last_heard_at, ?), silent_since = null
             where force_id = ? and source = ?""", now, force, source);
        if (held.silentSince() != null) {
            workItems.settle(c, alarmKey(source, held.silentSince()));
        }
    }

    private static Optional<Row> row(Connection c, Key key, String lock) {
        return Sql.one(c,
            "select last_heard_at, silent_since from waymark.feed where force_id = ? and source = ?" + lock, r -> new Row(Sql.instant(r, "last_heard_at"), Sql.instant(r, "silent_since")), key.force(), key.source());
    }

    private boolean fresh(Instant at) {
        Instant now = clock.instant();
        return at != null && !at.isAfter(now) && now.isBefore(at.plus(EXACT_TO));
    }

    /** One alarm a silence. */
    static String alarmKey(String source, Instant silentSince) {
        return "feed_silent:" + source + ':' + silentSince;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
