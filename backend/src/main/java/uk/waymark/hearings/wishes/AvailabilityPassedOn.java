package uk.waymark.hearings.wishes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import uk.waymark.outbound.PassedOn;

/** The force's own system has the days to avoid as they stand; a receipt for days that were changed since says nothing of these. */
@Singleton
final class AvailabilityPassedOn implements PassedOn {
    private final CourtWishes wishes;

    AvailabilityPassedOn(CourtWishes wishes) {
        this.wishes = wishes;
    }

    @Override
    public String type() {
        return PassingOn.PARCEL;
    }

    @Override
    public void passedOn(Connection connection, UUID force, UUID subject, String reference, Instant at) {
        wishes.arrived(connection, subject, at);
    }
}
