package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.UUID;
import uk.waymark.messaging.Ringing;
import uk.waymark.platform.CaseClock;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Where a person is rung. A number that was entered with the wish may be an abuser's who holds the phone, or a suspect's: in a case with
 * a safety flag it is never rung, and nowhere does the person learn what is known of it.
 */
@Singleton
final class NumbersGiven {
    private final Ringing ringing;
    private final WorkItems workItems;
    private final CallBackSettings settings;
    private final CaseClock clock;

    NumbersGiven(Ringing ringing, WorkItems workItems, CallBackSettings settings, CaseClock clock) {
        this.ringing = ringing;
        this.workItems = workItems;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * @param ended   why there is nobody to ring any more, or null
     * @param number  null where none is safe
     * @param other   it is the one that they gave
     * @param toCheck they gave another one, which may not be rung
     * @param flagged as in {@link Ringing.Way}
     */
    record Where(String ended, String number, boolean other, boolean toCheck, boolean flagged) {
        /** Without the number. */
        @Override
        public String toString() {
            return "Where[other=" + other + ", toCheck=" + toCheck + "]";
        }
    }

    /** Asked at the last moment. @param c of a transaction of a worker of the force */
    Where of(Connection c, CallBack b) {
        Ringing.Way way = ringing.way(c, b.person());
        String given = b.details().number();
        if (given == null || given.equals(way.number())) {
            return new Where(way.ended(), way.number(), false, false, way.flagged());
        }
        return ringing.mayRing(c, b.person(), given) ? new Where(way.ended(), given, true, false, way.flagged())
            : new Where(way.ended(), way.number(), false, true, way.flagged());
    }

    /** Leaves for staff what they have to look into before anybody rings. */
    void check(Connection c, CallBack b) {
        Where where = of(c, b);
        if (where.toCheck()) {
            open(c, b, "number", b.id());
        } else if (where.number() == null) {
            open(c, b, "no_number", b.id());
        }
    }

    /** @param once the id of what it is about: one item for each */
    void open(Connection c, CallBack b, String why, UUID once) {
        workItems.open(c, new NewWorkItem("call_back_check", "call_back_check:" + why + ':' + once, b.caseId(), b.person(), b.id(), why,
            settings.text("detail." + why), clock.instant().plus(settings.time("due.check"))));
    }
}
