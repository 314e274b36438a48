package uk.waymark.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Who changed how a person is contacted, when and what. Only added to, each in the transaction of the change itself. */
@Singleton
public final class ContactHistory {
    /** The value of what is named and not shown: a word, an address, a number. */
    public static final String NOT_SHOWN = "";
    private static final String SHOWN = "contact_version.shown";
    private static final String REASON = "contact_version.reason";
    private static final int NAME_LENGTH = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;

    ContactHistory(Sealing sealing, Ids ids, CaseClock clock) {
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param by      {@code person}, {@code staff}, {@code force_system} or {@code reply}
     * @param role    of staff, or null; @param staff who, or null; @param reason or null
     * @param changes by field, what it was changed to; {@link #NOT_SHOWN} where that is not shown
     */
    public record Version(UUID id, Instant at, String by, String role, String staff, String reason, Map<String, String> changes) {
        private Version only(List<String> open, List<String> own) {
            var kept = new LinkedHashMap<>(changes);
            kept.keySet().removeIf(f -> !open.contains(f) && !("person".equals(by) && own.contains(f)));
            return new Version(id, at, by, role, staff, reason, kept);
        }

        /** Without the reason and values. */
        @Override
        public String toString() {
            return "Version[id=" + id + ", by=" + by + "]";
        }
    }

    /** In a transaction of the person's. @param changes nothing is noted where there are none */
    public void byPerson(Connection c, UUID person, Map<String, String> changes) {
        if (!changes.isEmpty()) {
            UUID id = ids.next();
            Sql.call(c, "select waymark.gate_note_choice(?, ?, ?, ?, ?)", id, person, clock.instant(), fields(changes),
                shown(id, changes));
        }
    }

    public void byStaff(Connection c, Caller.Staff staff, UUID person, String reason, Map<String, String> changes) {
        note(c, person, "staff", staff, reason, changes);
    }

    /** What the person had confirmed has taken effect, in a transaction of the force. */
    public void confirmed(Connection c, UUID person, Map<String, String> changes) {
        note(c, person, "person", null, null, changes);
    }

    /** By what a system of the force reported. */
    public void bySystem(Connection c, UUID person, Map<String, String> changes) {
        note(c, person, "force_system", null, null, changes);
    }

    /** By a text that came back. */
    public void byReply(Connection c, UUID person, Map<String, String> changes) {
        note(c, person, "reply", null, null, changes);
    }

    private void note(Connection c, UUID person, String by, Caller.Staff staff, String reason, Map<String, String> changes) {
        if (changes.isEmpty()) {
            return;
        }
        UUID id = ids.next();
        Sql.run(c, """
            insert into waymark.contact_version (id, person_id, force_id, changed_at, changed_by, role, staff, reason, fields, shown)
            values (?, ?, waymark.ctx_force(), ?, ?, ?, ?, ?::bytea, ?, ?)""", id, person, clock.instant(), by,
            staff == null ? null : staff.roles().stream().sorted().collect(Collectors.joining(",")),
            staff == null ? null : staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length())),
            sealing.sealText(REASON, id, reason), fields(changes), shown(id, changes));
    }

    private static String[] fields(Map<String, String> changes) {
        return changes.keySet().toArray(String[]::new);
    }

    private byte[] shown(UUID id, Map<String, String> changes) {
        var shown = new LinkedHashMap<>(changes);
        shown.values().removeIf(NOT_SHOWN::equals);
        try {
            return sealing.sealText(SHOWN, id, JSON.writeValueAsString(shown));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("changes cannot be written");
        }
    }

    /** All of one person, for staff; the newest first. @param before only those before this one, or null */
    public List<Version> page(Connection c, UUID person, UUID before, int limit) {
        return Sql.list(c, """
            select id, changed_at, changed_by, role, staff, reason, fields, shown from waymark.contact_version
             where person_id = ? and (?::uuid is null or id < ?::uuid) order by id desc limit ?""", this::version, person, before,
            before, limit);
    }

    /**
     * As the person may read it: of the fields that they may know of, and what they did themselves once, whoever else is on
     * the account. In a transaction of theirs.
     *
     * @param open  fields that the person may know of
     * @param own   fields that they may know of where they changed them themselves
     */
    public List<Version> ownPage(Connection c, List<String> open, List<String> own, UUID before, int limit) {
        return Sql.list(c, """
            select id, changed_at, changed_by, role, null as staff, null::bytea as reason, fields, shown
              from waymark.contact_version
             where person_id = any ((select waymark.ctx_persons())::uuid[])
               and (changed_by <> 'person' or person_id = (select (waymark.ctx_persons())[1]))
               and (fields && ?::text[] or changed_by = 'person' and fields && ?::text[])
               and (?::uuid is null or id < ?::uuid) order by id desc limit ?""", r -> version(r).only(open, own),
            open.toArray(String[]::new), own.toArray(String[]::new), before, before, limit);
    }

    private Version version(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        Map<String, String> values = read(sealing.openText(SHOWN, id, r.getBytes("shown")));
        var changes = new LinkedHashMap<String, String>();
        Arrays.stream((String[]) r.getArray("fields").getArray())
            .forEach(field -> changes.put(field, values.getOrDefault(field, NOT_SHOWN)));
        return new Version(id, Sql.instant(r, "changed_at"), r.getString("changed_by"), r.getString("role"), r.getString("staff"),
            sealing.openText(REASON, id, r.getBytes("reason")), changes);
    }

    private static Map<String, String> read(String json) {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, String>>() { });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sealed JSON cannot be read");
        }
    }
}
