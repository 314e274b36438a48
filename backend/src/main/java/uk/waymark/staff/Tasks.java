package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;

/** Which work item a member of staff is busy with: the reason of what they read. */
@Singleton
public final class Tasks {

    /** The open item that this member has claimed about this case or person, the latest first. */
    public Optional<UUID> claimed(Connection c, Caller.Staff staff, UUID caseId, UUID personId) {
        return Sql.one(c, """
            select id from waymark.work_item
             where claimed_by = ? and completed_at is null and (case_id = ?::uuid or person_id = ?::uuid)
             order by claimed_at desc limit 1""",
            r -> Sql.uuid(r, "id"), WorkQueue.name(staff), caseId, personId);
    }

    /** Whether this is an item that the member has claimed, or has completed themselves. */
    public boolean isOf(Connection c, Caller.Staff staff, UUID item) {
        return Sql.one(c, "select 1 from waymark.work_item where id = ? and claimed_by = ?", r -> true, item,
            WorkQueue.name(staff)).isPresent();
    }
}
