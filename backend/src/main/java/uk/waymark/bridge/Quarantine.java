package uk.waymark.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Events that were refused, sealed as they came, until staff bring them back. The same bad event again adds nothing. */
@Singleton
final class Quarantine {
    private static final Duration DUE = Duration.ofHours(4);
    private final ActingAs acting;
    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;
    private final WorkItems workItems;

    Quarantine(ActingAs acting, Sealing sealing, Ids ids, CaseClock clock, WorkItems workItems) {
        this.acting = acting;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
        this.workItems = workItems;
    }

    record Row(UUID id, String source, String sourceEventId, String type, String reason, String detail, JsonNode body,
               Instant receivedAt, Instant replayedAt) { }

    void keep(Caller caller, String source, JsonNode event, EventIntake.Result result) {
        UUID id = ids.next();
        Instant now = clock.instant();
        String body = event.toString();
        byte[] mac = sealing.key("quarantine", source + '\n' + body);
        acting.as(caller, (Connection c) -> {
            int added = Sql.run(c, """
                insert into waymark.quarantined_event (id, force_id, source, source_event_id, type, reason, detail, body, body_mac,
                                                       received_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (force_id, body_mac) do nothing""",
                id, caller.requireForce(), source, result.sourceEventId().isEmpty() ? null : result.sourceEventId(),
                type(event), result.reason(), result.detail(), sealing.sealText("quarantined_event.body", id, body), mac, now);
            if (added == 1) {
                workItems.open(c, new NewWorkItem("event_quarantined", "quarantine:" + HexFormat.of().formatHex(mac), null, null, id,
                    result.reason(), result.detail(), now.plus(DUE)));
            }
            return null;
        });
    }

    private static String type(JsonNode event) {
        String type = event.path("type").asText("");
        return uk.waymark.cases.EventType.of(type).isPresent() ? type : null;
    }

    List<Row> page(Connection c, UUID before, int limit) {
        return Sql.list(c, """
            select id, source, source_event_id, type, reason, detail, body, received_at, replayed_at
              from waymark.quarantined_event where (?::uuid is null or id < ?::uuid) order by id desc limit ?""",
            this::row, before, before, limit);
    }

    Optional<Row> forUpdate(Connection c, UUID id) {
        return Sql.one(c, """
            select id, source, source_event_id, type, reason, detail, body, received_at, replayed_at
              from waymark.quarantined_event where id = ? for update""", this::row, id);
    }

    private Row row(java.sql.ResultSet r) throws java.sql.SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Row(id, r.getString("source"), r.getString("source_event_id"), r.getString("type"), r.getString("reason"),
            r.getString("detail"), tree(sealing.openText("quarantined_event.body", id, r.getBytes("body"))),
            Sql.instant(r, "received_at"), Sql.instant(r, "replayed_at"));
    }

    private static JsonNode tree(String json) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("a quarantined event cannot be read");
        }
    }

    /** It counts now. Whether people should be told of it is for staff to decide: a replay tells nobody. */
    void replayed(Connection c, Row row, EventIntake.Result result) {
        Sql.run(c, "update waymark.quarantined_event set replayed_at = ?, replay_status = ? where id = ?",
            clock.instant(), result.status(), row.id());
        if ("accepted".equals(result.status())) {
            workItems.open(c, new NewWorkItem("event_quarantined", "replayed:" + row.id(), result.caseId(), null, row.id(),
                "replayed_nobody_told", "An event that had been refused was brought back. Nobody was told of it by message: "
                    + "decide who should be.", clock.instant().plus(DUE)));
        }
    }
}
