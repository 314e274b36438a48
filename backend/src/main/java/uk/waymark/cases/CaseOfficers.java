package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Which officer deals with a case, as the force has told it last. */
@Singleton
public final class CaseOfficers {
    private final Sealing sealing;

    CaseOfficers(Sealing sealing) {
        this.sealing = sealing;
    }

    /** @param name or null @param collarNumber or null */
    public record Officer(String name, String collarNumber) {
        /** Without the name. */
        @Override
        public String toString() {
            return "Officer";
        }
    }

    /** Empty where none was named. @param c of a transaction of staff, a system or a worker of the force */
    public Optional<Officer> of(Connection c, UUID caseId) {
        return Sql.one(c, "select state from waymark.case_file where id = ? and state is not null",
                r -> CaseJson.read(sealing.openText("case_file.state", caseId, r.getBytes("state")), CaseState.Facts.class), caseId)
            .map(CaseState.Facts::officer).filter(o -> o.name() != null || o.collarNumber() != null)
            .map(o -> new Officer(o.name(), o.collarNumber()));
    }
}
