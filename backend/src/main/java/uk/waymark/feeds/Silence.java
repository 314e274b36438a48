package uk.waymark.feeds;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.Sources;
import uk.waymark.platform.Sql;

/** How old what a person sees may be: only where a system that reported on the case is silent for too long. */
@Singleton
public final class Silence {
    private final FeedFigures figures;

    /**
     * @param asAt when the source that has been silent for longest was last heard
     * @param court it is a court's and not the police's
     */
    public record AsAt(Instant asAt, boolean court) { }

    Silence(FeedFigures figures) {
        this.figures = figures;
    }

    /**
     * Asks the database only where some source is known to be silent, so that reading costs nothing as long as all is
     * well; an instance learns of a silence that another noticed within a minute.
     *
     * @param c of a transaction of a person
     * @return by case; a case that is not in it is up to date
     */
    public Map<UUID, AsAt> of(Connection c, Collection<UUID> cases) {
        if (cases.isEmpty() || figures.noneIsSilent()) {
            return Map.of();
        }
        var silent = new HashMap<UUID, AsAt>();
        Sql.list(c, "select case_id, source, as_at from waymark.gate_silence(?)",
            r -> silent.put(Sql.uuid(r, "case_id"),
                new AsAt(Sql.instant(r, "as_at"), Sources.ours(r.getString("source")))),
            (Object) cases.toArray(UUID[]::new));
        return silent;
    }
}
