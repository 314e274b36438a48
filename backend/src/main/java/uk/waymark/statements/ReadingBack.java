package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;

/**
 * In discreet mode what somebody has written opens with a fresh sign-in only: whoever finds the phone unlocked reads none of it. Writing
 * goes on without one, since a phone saves while somebody types.
 */
@Singleton
final class ReadingBack {
    private final MachineClock clock;

    ReadingBack(MachineClock clock) {
        this.clock = clock;
    }

    /** @param c of a transaction of the person @throws SignInRefused where the last sign-in is more than five minutes ago */
    void check(Connection c, Caller.Person person) {
        if (!opens(c, person)) {
            throw SignInRefused.tooLongAgo();
        }
    }

    /** As preferences have it: chosen by any person of the account, or a safety flag of theirs. */
    boolean opens(Connection c, Caller.Person person) {
        return !person.authTime().isBefore(clock.instant().minus(SignInRefused.FRESH)) || !Sql.one(c, """
            select coalesce(bool_or(chosen_discreet is true or safety), false) as discreet from waymark.person
             where id = any ((select waymark.ctx_persons())::uuid[])""", r -> r.getBoolean("discreet")).orElse(true);
    }
}
