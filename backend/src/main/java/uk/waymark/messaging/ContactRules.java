package uk.waymark.messaging;

import java.util.List;
import java.util.Set;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.firebase.Registration;

/**
 * The rules of contact, in the order in which they hold. When in doubt nothing is sent and staff are asked to tell the
 * person another way: a text to the wrong hands cannot be called back.
 *
 * <p>Whoever may be told is told by the first channel of their own order that is safe and was not tried in vain; the next
 * one follows only if that one fails or is not read. An invitation is always a text: nobody who is invited is signed in.
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
    static final String NO_APP = "no_app";
    static final String ADDRESS_UNSAFE = "address_unsafe";
    static final String ADDRESS_NOT_CONFIRMED = "address_not_confirmed";
    /** Every channel of the person's order was tried in vain. */
    static final String NO_CHANNEL_LEFT = "no_channel_left";
    /** Also said where somebody else on the account will not be told this way. */
    static final String CHANNEL_UNSAFE = "channel_unsafe";
    static final String CHANNEL_NOT_CONFIRMED = "channel_not_confirmed";

    private ContactRules() { }

    /** @param refused channels that were tried in vain for this very message */
    static Decision decide(Contact contact, Set<Channel> refused) {
        if (contact.ended() != null) {
            return new Decision.Cancel(contact.ended());
        }
        if (!contact.onPhones()) {
            return new Decision.Withhold(KEPT_OFF_PHONES);
        }
        List<Chosen> order = contact.invitation() ? List.of(text(contact)) : contact.channels();
        List<Chosen> left = order.stream().filter(w -> !refused.contains(w.channel())).toList();
        List<Chosen> safe = left.stream().filter(w -> whyNot(contact, w) == null).toList();
        if (safe.isEmpty()) {
            return new Decision.Withhold(reason(contact, left));
        }
        return send(contact, safe.getFirst(), safe.size() > 1);
    }

    private static Chosen text(Contact contact) {
        return Contact.way(contact.channels(), Channel.SMS);
    }

    /** By a person who rings, and by nothing else; whoever decides is asked again when it was in vain. */
    static Decision byCall(Contact contact) {
        if (contact.ended() != null) {
            return new Decision.Cancel(contact.ended());
        }
        if (!contact.onPhones()) {
            return new Decision.Withhold(KEPT_OFF_PHONES);
        }
        Chosen call = contact.call();
        String whyNot = whyNot(contact, call);
        return whyNot == null ? send(contact, call, true) : new Decision.Withhold(whyNot);
    }

    /** As a text, to whom nothing stands against it. */
    static Decision byText(Contact contact) {
        return send(contact, text(contact), false);
    }

    /** Of what could still be used, the channel that would have reached the person whatever phone they have in hand. */
    private static String reason(Contact contact, List<Chosen> left) {
        return left.stream().filter(w -> w.channel() != Channel.PUSH).findFirst().or(() -> left.stream().findFirst())
            .map(w -> whyNot(contact, w)).orElse(NO_CHANNEL_LEFT);
    }

    /** A lock screen, an inbox and a doormat are read by whoever is near: always the neutral words there. */
    private static Decision send(Contact contact, Chosen by, boolean another) {
        String address = switch (by.channel()) {
            case PUSH -> Registration.write(contact.apps());
            case SMS, CALL -> contact.number();
            case EMAIL, LETTER -> by.address();
        };
        String variant = by.channel() == Channel.SMS || by.channel() == Channel.CALL ? variant(contact, by) : NEUTRAL;
        return new Decision.Send(by.channel(), address, contact.language(), variant, another);
    }

    /** What stands against telling the person by this channel, or null. */
    static String whyNot(Contact contact, Chosen by) {
        return switch (by.channel()) {
            case SMS -> contact.stopped() ? STOPPED : number(contact, by);
            case PUSH -> {
                String why = contact.stopped() ? STOPPED : number(contact, by);
                yield why == null && contact.apps().isEmpty() ? NO_APP : why;
            }
            // whoever has texted STOP may still have asked to be rung: a person does it, and can hear how it is taken
            case CALL -> number(contact, by);
            case EMAIL -> contact.stopped() ? STOPPED : address(by);
            case LETTER -> address(by);
        };
    }

    /** The worse of what is known of the number and of what was said of the channel holds. */
    private static String number(Contact contact, Chosen by) {
        if (contact.number() == null) {
            return NO_NUMBER;
        }
        if (contact.safety() == NumberSafety.UNSAFE || contact.heldForSuspect()) {
            return UNSAFE;
        }
        if (contact.numberReplaced()) {
            return NUMBER_REPLACED;
        }
        Safety safety = Standing.together(contact.safety(), by.safety());
        if (safety == Safety.UNSAFE) {
            return CHANNEL_UNSAFE;
        }
        if (safety == Safety.UNKNOWN && contact.flagged()) {
            return by.safety() == Safety.UNKNOWN ? CHANNEL_NOT_CONFIRMED : UNKNOWN_IN_FLAGGED_CASE;
        }
        boolean mayBeInvited = safety == Safety.SAFE && !contact.flagged();
        return contact.invitation() && !mayBeInvited ? TO_BE_HANDED_OVER : null;
    }

    /** Nobody else vouches for an address: until staff have, nothing goes there. */
    private static String address(Chosen by) {
        return switch (by.safety()) {
            case SAFE -> null;
            case UNSAFE -> ADDRESS_UNSAFE;
            case UNKNOWN, NOT_SAID -> ADDRESS_NOT_CONFIRMED;
        };
    }

    /** A case with a safety flag is discreet by itself. */
    private static String variant(Contact contact, Chosen by) {
        boolean discreet = contact.discreet() || contact.flagged();
        return Standing.together(contact.safety(), by.safety()) == Safety.SAFE && !discreet ? PLAIN : NEUTRAL;
    }
}
