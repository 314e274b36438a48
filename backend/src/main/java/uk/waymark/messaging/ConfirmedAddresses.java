package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.waymark.messaging.ContactChannels.By;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.ContactChannels.Said;
import uk.waymark.messaging.ContactChannels.Ways;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/**
 * Takes what was confirmed on itself into a person's order of channels: an address in place of the one that stood there, or what
 * staff say of a new number. In a transaction of the person's force.
 */
@Singleton
public final class ConfirmedAddresses {
    private final ContactChannels channels;
    private final CaseClock clock;

    ConfirmedAddresses(ContactChannels channels, CaseClock clock) {
        this.channels = channels;
        this.clock = clock;
    }

    /**
     * @param channel {@code EMAIL} or {@code LETTER}
     * @param safe    whether anything may go there from now on; an address that staff have called unsafe before stays so
     * @param byStaff staff say that it is safe; what a person says alone counts for nothing once there is a flag
     */
    public void put(Connection c, UUID person, Channel channel, String address, boolean safe, boolean byStaff) {
        changed(c, person);
        // as unknown first: what is said of it may be remembered
        Chosen now = put(c, person, new Chosen(channel, address, Safety.UNKNOWN));
        if (safe && now.safety() != Safety.UNSAFE) {
            put(c, person, new Chosen(channel, address, Safety.SAFE, new Said(byStaff ? By.STAFF : By.PERSON, clock.instant(), null)));
        }
    }

    /** Staff say that the person's new number is safe: every channel that uses it is, but what was called unsafe. */
    public void numberIsSafe(Connection c, UUID person, String number) {
        changed(c, person);
        channels.set(c, person, of(c, person).stream()
            .map(w -> !Standing.byNumber(w.channel()) || w.safety() == Safety.UNSAFE ? w
                : new Chosen(w.channel(), null, Safety.SAFE, new Said(By.STAFF, clock.instant(), number))).toList());
    }

    /** Whether the person, or staff for them, has called this very address unsafe, also where it is not chosen any more. */
    public boolean calledUnsafe(Connection c, UUID person, String address) {
        return channels.among(Sql.list(c, "select address_key from waymark.unsafe_address where person_id = ?",
            r -> r.getBytes("address_key"), person), address);
    }

    private static void changed(Connection c, UUID person) {
        Sql.run(c, "update waymark.person set preferences_version = preferences_version + 1 where id = ?", person);
    }

    private Chosen put(Connection c, UUID person, Chosen chosen) {
        var order = new ArrayList<>(of(c, person));
        int place = 0;
        while (place < order.size() && order.get(place).channel() != chosen.channel()) {
            place++;
        }
        if (place < order.size()) {
            order.set(place, chosen);
        } else {
            order.add(chosen);
        }
        channels.set(c, person, order);
        return of(c, person).get(place);
    }

    private List<Chosen> of(Connection c, UUID person) {
        return channels.of(c, new UUID[] {person}).getOrDefault(person, Ways.NONE).order();
    }
}
