package uk.waymark.messaging;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.platform.Sql;

/** Takes an address that was confirmed on itself into a person's order of channels, in place of the one that stood there. */
@Singleton
public final class ConfirmedAddresses {
    private final ContactChannels channels;

    ConfirmedAddresses(ContactChannels channels) {
        this.channels = channels;
    }

    /**
     * @param c       of a transaction of the person's force
     * @param channel {@code EMAIL} or {@code LETTER}
     * @param safe    whether anything may go there from now on; an address that staff have called unsafe before stays so
     */
    public void put(Connection c, UUID person, Channel channel, String address, boolean safe) {
        Sql.run(c, "update waymark.person set preferences_version = preferences_version + 1 where id = ?", person);
        // as unknown first: what is said of it may be remembered
        Chosen now = put(c, person, new Chosen(channel, address, Safety.UNKNOWN));
        if (safe && now.safety() != Safety.UNSAFE) {
            put(c, person, new Chosen(channel, address, Safety.SAFE));
        }
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
        return channels.of(c, new UUID[] {person}).getOrDefault(person, ContactChannels.Ways.NONE).order();
    }
}
