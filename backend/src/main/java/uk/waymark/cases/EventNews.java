package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.messaging.NewsKinds;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The kinds of events, for whoever decides how news of them is told. Opens an event only where its type does not say it all. */
@Singleton
final class EventNews implements NewsKinds {
    private static final Set<EventType> READ =
        EnumSet.of(EventType.INVESTIGATION_CLOSED, EventType.OUT_OF_COURT_DISPOSAL, EventType.EVENT_RETRACTED);
    private static final String COLUMNS = "id, type, source, source_event_id, payload";
    private final Sealing sealing;

    EventNews(Sealing sealing) {
        this.sealing = sealing;
    }

    @Override
    public Map<UUID, News> of(Connection c, Collection<UUID> subjects) {
        var news = new HashMap<UUID, News>();
        Sql.list(c, "select " + COLUMNS + " from waymark.case_event where id = any(?)", this::row,
            (Object) subjects.toArray(UUID[]::new)).forEach(row -> news.put(row.id(), news(c, row)));
        return news;
    }

    /** @param data null where it need not be read */
    private record Row(UUID id, EventType type, String source, JsonNode data) { }

    private Row row(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        EventType type = EventType.of(r.getString("type")).orElseThrow();
        JsonNode data = READ.contains(type)
            ? CaseJson.tree(sealing.openText("case_event.payload", id, r.getBytes("payload"))).path("data") : null;
        return new Row(id, type, r.getString("source"), data);
    }

    private News news(Connection c, Row row) {
        if (row.type() == EventType.EVENT_RETRACTED) {
            return target(c, row).map(target -> new News(target.type().wireName(), suspect(target)))
                .orElseGet(() -> new News(row.type().wireName(), false));
        }
        return new News(row.type().wireName(), suspect(row));
    }

    private Optional<Row> target(Connection c, Row retraction) {
        return Sql.one(c, "select " + COLUMNS + """
             from waymark.case_event
            where force_id = waymark.ctx_force() and source = ? and source_event_id = ?""", this::row, retraction.source(),
            retraction.data().path("source_event_id").asText());
    }

    /** Of a disposal there is always somebody who gets it. */
    private static boolean suspect(Row row) {
        return switch (row.type()) {
            case INVESTIGATION_CLOSED -> row.data().path("interviewed_suspect").asBoolean() || row.data().has("suspect_ref");
            case OUT_OF_COURT_DISPOSAL -> true;
            default -> row.type().line() == EventType.Line.SUSPECT;
        };
    }
}
