package uk.waymark.staff;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Sql;

/** Which work item a member of staff is busy with: the reason of what they read. */
@Singleton
public final class Tasks {

    /** The open item that this member has claimed about this case or person, or one of its people or cases, the latest first. */
    public Optional<UUID> claimed(Connection c, Caller.Staff staff, UUID caseId, UUID personId) {
        return Sql.one(c, """
            select id from waymark.work_item
             where claimed_by = ? and completed_at is null and waymark.task_covers(id, ?::uuid, ?::uuid)
             order by claimed_at desc limit 1""",
            r -> Sql.uuid(r, "id"), WorkQueue.name(staff), caseId, personId);
    }

    /**
     * Whether this is an item that the member has claimed, or has completed themselves.
     *
     * @param since one that was completed before is over
     */
    public boolean isOf(Connection c, Caller.Staff staff, UUID item, Instant since) {
        return Sql.one(c, """
            select 1 from waymark.work_item
             where id = ? and claimed_by = ? and (completed_at is null or completed_at >= ?)""", r -> true, item,
            WorkQueue.name(staff), since).isPresent();
    }

    /** Whether the item is about this case or person, or one of its people or cases. */
    public boolean covers(Connection c, UUID item, UUID caseId, UUID personId) {
        return Sql.one(c, "select waymark.task_covers(?, ?::uuid, ?::uuid) as covers", r -> r.getBoolean("covers"), item, caseId,
            personId).orElse(false);
    }
}
