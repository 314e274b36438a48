package uk.waymark.notifications.twilio;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where the host keeps its accounts. */
public interface TwilioAccounts {

    /** The account that sends for a tenant; an exception means that there is none now, and the message is retried. */
    TwilioAccount forTenant(UUID tenant);

    /** An account of this name, if it is one of ours: whose does not matter, nor what it sends from. */
    Optional<TwilioAccount> bySid(String accountSid);

    /** What is sent from by an account of this name, for each tenant that sends by it: what a webhook is matched with. */
    default List<TwilioAccount> allOf(String accountSid) {
        return bySid(accountSid).map(List::of).orElse(List.of());
    }

    /**
     * Twilio does not text this number from this sender any more, since somebody there has texted STOP or the like: error
     * 21610. Told each time, while the message is under way; what becomes of that message is told as ever.
     *
     * @param from   what was to send
     * @param number as it was written to
     */
    default void optedOut(TwilioAccount from, String number) {
    }
}
