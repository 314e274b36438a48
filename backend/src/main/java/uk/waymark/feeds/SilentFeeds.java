package uk.waymark.feeds;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Notices that a source has been silent for longer than it may be, once for each silence, on whichever instance looks
 * first: staff are asked to find out why, and people who read what it reported are told how old that is.
 */
@Singleton
class SilentFeeds implements DueWork {
    private static final Logger LOG = LoggerFactory.getLogger(SilentFeeds.class);
    private static final Duration DUE = Duration.ofHours(2);
    private static final DateTimeFormatter LOCAL =
        DateTimeFormatter.ofPattern("EEEE d MMMM uuuu 'at' HH:mm", Locale.UK).withZone(ZoneId.of("Europe/London"));
    private final ActingAs acting;
    private final WorkItems workItems;
    private final FeedFigures figures;
    private final CaseClock clock;

    /** @param silentAfter null: it may be silent for as long as it likes */
    record Feed(UUID force, String forceCode, String source, Instant lastHeard, Duration silentAfter,
                Instant silentSince) {

        /** When its silence becomes too long, if that is watched and has not been noticed. */
        Optional<Instant> due() {
            return silentAfter == null || silentSince != null ? Optional.empty()
                : Optional.of(lastHeard.plus(silentAfter));
        }

        /** It was noticed, and by a limit that was changed since it is none. */
        boolean noLongerSilent(Instant now) {
            return silentSince != null && (silentAfter == null || lastHeard.plus(silentAfter).isAfter(now));
        }
    }

    SilentFeeds(ActingAs acting, WorkItems workItems, FeedFigures figures, CaseClock clock) {
        this.acting = acting;
        this.workItems = workItems;
        this.figures = figures;
        this.clock = clock;
    }

    @Scheduled(initialDelay = "10s", fixedDelay = "1m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("the silence of sources could not be looked into; in a minute it will be tried again", e);
        }
    }

    @Override
    public void drain() {
        Instant now = clock.instant();
        List<Feed> feeds = feeds();
        feeds.stream().filter(f -> f.due().filter(due -> !due.isAfter(now)).isPresent())
            .forEach(feed -> acting.as(new Caller.Worker(feed.force()), (Connection c) -> notice(c, feed, now)));
        feeds.stream().filter(f -> f.noLongerSilent(now))
            .forEach(feed -> acting.as(new Caller.Worker(feed.force()), (Connection c) -> takeBack(c, feed)));
        figures.show(feeds());
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return feeds().stream().map(Feed::due).flatMap(Optional::stream).filter(due -> due.isAfter(now))
            .min(Instant::compareTo);
    }

    /** Only where it has not been heard since: whoever was first, this instance or the source, wins. */
    private boolean notice(Connection c, Feed feed, Instant now) {
        int noticed = Sql.run(c, """
            update waymark.feed set silent_since = ?
             where force_id = ? and source = ? and silent_since is null and last_heard_at = ?""",
            now, feed.force(), feed.source(), feed.lastHeard());
        return noticed == 1 && workItems.open(c, new NewWorkItem("feed_silent", Feeds.alarmKey(feed.source(), now), null,
            null, null, "not_heard", "The source " + feed.source() + " was last heard on " + LOCAL.format(feed.lastHeard())
                + ". Ask those who run it. People are told that what they see is as it was then.", now.plus(DUE)));
    }

    private boolean takeBack(Connection c, Feed feed) {
        int changed = Sql.run(c, """
            update waymark.feed set silent_since = null where force_id = ? and source = ? and silent_since = ?""",
            feed.force(), feed.source(), feed.silentSince());
        workItems.settle(c, Feeds.alarmKey(feed.source(), feed.silentSince()));
        return changed == 1;
    }

    private List<Feed> feeds() {
        return acting.as(new Caller.Nobody(), c -> Sql.list(c, """
            select force_id, force_code, source, last_heard_at, extract(epoch from silent_after)::bigint as silent_seconds,
                   silent_since
              from waymark.gate_feeds()""", SilentFeeds::feed));
    }

    private static Feed feed(ResultSet r) throws SQLException {
        Long seconds = r.getObject("silent_seconds", Long.class);
        return new Feed(Sql.uuid(r, "force_id"), r.getString("force_code"), r.getString("source"),
            Sql.instant(r, "last_heard_at"), seconds == null ? null : Duration.ofSeconds(seconds),
            Sql.instant(r, "silent_since"));
    }
}
