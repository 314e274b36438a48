package uk.waymark.notifications;

import java.util.Locale;

/** A way to reach somebody. */
public enum Channel {
    SMS,
    /** A notification of an app. The provider gives no receipts for it: accepted is the last that is known. */
    PUSH;

    /** The name as stored and as used in metrics. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Channel fromStored(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
