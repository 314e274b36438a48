package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.CaseClock;

/** When a unit is there, and whom the force has while it is not: for features that do not ring. */
@Singleton
public final class UnitHours {
    private final Offices offices;
    private final CaseClock clock;

    UnitHours(Offices offices, CaseClock clock) {
        this.offices = offices;
        this.clock = clock;
    }

    /** By the clock on its wall (Europe/London); closed on bank holidays. @param weekday 1 is Monday */
    public record Hours(int weekday, LocalTime opens, LocalTime closes) { }

    /** Whom the force has at night. */
    public record Desk(String name, String phone) { }

    /**
     * @param open whether it is open now
     * @param week in the order of the week
     * @param desk null where nobody has set it
     */
    public record There(boolean open, List<Hours> week, Desk desk) { }

    /** @param unit its code, or null @param c of a transaction of staff or a worker of the force */
    public There of(Connection c, UUID force, String unit) {
        Offices.Office office = offices.of(c, force, unit);
        Offices.Desk desk = office.outOfHours();
        return new There(office.hours().open(clock.instant()),
            office.hours().week().stream().map(h -> new Hours(h.weekday(), h.opens(), h.closes())).toList(),
            desk == null ? null : new Desk(desk.name(), desk.phone()));
    }
}
