package uk.waymark.notifications;

import java.util.List;
import java.util.UUID;

/** Which routes the host's tenants have. */
public interface Routes {

    /**
     * All of them, in no particular order; without any, messages wait for an operator to add one, until they expire. Asked for every batch and after every failed call, so it answers from memory; an
     * exception means that it cannot be said now, and the messages are tried again.
     */
    List<Route> of(UUID tenant, Channel channel);
}
