package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sql;

/**
 * What a victim or witness reads. Whose cases and entries they are, and what their role sees of them, is the database's
 * to say; where {@code ctx_persons} is named here, it is to tell the planner where to begin: row-level security allows
 * for forces too, and without a beginning it goes through every row there is.
 */
@Singleton
final class CaseReader {
    private final CaseStore store;
    private final InPersonStore inPerson;

    CaseReader(CaseStore store, InPersonStore inPerson) {
        this.store = store;
        this.inPerson = inPerson;
    }

    /**
     * @param role the widest of those that the account's persons have in the case
     * @param stage with {@code facts}, by what this person is shown
     * @param gated an officer tells them before they read of anything
     */
    record Row(UUID id, String crimeReference, String forceCode, String forceEn, String forceCy, String role, String stage,
               CaseState.Facts facts, boolean gated, Instant updatedAt) {
        boolean witness() {
            return "witness".equals(role);
        }
    }

    record EntryRow(UUID id, Instant occurredAt, String sortKey, String kind, CaseState.Body body) { }

    /** For a witness who is shown no entry yet: when the case came, from its id. Its own time tells of what they do not see. */
    private static final String BEGINNING =
        "to_timestamp(('x' || substr(replace(c.id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0)";

    private static final String CASES = """
        select * from (
          select distinct on (c.id) c.id, c.crime_reference, coalesce(p.own_stage, c.stage) as stage, c.state, c.gated,
                 p.person_id, p.own_state, f.code, f.name_en, f.name_cy, p.role,
                 coalesce((select max(t.received_at) from waymark.timeline_entry t where t.case_id = c.id),
                          %s) as updated_at
            from waymark.case_file c
            join waymark.force f on f.id = c.force_id
            join waymark.participant p on p.case_id = c.id and not p.removed
                                      and p.person_id = any ((select waymark.ctx_persons())::uuid[])
           order by c.id, p.role = 'witness', p.own_stage is not null) x
        """.formatted(BEGINNING);

    List<Row> page(Connection c, Instant before, UUID beforeId, int limit) {
        return Sql.list(c, CASES + """
             where (?::timestamptz is null or (updated_at, id) < (?::timestamptz, ?::uuid))
             order by updated_at desc, id desc limit ?""", this::row, before, before, beforeId, limit);
    }

    Optional<Row> one(Connection c, UUID caseId) {
        return Sql.one(c, CASES + "where id = ?", this::row, caseId);
    }

    /** An entry that a page ended with: what a client may know of it, and no more. */
    record Last(Instant occurredAt, UUID id) {
        static Last of(EntryRow row) {
            return new Last(row.occurredAt(), row.id());
        }
    }

    /**
     * The entries after {@code last}, or the newest. Where that entry is gone meanwhile, entries of the very same moment may
     * come again; none is passed over.
     */
    List<EntryRow> timeline(Connection c, UUID caseId, Last last, int limit) {
        String before = last == null ? null
            : Sql.one(c, "select sort_key from waymark.timeline_entry where case_id = ? and id = ?", r -> r.getString("sort_key"),
                caseId, last.id()).orElseGet(() -> Event.afterAllOf(last.occurredAt()));
        return Sql.list(c, """
            select id, occurred_at, sort_key, kind, body from waymark.timeline_entry
             where case_id = ? and (?::text is null or sort_key < ?) order by sort_key desc limit ?""",
            this::entry, caseId, before, before, limit);
    }

    Optional<EntryRow> entry(Connection c, UUID caseId, UUID entry) {
        return Sql.one(c, "select id, occurred_at, sort_key, kind, body from waymark.timeline_entry where case_id = ? and id = ?",
            this::entry, caseId, entry);
    }

    private EntryRow entry(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new EntryRow(id, Sql.instant(r, "occurred_at"), r.getString("sort_key"), r.getString("kind"),
            store.body(id, r.getBytes("body")));
    }

    /** The language that the person chose, or that the force reported; the first of the account's persons decides. */
    String language(Connection c) {
        return Sql.one(c, "select waymark.ctx_language() as language", r -> r.getString("language")).orElse("en");
    }

    private CaseState.Facts facts(ResultSet r, UUID id) throws SQLException {
        byte[] own = r.getBytes("own_state");
        return own == null ? store.facts(id, r.getBytes("state")) : inPerson.own(Sql.uuid(r, "person_id"), id, own);
    }

    private Row row(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        return new Row(id, r.getString("crime_reference"), r.getString("code"), r.getString("name_en"), r.getString("name_cy"),
            r.getString("role"), r.getString("stage"), facts(r, id), r.getBoolean("gated"), Sql.instant(r, "updated_at"));
    }
}
