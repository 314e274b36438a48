package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.outbound.PassedOn;
import uk.waymark.platform.Sql;

/** The force's own system has what is marked for the disclosure officer. */
@Singleton
final class DisclosurePassedOn implements PassedOn {

    @Override
    public String type() {
        return PutOut.DISCLOSURE;
    }

    @Override
    public void passedOn(Connection c, UUID force, UUID subject, String reference, Instant at) {
        Sql.run(c, "update waymark.conversation_message set disclosure_passed_on_at = ? where id = ? and force_id = ?", at, subject, force);
    }
}
