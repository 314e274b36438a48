package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Which unit of its force looks after a case. */
@Singleton
public final class CaseUnits {
    private final Sealing sealing;

    CaseUnits(Sealing sealing) {
        this.sealing = sealing;
    }

    /**
     * The unit's code, as the force's events name it; empty where none was named.
     *
     * @param c of a transaction of staff, a system or a worker of the force
     */
    public Optional<String> of(Connection c, UUID caseId) {
        return Sql.one(c, "select state from waymark.case_file where id = ? and state is not null",
                r -> CaseJson.read(sealing.openText("case_file.state", caseId, r.getBytes("state")), CaseState.Facts.class), caseId)
            .map(CaseState.Facts::unit).map(CaseState.Unit::code);
    }
}
