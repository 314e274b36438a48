package uk.waymark.hearings.trial;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** The rows of experiments and of the lots that were drawn in them. */
@Singleton
final class TrialStore {
    private static final String COLUMNS = "id, from_day, to_day, share, approved_by, started_by, started_at, ended_by, ended_at";
    private static final String SELECT = "select " + COLUMNS + " from waymark.reminder_trial where ";

    /** @param endedAt null while it holds */
    record Arm(boolean heldOut, Instant endedAt) { }

    /** Somebody who is held out. @param endedBy null where it holds, or ended by itself */
    record HeldOutPerson(UUID person, UUID caseId, String stratum, Instant drawnAt, String endedBy, Instant endedAt) { }

    /** @return false where there is one that has not ended */
    boolean add(Connection c, UUID force, ReminderTrial t) {
        return Sql.run(c, "insert into waymark.reminder_trial (" + COLUMNS + ", force_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (force_id) where ended_at is null do nothing", t.id(), t.from(), t.to(), t.share(), t.approvedBy(),
            t.startedBy(), t.startedAt(), t.endedBy(), t.endedAt(), force) > 0;
    }

    List<ReminderTrial> all(Connection c) {
        return Sql.list(c, SELECT + "force_id = waymark.ctx_force() order by started_at desc, id desc limit 100", TrialStore::trial);
    }

    Optional<ReminderTrial> one(Connection c, UUID id) {
        return Sql.one(c, SELECT + "id = ?", TrialStore::trial, id);
    }

    /** Nobody else draws or ends until the transaction does. */
    Optional<ReminderTrial> held(Connection c, UUID id) {
        return Sql.one(c, SELECT + "id = ? for update", TrialStore::trial, id);
    }

    Optional<ReminderTrial> open(Connection c) {
        return Sql.one(c, SELECT + "force_id = waymark.ctx_force() and ended_at is null", TrialStore::trial);
    }

    void end(Connection c, UUID id, String by, Instant at) {
        Sql.run(c, "update waymark.reminder_trial set ended_at = ?, ended_by = ? where id = ? and ended_at is null", at, by, id);
    }

    Optional<Arm> arm(Connection c, UUID trial, UUID person) {
        return Sql.one(c, "select held_out, ended_at from waymark.reminder_trial_arm where trial_id = ? and person_id = ?",
            r -> new Arm(r.getBoolean("held_out"), Sql.instant(r, "ended_at")), trial, person);
    }

    /** Which of these are left without, and nobody has ended it. */
    Set<UUID> without(Connection c, UUID trial, Collection<UUID> persons) {
        return new HashSet<>(Sql.list(c, """
            select person_id from waymark.reminder_trial_arm
             where trial_id = ? and person_id = any(?) and held_out and ended_at is null""", r -> Sql.uuid(r, "person_id"), trial,
            persons.toArray(UUID[]::new)));
    }

    /** The place of the next one of a stratum; of a trial that is held. */
    int next(Connection c, UUID trial, String stratum) {
        return Sql.one(c, "select coalesce(max(place) + 1, 0) as next from waymark.reminder_trial_arm where trial_id = ? and stratum = ?",
            r -> r.getInt("next"), trial, stratum).orElseThrow();
    }

    void draw(Connection c, UUID force, UUID trial, UUID person, UUID caseId, String stratum, int place, boolean heldOut, Instant at) {
        Sql.run(c, """
            insert into waymark.reminder_trial_arm (trial_id, person_id, force_id, case_id, stratum, place, held_out, drawn_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)""", trial, person, force, caseId, stratum, place, heldOut, at);
    }

    /** @param by null where it ends by itself @return false where they are not held out */
    boolean endFor(Connection c, UUID trial, UUID person, String by, Instant at) {
        return Sql.run(c, """
            update waymark.reminder_trial_arm set ended_at = coalesce(ended_at, ?), ended_by = case when ended_at is null then ? else ended_by end
             where trial_id = ? and person_id = ? and held_out""", at, by, trial, person) > 0;
    }

    /** @param after the person before, or null */
    List<HeldOutPerson> heldOut(Connection c, UUID trial, UUID after, int limit) {
        return Sql.list(c, """
            select person_id, case_id, stratum, drawn_at, ended_by, ended_at from waymark.reminder_trial_arm
             where trial_id = ? and held_out and (?::uuid is null or person_id > ?::uuid) order by person_id limit ?""",
            r -> new HeldOutPerson(Sql.uuid(r, "person_id"), Sql.uuid(r, "case_id"), r.getString("stratum"), Sql.instant(r, "drawn_at"),
                r.getString("ended_by"), Sql.instant(r, "ended_at")), trial, after, after, limit);
    }

    /** What was drawn first for either counts, where both were drawn. */
    void merge(Connection c, UUID merged, UUID survivor) {
        Sql.run(c, """
            delete from waymark.reminder_trial_arm a using waymark.reminder_trial_arm b
             where a.trial_id = b.trial_id and ((a.person_id = ? and b.person_id = ?) or (a.person_id = ? and b.person_id = ?))
               and (a.drawn_at, a.person_id) > (b.drawn_at, b.person_id)""", merged, survivor, survivor, merged);
        Sql.run(c, "update waymark.reminder_trial_arm set person_id = ? where person_id = ?", survivor, merged);
    }

    private static ReminderTrial trial(ResultSet r) throws SQLException {
        return new ReminderTrial(Sql.uuid(r, "id"), r.getObject("from_day", LocalDate.class), r.getObject("to_day", LocalDate.class),
            r.getInt("share"), r.getString("approved_by"), r.getString("started_by"), Sql.instant(r, "started_at"),
            r.getString("ended_by"), Sql.instant(r, "ended_at"));
    }
}
