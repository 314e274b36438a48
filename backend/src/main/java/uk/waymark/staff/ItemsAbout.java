package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** What waits, or waited, for staff about people and subjects: for features that show it next to what they know themselves. */
@Singleton
public final class ItemsAbout {

    private static final String COLUMNS = "id, kind, dedupe_key, reason, person_id, subject_id, due_at, claimed_by, "
        + "completed_at is null as open, outcome";

    /**
     * One item, without its words.
     *
     * @param personId  or null
     * @param subjectId or null
     * @param claimedBy who has it, or null
     * @param open      false once it is completed
     * @param outcome   null while it is open
     */
    public record About(UUID id, String kind, String key, String reason, UUID personId, UUID subjectId, Instant dueAt, String claimedBy,
                        boolean open, String outcome) { }

    /**
     * Every item about one of these subjects, whoever it is about, and everything open about one of these people; the first due first.
     *
     * @param connection of a transaction of staff or a worker of the force: what they may not see is left out
     */
    public List<About> of(Connection connection, Collection<UUID> persons, Collection<UUID> subjects) {
        return Sql.list(connection, "select " + COLUMNS + " from waymark.work_item where subject_id = any(?) union select " + COLUMNS
            + " from waymark.work_item where person_id = any(?) and completed_at is null order by due_at, id", ItemsAbout::about,
            subjects.toArray(UUID[]::new), persons.toArray(UUID[]::new));
    }

    /** All that is open of this kind, in the force that the transaction acts for. */
    public List<About> openOf(Connection connection, String kind) {
        return Sql.list(connection, "select " + COLUMNS + " from waymark.work_item where force_id = waymark.ctx_force() and kind = ? "
            + "and completed_at is null order by due_at, id", ItemsAbout::about, kind);
    }

    private static About about(ResultSet r) throws SQLException {
        return new About(Sql.uuid(r, "id"), r.getString("kind"), r.getString("dedupe_key"), r.getString("reason"),
            Sql.uuid(r, "person_id"), Sql.uuid(r, "subject_id"), Sql.instant(r, "due_at"), r.getString("claimed_by"),
            r.getBoolean("open"), r.getString("outcome"));
    }
}
