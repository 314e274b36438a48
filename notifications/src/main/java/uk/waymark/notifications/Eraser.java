package uk.waymark.notifications;

import java.util.Locale;
import java.util.UUID;

/** Has a provider forget a message that it sent or received for us. */
public interface Eraser {

    /** What a provider answered. */
    enum Result {
        ERASED,
        /** It does not have it, or no longer. */
        GONE,
        /** It will not, and would not later. */
        REFUSED,
        /** Not now: it is asked again later. */
        LATER;

        String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Asks in one request. Blocks until there is an answer or the provider's time-out; never throws. */
    Result erase(UUID tenant, String providerAccount, String providerMessageId);
}
