package uk.waymark.staff;

import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/**
 * An item that is not completed, locked by whoever is about to change it.
 *
 * @param about  the member of staff whose doing it is about, or null
 * @param aboutSupervisor whether that is a supervisor
 * @param closed whether it is in a case that whoever asks may not open
 */
record OpenItem(UUID id, String kind, UUID caseId, UUID personId, UUID subjectId, String about,
                boolean aboutSupervisor, boolean completed, boolean closed) {
    /** Supervisors see that something waits in a case that they may not open, and no more of it. */
    static final String CLOSED = "not (waymark.case_open(case_id) and (person_id is null or waymark.person_open(person_id)))"
        + " and kind <> all (array['break_glass', 'unusual_reading']) as closed";

    /** Locks the item, so that two who complete it at once are told apart. */
    static OpenItem locked(Connection c, UUID id) {
        OpenItem item = Sql.one(c, """
            select kind, case_id, person_id, subject_id, about_staff, about_supervisor, completed_at is not null as completed, """ + CLOSED + """

              from waymark.work_item where id = ? for update""",
            r -> new OpenItem(id, r.getString("kind"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id"),
                Sql.uuid(r, "subject_id"), r.getString("about_staff"), r.getBoolean("about_supervisor"), r.getBoolean("completed"),
                r.getBoolean("closed")), id)
            .orElseThrow(ProblemException::notFound);
        if (item.completed()) {
            throw ProblemException.conflict("already-completed", "It is completed already",
                "Somebody has dealt with this item. Read the queue again.");
        }
        return item;
    }

    /** @throws ProblemException 404 for what is for supervisors, 409 where the case is restricted or it is about themselves */
    OpenItem allowedTo(Caller.Staff staff) {
        if (!Oversight.opens(staff, kind, aboutSupervisor)) {
            throw ProblemException.notFound();
        }
        if (staff.subject().equals(about)) {
            throw ProblemException.conflict("about-yourself", "This is about what you did",
                "Another supervisor looks into it. Tell them what you know.");
        }
        if (closed) {
            throw ProblemException.conflict("restricted-case", "This case is open to named people only",
                "Name somebody who deals with it, or open it with the reason, and try again.");
        }
        return this;
    }
}
