package uk.waymark.platform;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;

/** Who saw or changed what: append-only, written in the transaction of what it tells about. */
@Singleton
public final class Audit {

    /**
     * @param action a short verb phrase such as {@code case_read}, never a value
     * @param caseId or null
     * @param personId whom it concerns, or null
     */
    public void record(Connection connection, Caller caller, String action, UUID caseId, UUID personId) {
        UUID force = switch (caller) {
            case Caller.Person p -> null;
            case Caller.Nobody n -> null;
            case Caller.NationalSystem n -> null;
            default -> caller.requireForce();
        };
        Sql.run(connection, """
            insert into waymark.audit_log (force_id, caller, action, case_id, person_id) values (?, ?, ?, ?, ?)""",
            force, caller.auditName(), action, caseId, personId);
    }
}
