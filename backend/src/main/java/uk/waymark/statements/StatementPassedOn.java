package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.outbound.PassedOn;

/** The force's system has a statement: only now its person is shown so. */
@Singleton
final class StatementPassedOn implements PassedOn {
    private final SignedStatements signed;
    private final Onward onward;

    StatementPassedOn(SignedStatements signed, Onward onward) {
        this.signed = signed;
        this.onward = onward;
    }

    @Override
    public String type() {
        return Onward.TYPE;
    }

    @Override
    public void passedOn(Connection connection, UUID force, UUID subject, String reference, Instant at) {
        signed.passedOn(connection, subject, reference, at);
        onward.filed(connection, subject);
    }

    @Override
    public Late late(Connection c, UUID subject) {
        return onward.staffFile(c, subject) ? Late.KNOWN : Late.TELL;
    }
}
