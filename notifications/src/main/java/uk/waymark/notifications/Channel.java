package uk.waymark.notifications;

import java.util.Locale;

/** A way to reach somebody. */
public enum Channel {
    SMS;

    /** The name as stored and as used in metrics. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
