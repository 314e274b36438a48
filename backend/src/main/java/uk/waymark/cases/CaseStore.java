package uk.waymark.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseState.PersonKey;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.DatabaseFailure;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The rows of a case and its events. Every method runs in the caller's transaction and sees what row-level security lets it. */
@Singleton
final class CaseStore {
    private static final String BODY = "timeline_entry.body";
    private final Sealing sealing;
    private final Ids ids;

    CaseStore(Sealing sealing, Ids ids) {
        this.sealing = sealing;
        this.ids = ids;
    }

    /** The case as it was before this event. */
    record Locked(UUID id, boolean recorded, boolean onPhones, boolean safety, boolean gated) { }

    record History(List<Event> events, Fold.Staff staff) { }

    record Seen(UUID caseId, UUID eventId, byte[] mac, JsonNode payload) { }

    /** Makes the case if it is not there, and holds its row until the transaction ends: events of one case queue up. */
    Locked lock(Connection c, UUID force, String crimeReference, Instant now) {
        return Sql.one(c, """
            insert into waymark.case_file (id, force_id, crime_reference, crime_reference_key, updated_at)
            values (?, ?, ?, ?, ?)
            on conflict (force_id, crime_reference_key) do update set crime_reference_key = excluded.crime_reference_key
            returning id, recorded, on_phones, safety, gated""", CaseStore::locked, ids.next(), force, crimeReference.strip(), CrimeReferences.key(crimeReference), now).orElseThrow();
    }

    Locked lock(Connection c, UUID caseId) {
        return Sql.one(c, "select id, recorded, on_phones, safety, gated from waymark.case_file where id = ? for update",
            CaseStore::locked, caseId).orElseThrow();
    }

    String reference(Connection c, UUID caseId) {
        return Sql.one(c, "select crime_reference from waymark.case_file where id = ?", r -> r.getString("crime_reference"), caseId)
            .orElseThrow();
    }

    private static Locked locked(ResultSet r) throws SQLException {
        return new Locked(Sql.uuid(r, "id"), r.getBoolean("recorded"), r.getBoolean("on_phones"), r.getBoolean("safety"),
            r.getBoolean("gated"));
    }

    Optional<Seen> seen(Connection c, UUID force, String source, String sourceEventId) {
        return Sql.one(c, """
            select id, case_id, content_mac, payload from waymark.case_event
             where force_id = ? and source = ? and source_event_id = ?""",
            r -> {
                UUID id = Sql.uuid(r, "id");
                return new Seen(Sql.uuid(r, "case_id"), id, r.getBytes("content_mac"), payload(id, r.getBytes("payload")));
            }, force, source, sourceEventId);
    }

    UUID insert(Connection c, UUID force, UUID caseId, NewEvent e, boolean notifies, Sealing.LookupKey mac, Instant now) {
        UUID id = ids.next();
        Sql.run(c, """
            insert into waymark.case_event (id, force_id, case_id, source, source_event_id, type, schema_version, occurred_at,
                                            received_at, backfill, notifies, content_mac, content_mac_version, payload, sort_key)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            id, force, caseId, e.source(), e.sourceEventId(), e.type().wireName(), e.schemaVersion(), e.occurredAt(), now,
            e.backfill(), notifies, mac.value(), mac.version(), seal(id, e.data(), e.informed()),
            Event.sortKey(e.occurredAt(), e.source(), e.sourceEventId()));
        return id;
    }

    /** Adds to what was known: that somebody else was told too takes nothing back. */
    void informed(Connection c, Seen seen, JsonNode informed) {
        var all = CaseJson.MAPPER.createArrayNode();
        seen.payload().path("informed_in_person").forEach(all::add);
        Sql.run(c, "update waymark.case_event set payload = ? where id = ?",
            seal(seen.eventId(), seen.payload().path("data"), all.add(informed)), seen.eventId());
    }

    private byte[] seal(UUID id, JsonNode data, JsonNode informed) {
        ObjectNode payload = CaseJson.MAPPER.createObjectNode();
        payload.set("data", data);
        if (informed.isObject()) {
            payload.putArray("informed_in_person").add(informed);
        } else if (informed.isArray()) {
            payload.set("informed_in_person", informed);
        }
        return sealing.sealText("case_event.payload", id, CaseJson.write(payload));
    }

    private JsonNode payload(UUID id, byte[] sealed) {
        return CaseJson.tree(sealing.openText("case_event.payload", id, sealed));
    }

    /** All that the fold needs, in one round trip. */
    History history(Connection c, UUID caseId) {
        var decisions = new HashMap<UUID, Boolean>();
        List<Event> events = Sql.list(c, """
            select e.id, e.source, e.source_event_id, e.type, e.occurred_at, e.received_at, e.notifies, e.payload, d.show,
                   n.event_id is not null as told_after_all
              from waymark.case_event e left join waymark.text_decision d on d.event_id = e.id
                   left join waymark.notify_decision n on n.event_id = e.id
             where e.case_id = ?""",
            r -> {
                Event event = r.getBoolean("told_after_all") ? event(r).toldAfterAll() : event(r);
                if (r.getObject("show") != null) {
                    decisions.put(event.id(), r.getBoolean("show"));
                }
                return event;
            }, caseId);
        return new History(events, new Fold.Staff(decisions, told(c, caseId, events)));
    }

    /** Whom staff have told in person; asked only where the case has or had somebody to do so. */
    private static Map<UUID, Set<PersonKey>> told(Connection c, UUID caseId, List<Event> events) {
        var told = new HashMap<UUID, Set<PersonKey>>();
        if (events.stream().anyMatch(CaseStore::namesLiaison)) {
            Sql.list(c, """
                select t.event_id, pe.source, pe.source_person_id
                  from waymark.in_person t join waymark.person pe on pe.id = t.person_id
                 where t.case_id = ? and t.told_at is not null""",
                r -> told.computeIfAbsent(Sql.uuid(r, "event_id"), id -> new HashSet<>())
                    .add(new PersonKey(r.getString("source"), r.getString("source_person_id"))), caseId);
        }
        return told;
    }

    private static boolean namesLiaison(Event e) {
        return e.data().hasNonNull("liaison_officer") || e.data().path("flags").toString().contains(Flags.FAMILY_LIAISON);
    }

    private Event event(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        JsonNode payload = payload(id, r.getBytes("payload"));
        return new Event(id, r.getString("source"), r.getString("source_event_id"), EventType.of(r.getString("type")).orElseThrow(),
            Sql.instant(r, "occurred_at"), Sql.instant(r, "received_at"), r.getBoolean("notifies"), payload.path("data"),
            payload.path("informed_in_person"));
    }

    void write(Connection c, UUID force, UUID caseId, CaseState state, Instant now) {
        Sql.run(c, """
            update waymark.case_file
               set recorded = ?, on_phones = ?, safety = ?, restricted = ?, stage = ?, state = ?, gated = ?,
                   folded_by = ?, version = version + 1, updated_at = ?
             where id = ?""",
            state.recorded(), state.onPhones(), state.facts().safety(), state.facts().restricted(), state.stage(),
            sealing.sealText("case_file.state", caseId, CaseJson.write(state.facts())), state.gated(), Fold.VERSION, now, caseId);
    }

    /** Cases that an older fold has written, some of them. Without an event there is nothing to fold: it would only be emptied. */
    static List<UUID> foldedBefore(Connection c, int most) {
        return Sql.list(c, """
            select id from waymark.case_file f
             where force_id = waymark.ctx_force() and folded_by < ?
               and exists (select from waymark.case_event e where e.case_id = f.id)
             order by folded_by, id limit ?""", r -> Sql.uuid(r, "id"), Fold.VERSION, most);
    }

    /** An entry as it stands in its row; what an event gives it never changes. @param to null for everyone whose role sees it */
    private record Row(String kind, boolean witnessSees, String body, Set<UUID> to) { }

    /**
     * Writes what has changed: an event mostly adds one entry to twenty. What stands is read and compared, not remembered,
     * so that rows that an older version wrote come right with the next event.
     */
    void writeTimeline(Connection c, UUID force, UUID caseId, CaseState state, Map<PersonKey, UUID> ids) {
        var known = new HashMap<UUID, Row>();
        Sql.list(c, "select id, kind, witness_sees, shown_to, body from waymark.timeline_entry where case_id = ?", r -> {
            UUID id = Sql.uuid(r, "id");
            return known.put(id, new Row(r.getString("kind"), r.getBoolean("witness_sees"),
                sealing.openText(BODY, id, r.getBytes("body")), shownTo(r)));
        }, caseId);
        var changed = new LinkedHashMap<CaseState.Entry, Row>();
        for (CaseState.Entry entry : state.entries()) {
            var now = new Row(entry.kind(), entry.witnessSees(), CaseJson.write(entry.body()), ids(entry.shownTo(), ids));
            if (!now.equals(known.remove(entry.event().id()))) {
                changed.put(entry, now);
            }
        }
        if (!known.isEmpty()) {
            Sql.run(c, "delete from waymark.timeline_entry where id = any (?::uuid[])", (Object) known.keySet().toArray(UUID[]::new));
        }
        writeEntries(c, force, caseId, changed);
    }

    private static Set<UUID> shownTo(ResultSet r) throws SQLException {
        java.sql.Array to = r.getArray("shown_to");
        return to == null ? null : Set.of((UUID[]) to.getArray());
    }

    private static Set<UUID> ids(Set<PersonKey> people, Map<PersonKey, UUID> ids) {
        return people == null ? null : people.stream().map(ids::get).collect(Collectors.toSet());
    }

    private void writeEntries(Connection c, UUID force, UUID caseId, Map<CaseState.Entry, Row> entries) {
        try (var statement = c.prepareStatement("""
                insert into waymark.timeline_entry (id, force_id, case_id, occurred_at, sort_key, kind, witness_sees, body,
                                                    received_at, shown_to)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set kind = excluded.kind, witness_sees = excluded.witness_sees, body = excluded.body,
                                               shown_to = excluded.shown_to""")) {
            for (var entry : entries.entrySet()) {
                Event e = entry.getKey().event();
                statement.setObject(1, e.id());
                statement.setObject(2, force);
                statement.setObject(3, caseId);
                statement.setObject(4, e.occurredAt().atOffset(java.time.ZoneOffset.UTC));
                statement.setString(5, e.sortKey());
                statement.setString(6, entry.getValue().kind());
                statement.setBoolean(7, entry.getValue().witnessSees());
                statement.setBytes(8, sealing.sealText(BODY, e.id(), entry.getValue().body()));
                statement.setObject(9, e.receivedAt().atOffset(java.time.ZoneOffset.UTC));
                Set<UUID> to = entry.getValue().to();
                statement.setArray(10, to == null ? null : c.createArrayOf("uuid", to.toArray()));
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    CaseState.Facts facts(UUID caseId, byte[] sealed) {
        return sealed == null ? CaseState.Facts.NONE
            : CaseJson.read(sealing.openText("case_file.state", caseId, sealed), CaseState.Facts.class);
    }

    CaseState.Body body(UUID entryId, byte[] sealed) {
        return CaseJson.read(sealing.openText(BODY, entryId, sealed), CaseState.Body.class);
    }
}
