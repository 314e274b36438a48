package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.outbound.PassedOn;
import uk.waymark.outbound.Waiting;
import uk.waymark.platform.CaseClock;

/** Who is to read a statement aloud: what was said as the person's own goes as that only while nobody else can have said it. */
@Singleton
final class ReadAloudPassedOn implements PassedOn {
    private final SignedStatements signed;
    private final Onward onward;
    private final FlaggedSince flagged;
    private final CaseClock clock;

    ReadAloudPassedOn(SignedStatements signed, Onward onward, FlaggedSince flagged, CaseClock clock) {
        this.signed = signed;
        this.onward = onward;
        this.flagged = flagged;
        this.clock = clock;
    }

    @Override
    public String type() {
        return Onward.READ_ALOUD;
    }

    @Override
    public void passedOn(Connection connection, UUID force, UUID subject, String reference, Instant at) {
        // nobody is shown it: the court decides in any case
    }

    /** Where the statement itself is held now, its wish goes after it. */
    @Override
    public boolean mayLeave(Connection c, Waiting waiting) {
        if (flagged.hold(c, waiting.subject())) {
            return false;
        }
        boolean asTheirs = waiting.data() != null && waiting.data().path("confirmed").asBoolean() && !waiting.data().has("confirmed_at");
        if (asTheirs && SignedStatements.flagged(c, waiting.subject())) {
            onward.unsureOfReadAloud(c, signed.one(c, waiting.subject()).orElseThrow(), clock.instant());
            return false;
        }
        return true;
    }

    @Override
    public void arrivedAllTheSame(Connection c, UUID subject) {
        signed.one(c, subject).ifPresent(s -> onward.readAloudArrivedAllTheSame(c, s));
    }
}
