package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** What staff of a force see of its people's accounts: whether they have signed up, and their latest invitation. */
@Singleton
public final class AccountStates {
    private final Invitations invitations;

    AccountStates(Invitations invitations) {
        this.invitations = invitations;
    }

    /** @param invitation the latest, without its code; null where there never was one */
    public record State(boolean signedUp, Invitation invitation) { }

    /** @param c of a transaction for the persons' force */
    public Map<UUID, State> of(Connection c, List<UUID> persons) {
        UUID[] ids = persons.toArray(UUID[]::new);
        var signedUp = new HashSet<>(Sql.list(c,
            "select person_id from waymark.account_person where person_id = any (?) and ended_at is null",
            r -> Sql.uuid(r, "person_id"), (Object) ids));
        Map<UUID, Invitation> latest = invitations.latest(c, ids);
        var states = new HashMap<UUID, State>();
        persons.forEach(p -> states.put(p, new State(signedUp.contains(p), latest.get(p))));
        return states;
    }
}
