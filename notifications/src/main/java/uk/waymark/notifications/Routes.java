package uk.waymark.notifications;

import java.util.List;
import java.util.UUID;

/** Which routes the host's tenants have. */
public interface Routes {

    /**
     * All of them, in no particular order; none where nobody sends on the channel for this tenant. Asked for every batch and
     * after every failed call, so it answers from memory; an exception means that it cannot be said now, and the messages
     * are tried again.
     */
    List<Route> of(UUID tenant, Channel channel);
}
