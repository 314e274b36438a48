package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.outbound.PassedOn;
import uk.waymark.platform.Sql;

/** The force's own system has a message: only now it is shown so. */
@Singleton
final class MessagePassedOn implements PassedOn {

    @Override
    public String type() {
        return PutOut.MESSAGE;
    }

    @Override
    public void passedOn(Connection c, UUID force, UUID subject, String reference, Instant at) {
        Sql.run(c, "update waymark.conversation_message set passed_on_at = ? where id = ? and force_id = ?", at, subject, force);
    }
}
