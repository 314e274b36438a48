package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** Where a case has come under a safety flag since its people signed up, staff agree a PIN with who has none. */
@Singleton
public final class FlaggedPins {
    private final WorkItems workItems;
    private final CaseClock clock;
    private final SignInSettings settings;

    FlaggedPins(WorkItems workItems, CaseClock clock, SignInSettings settings) {
        this.workItems = workItems;
        this.clock = clock;
        this.settings = settings;
    }

    /** Tells staff once of each who has signed up, should have a PIN and has none. @param c of a transaction for the case's force */
    public void tellOfMissing(Connection c, UUID caseId) {
        for (UUID person : Sql.list(c, "select id from waymark.gate_flagged_without_pin(?) as f(id)", r -> Sql.uuid(r, "id"),
                caseId)) {
            workItems.open(c, new NewWorkItem("pin_to_agree", "pin_to_agree:" + person + ":flagged", caseId, person, null,
                "flagged_without_pin", null, clock.instant().plus(settings.dueFlaggedWithoutPin())));
        }
    }
}
