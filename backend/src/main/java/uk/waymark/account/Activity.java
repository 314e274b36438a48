package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.ActivityShown;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.SignInRefused;
import uk.waymark.platform.Sql;

/**
 * The lists of devices and of recent activity, kept back where a person wants it so, and in a case with a safety flag unless
 * they want it otherwise. Somebody else at the screen of a session sees short lists, and nothing that says that more is kept
 * back; only a fresh sign-in does.
 */
@Singleton
final class Activity implements ActivityShown {
    private final ActingAs acting;
    private final Audit audit;
    private final MachineClock clock;

    Activity(ActingAs acting, Audit audit, MachineClock clock) {
        this.acting = acting;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public boolean shown(Connection c, Caller.OwnView view) {
        return switch (view) {
            case Caller.Person person -> fresh(person) || !hidden(c);
            case Caller.ForPerson taken -> true;
        };
    }

    /** @throws SignInRefused where the last sign-in is more than five minutes ago */
    boolean hidden(Caller.Person person) {
        return acting.as(person, c -> {
            requireFresh(person);
            return hidden(c);
        });
    }

    /** @throws SignInRefused where they are to be shown and the last sign-in is more than five minutes ago */
    void hide(Caller.Person person, boolean hidden) {
        acting.as(person, c -> {
            if (!hidden) {
                requireFresh(person);
            }
            Sql.run(c, "update waymark.account set activity_hidden = ? where id = ?", hidden, person.account());
            audit.record(c, person, hidden ? "activity_hidden" : "activity_shown", null, null);
            return null;
        });
    }

    private static boolean hidden(Connection c) {
        return Sql.one(c, """
            select coalesce(activity_hidden, exists (select 1 from waymark.person
                                                      where id = any (waymark.ctx_persons()) and safety)) as hidden
              from waymark.account""", r -> r.getBoolean("hidden")).orElse(true);
    }

    private void requireFresh(Caller.Person person) {
        if (!fresh(person)) {
            throw SignInRefused.tooLongAgo();
        }
    }

    private boolean fresh(Caller.Person person) {
        return !person.authTime().isBefore(clock.instant().minus(SignInRefused.FRESH));
    }
}
