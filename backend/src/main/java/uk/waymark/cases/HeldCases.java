package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** For whoever locks what belongs to a case: the case comes first, as it does for its events, so that nobody waits in a ring. */
@Singleton
public final class HeldCases {

    /** No event of the case is taken in until the transaction ends; others may hold it at the same time. */
    public void hold(Connection c, UUID caseId) {
        Sql.one(c, "select id from waymark.case_file where id = ? for key share", r -> true, caseId);
    }
}
