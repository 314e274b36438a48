package uk.waymark.notifications.twilio;

import java.util.Optional;
import java.util.UUID;

/** Where the host keeps its accounts. */
public interface TwilioAccounts {

    /** The account that sends for a tenant; an exception means that there is none now, and the message is retried. */
    TwilioAccount forTenant(UUID tenant);

    /** The account that a webhook names, if it is one of ours. */
    Optional<TwilioAccount> bySid(String accountSid);
}
