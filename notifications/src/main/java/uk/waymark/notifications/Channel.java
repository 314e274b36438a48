package uk.waymark.notifications;

import java.util.Locale;

/** A way to reach somebody. */
public enum Channel {
    SMS,
    /** A notification of an app. The provider gives no receipts for it: accepted is the last that is known. */
    PUSH,
    EMAIL,
    LETTER,
    /** A person rings: accepted once somebody has it to do, delivered or failed by what they record. */
    CALL;

    /** Whether it becomes known by itself if a message has arrived: by a receipt, or by what somebody records. */
    public boolean confirms() {
        return this != PUSH;
    }

    /** The name as stored and as used in metrics. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Channel fromStored(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
