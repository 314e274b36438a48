package uk.waymark.changes;

import java.util.Locale;
import uk.waymark.notifications.Channel;

/** What is new, and by what its code comes. */
enum ChangeKind {
    MOBILE(Channel.SMS), EMAIL(Channel.EMAIL), POSTAL_ADDRESS(Channel.LETTER);

    private final Channel channel;

    ChangeKind(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /** As stored and as in the contract. */
    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ChangeKind of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
