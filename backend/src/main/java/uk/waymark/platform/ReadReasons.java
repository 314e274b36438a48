package uk.waymark.platform;

import java.sql.Connection;
import java.util.UUID;

/** Why a member of staff reads or changes something: asked and told as it is written into the audit log. */
public interface ReadReasons {
    /**
     * A reason.
     *
     * @param code  of the contract's {@code ReadReason}, {@code none_given}, or null where none is asked for
     * @param item  the work item it came from, or null
     * @param words the row of {@code access_reason} with what was typed, or null
     */
    record Reason(String code, UUID item, UUID words) {
        public static final Reason NOT_ASKED = new Reason(null, null, null);
    }

    /**
     * The reason of what is being done.
     *
     * @throws ProblemException 422 for one that does not hold, 428 where the force wants one and there is none
     */
    Reason of(Connection connection, Caller.Staff staff, String action, UUID caseId, UUID personId);

    /** It was written down, in this transaction: time to see whether this is unusual. @param personId or null */
    void written(Connection connection, Caller.Staff staff, String action, UUID personId);
}
