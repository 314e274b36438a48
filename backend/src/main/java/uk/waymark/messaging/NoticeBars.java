package uk.waymark.messaging;

import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.notifications.Channel;

/** What notices about an account must not go by; answered by whoever wrote them. */
public interface NoticeBars {
    /** The class of these notices. */
    String MESSAGE_CLASS = "account_notice";
    /** The template of a notice that a number or address was changed. */
    String CHANGED = "contact_changed";
    /** The template of a notice that another device has signed in. */
    String NEW_SIGN_IN = "new_sign_in";

    /**
     * @param channels what was replaced, or has seen it already
     * @param apps     registrations of the device that the notice is about
     */
    record Bars(Set<Channel> channels, Set<UUID> apps) { }

    /**
     * @param c of a transaction of a worker
     * @return by subject; one that is not there is barred from everything
     */
    Map<UUID, Bars> of(Connection c, Set<UUID> subjects);
}
