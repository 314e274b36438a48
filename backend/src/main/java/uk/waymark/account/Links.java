package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sql;

/** Ends the link between a person and an account. The account's next call no longer sees that person's cases. */
@Singleton
public final class Links {
    private final Invitations invitations;
    private final MachineClock clock;

    Links(Invitations invitations, MachineClock clock) {
        this.invitations = invitations;
        this.clock = clock;
    }

    /** Whether two persons of the force sign in with one number, each for themselves or not. */
    public boolean together(Connection c, UUID one, UUID other) {
        return Sql.one(c, "select waymark.gate_together(?, ?) as together", r -> r.getBoolean("together"), one, other).orElse(false);
    }

    /**
     * Ends the person's link and withdraws an open invitation; signs the account's devices out where it has nobody
     * else.
     *
     * @param c      of a transaction for the person's force
     * @param reason a short code, such as {@code deceased}
     * @return whether there was a link
     */
    public boolean endFor(Connection c, UUID person, String reason) {
        invitations.withdrawOpen(c, person);
        return Sql.one(c, "select waymark.gate_end_link(?, ?, ?) as ended", r -> r.getBoolean("ended"),
            person, reason, clock.instant()).orElse(false);
    }
}
