package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** What people answered about court dates. The newest answer of a person to a hearing as it stands is the one that counts. */
@Singleton
final class HearingAnswers {
    private static final String REASON = "hearing_answer.reason";

    enum Answer { YES, CANNOT, NEED_TO_TALK }

    enum Via { APP, SMS, STAFF }

    /**
     * @param version   of the hearing that was answered about
     * @param confirmed false in a case with a safety flag until staff have spoken to the person
     * @param reason    what would stop them, in their words, or null
     * @param by        the member of staff who put it down; null where the person answered
     */
    record Entry(UUID id, UUID hearing, UUID person, UUID caseId, int version, Answer answer, Via via, boolean confirmed, String reason,
                 Instant at, String by) {
        /** The same, stored under this id. */
        Entry as(UUID stored) {
            return new Entry(stored, hearing, person, caseId, version, answer, via, confirmed, reason, at, by);
        }

        /** Without the person's words. */
        @Override
        public String toString() {
            return "Entry[id=" + id + ", answer=" + answer + ", via=" + via + ", confirmed=" + confirmed + "]";
        }
    }

    private final Ids ids;
    private final Sealing sealing;

    HearingAnswers(Ids ids, Sealing sealing) {
        this.ids = ids;
        this.sealing = sealing;
    }

    /** @param c of a transaction that acts for the force @return its id; the one given is not looked at */
    UUID add(Connection c, UUID force, Entry e) {
        UUID id = ids.next();
        Sql.run(c, """
            insert into waymark.hearing_answer (id, hearing_id, person_id, force_id, case_id, version, answer, via, confirmed, reason,
                                                answered_at, answered_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, e.hearing(), e.person(), force, e.caseId(), e.version(),
            e.answer().name().toLowerCase(Locale.ROOT), e.via().name().toLowerCase(Locale.ROOT), e.confirmed(),
            sealed(id, e.reason()), e.at(), e.by());
        return id;
    }

    /** The words as the row with this id keeps them. @param reason or null */
    byte[] sealed(UUID id, String reason) {
        return reason == null ? null : sealing.sealText(REASON, id, reason);
    }

    /** The person said afterwards what stands in the way. */
    void because(Connection c, UUID id, String reason) {
        Sql.run(c, "update waymark.hearing_answer set reason = ? where id = ?", sealed(id, reason), id);
    }

    /** Ids of all that a person has answered about a hearing. */
    List<UUID> ids(Connection c, UUID hearing, UUID person) {
        return Sql.list(c, "select id from waymark.hearing_answer where hearing_id = ? and person_id = ? order by id",
            r -> Sql.uuid(r, "id"), hearing, person);
    }

    UUID force(Connection c, UUID id) {
        return Sql.one(c, "select force_id from waymark.hearing_answer where id = ?", r -> Sql.uuid(r, "force_id"), id).orElseThrow();
    }

    void confirm(Connection c, UUID id) {
        Sql.run(c, "update waymark.hearing_answer set confirmed = true where id = ?", id);
    }

    /** The newest answer of each person to each of these hearings, whichever version it was about. */
    List<Entry> newest(Connection c, Collection<UUID> hearings) {
        return Sql.list(c, """
            select distinct on (hearing_id, person_id) id, hearing_id, person_id, case_id, version, answer, via, confirmed, reason,
                   answered_at, answered_by
              from waymark.hearing_answer where hearing_id = any(?) order by hearing_id, person_id, id desc""", this::entry,
            (Object) hearings.toArray(UUID[]::new));
    }

    /**
     * The answer of each person to each of these hearings that counts: the newest confirmed one about the date as it stands, whatever
     * was answered since and nobody has confirmed; else the newest, which may be unconfirmed or about another day.
     */
    List<Entry> counting(Connection c, Collection<UUID> hearings) {
        return Sql.list(c, """
            select distinct on (a.hearing_id, a.person_id) a.id, a.hearing_id, a.person_id, a.case_id, a.version, a.answer, a.via,
                   a.confirmed, a.reason, a.answered_at, a.answered_by
              from waymark.hearing_answer a join waymark.hearing h on h.id = a.hearing_id where a.hearing_id = any(?)
             order by a.hearing_id, a.person_id, (a.confirmed and a.version = h.version) desc, a.id desc""", this::entry,
            (Object) hearings.toArray(UUID[]::new));
    }

    /**
     * What the persons of an account last answered from their phone to each of these hearings, whichever version it was about, in a
     * transaction of theirs. What they said to staff is left out: somebody else may hold the phone.
     */
    List<Entry> fromPhone(Connection c, Collection<UUID> hearings) {
        return Sql.list(c, """
            select distinct on (hearing_id) id, hearing_id, person_id, case_id, version, answer, via, confirmed, null::bytea as reason,
                   answered_at, answered_by
              from waymark.hearing_answer
             where hearing_id = any(?) and person_id = any ((select waymark.ctx_persons())::uuid[]) and via <> 'staff'
             order by hearing_id, id desc""", this::entry, (Object) hearings.toArray(UUID[]::new));
    }

    /**
     * The newest answer of each person of an account about a hearing; in a transaction of theirs.
     *
     * @param byStaff whether what staff put down counts as well
     */
    List<Entry> said(Connection c, UUID hearing, boolean byStaff) {
        return Sql.list(c, """
            select distinct on (person_id) id, hearing_id, person_id, case_id, version, answer, via, confirmed, reason, answered_at,
                   answered_by
              from waymark.hearing_answer
             where hearing_id = ? and person_id = any ((select waymark.ctx_persons())::uuid[]) and (? or via <> 'staff')
             order by person_id, id desc""", this::entry, hearing, byStaff);
    }

    /** What the persons of an account answered, the newest first; in a transaction of theirs. @param before null for the first page */
    List<Entry> own(Connection c, UUID before, int limit) {
        return Sql.list(c, """
            select id, hearing_id, person_id, case_id, version, answer, via, confirmed, reason, answered_at, answered_by
              from waymark.hearing_answer
             where person_id = any ((select waymark.ctx_persons())::uuid[]) and (?::uuid is null or id < ?::uuid)
             order by id desc limit ?""", this::entry, before, before, limit);
    }

    private Entry entry(ResultSet r) throws SQLException {
        UUID id = Sql.uuid(r, "id");
        byte[] reason = r.getBytes("reason");
        return new Entry(id, Sql.uuid(r, "hearing_id"), Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), r.getInt("version"),
            Answer.valueOf(r.getString("answer").toUpperCase(Locale.ROOT)), Via.valueOf(r.getString("via").toUpperCase(Locale.ROOT)),
            r.getBoolean("confirmed"), reason == null ? null : sealing.openText(REASON, id, reason), Sql.instant(r, "answered_at"),
            r.getString("answered_by"));
    }
}
