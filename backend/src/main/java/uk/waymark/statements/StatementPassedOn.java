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
    private final FlaggedSince flagged;

    StatementPassedOn(SignedStatements signed, Onward onward, FlaggedSince flagged) {
        this.signed = signed;
        this.onward = onward;
        this.flagged = flagged;
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
    public boolean mayLeave(Connection c, UUID subject) {
        return !flagged.hold(c, subject);
    }

    /** It is checked all the same: only what was said then counts. */
    @Override
    public void arrivedAllTheSame(Connection c, UUID subject) {
        signed.one(c, subject).ifPresent(s -> onward.tooLate(c, s.content()));
    }

    @Override
    public Late late(Connection c, UUID subject) {
        return onward.staffFile(c, subject) ? Late.KNOWN : Late.TELL;
    }
}
