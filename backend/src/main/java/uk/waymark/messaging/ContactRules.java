package uk.waymark.messaging;

import java.util.Set;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.firebase.Registration;

/**
 * The rules of contact, in the order in which they hold. When in doubt nothing is sent and staff are asked to tell the
 * person another way: a text to the wrong hands cannot be called back.
 *
 * <p>Whoever may be told is told on the apps they are signed in with, or else by text; never by both. An invitation is
 * always a text: nobody who is invited is signed in.
 */
final class ContactRules {
    static final String PLAIN = "plain";
    static final String NEUTRAL = "neutral";
    static final String KEPT_OFF_PHONES = "kept_off_phones";
    static final String STOPPED = "stopped";
    static final String NO_NUMBER = "no_number";
    /** Also said of a number held for a suspect, so that nothing tells the two apart. */
    static final String UNSAFE = "unsafe";
    static final String UNKNOWN_IN_FLAGGED_CASE = "unknown_in_flagged_case";
    static final String NUMBER_REPLACED = "number_replaced";
    static final String TO_BE_HANDED_OVER = "to_be_handed_over";

    private ContactRules() { }

    /** @param refused channels that have refused this very message */
    static Decision decide(Contact contact, Set<Channel> refused) {
        if (contact.ended() != null) {
            return new Decision.Cancel(contact.ended());
        }
        String reason = whyNot(contact);
        if (reason != null) {
            return new Decision.Withhold(reason);
        }
        boolean push = !contact.apps().isEmpty() && !contact.invitation() && !refused.contains(Channel.PUSH);
        // a lock screen is read by whoever is near: always the neutral words
        return push
            ? new Decision.Send(Channel.PUSH, Registration.write(contact.apps()), contact.language(), NEUTRAL, true)
            : new Decision.Send(Channel.SMS, contact.number(), contact.language(), variant(contact));
    }

    private static String whyNot(Contact contact) {
        NumberSafety safety = contact.safety();
        if (!contact.onPhones()) {
            return KEPT_OFF_PHONES;
        }
        if (contact.stopped()) {
            return STOPPED;
        }
        if (contact.number() == null) {
            return NO_NUMBER;
        }
        if (safety == NumberSafety.UNSAFE || contact.heldForSuspect()) {
            return UNSAFE;
        }
        if (contact.numberReplaced()) {
            return NUMBER_REPLACED;
        }
        if (safety == NumberSafety.UNKNOWN && contact.flagged()) {
            return UNKNOWN_IN_FLAGGED_CASE;
        }
        boolean mayBeInvited = safety == NumberSafety.SAFE && !contact.flagged();
        return contact.invitation() && !mayBeInvited ? TO_BE_HANDED_OVER : null;
    }

    /** A case with a safety flag is discreet by itself. */
    private static String variant(Contact contact) {
        boolean discreet = contact.discreet() || contact.flagged();
        return contact.safety() == NumberSafety.SAFE && !discreet ? PLAIN : NEUTRAL;
    }
}
