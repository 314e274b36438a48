package uk.waymark.platform;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.TreeSet;
import java.util.UUID;

/** Who saw or changed what, and why: append-only, written in the transaction of what it tells about. */
@Singleton
public final class Audit {
    /** As long as the column's readers want it; longer ones come from a force's own provider. */
    private static final int UNIT_LENGTH = 100;
    private final ReadReasons reasons;

    Audit(ReadReasons reasons) {
        this.reasons = reasons;
    }

    /**
     * @param action a short verb phrase such as {@code case_read}, never a value
     * @param caseId or null
     * @param personId whom it concerns, or null
     * @throws ProblemException 422 or 428 where staff read without a reason that holds
     */
    public void record(Connection connection, Caller caller, String action, UUID caseId, UUID personId) {
        UUID force = switch (caller) {
            case Caller.Person p -> null;
            case Caller.Nobody n -> null;
            case Caller.NationalSystem n -> null;
            default -> caller.requireForce();
        };
        if (caller instanceof Caller.Staff staff) {
            ReadReasons.Reason reason = reasons.of(connection, staff, action, caseId, personId);
            Sql.run(connection, """
                insert into waymark.audit_log (force_id, caller, action, case_id, person_id, roles, unit, reason, reason_item,
                                               reason_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                force, caller.auditName(), action, caseId, personId, String.join(" ", new TreeSet<>(staff.roles())),
                shortened(staff.unit()), reason.code(), reason.item(), reason.words());
            reasons.written(connection, staff, action, personId);
            return;
        }
        Sql.run(connection, """
            insert into waymark.audit_log (force_id, caller, action, case_id, person_id) values (?, ?, ?, ?, ?)""",
            force, caller.auditName(), action, caseId, personId);
    }

    private static String shortened(String unit) {
        return unit == null || unit.length() <= UNIT_LENGTH ? unit : unit.substring(0, UNIT_LENGTH);
    }
}
