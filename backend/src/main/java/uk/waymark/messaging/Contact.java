package uk.waymark.messaging;

import java.util.List;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.firebase.Registration;

/**
 * All that bears on whether, how and in which words one person may be reached about one thing, as it stands now.
 *
 * @param ended        why there is nothing to say any more ({@code deceased}, {@code overtaken} …), or null
 * @param onPhones     the crime is recorded and the force lets the case be on phones
 * @param invitation   an invitation: held to more, since nobody has confirmed who holds the phone
 * @param stopped      the person texted STOP, or somebody else of the force did from that number
 * @param heldNumber   the mobile number that the force holds, E.164, or null
 * @param heldSafety   what the force says of that number and of no other
 * @param account      what the person's account adds, or null where there is none
 * @param flagged      the person, or somebody on the same account, is in a case with a safety flag
 * @param discreet     the person, or somebody on the same account, has chosen discreet words
 * @param heldForSuspect the number that would be used is held for a suspect
 * @param language     {@code en} or {@code cy}; {@code cy+en} where a Welsh force does not know it
 * @param apps         on the person's signed-in devices, the one used last first
 * @param channels     in the person's own order, or the usual one
 * @param call         what is known of calls, whether or not they are in the order
 */
record Contact(String ended, boolean onPhones, boolean invitation, boolean stopped, String heldNumber,
               NumberSafety heldSafety, Account account, boolean flagged, boolean discreet, boolean heldForSuspect,
               String language, List<Registration> apps, List<Chosen> channels, Chosen call) {

    Contact {
        apps = List.copyOf(apps);
        channels = List.copyOf(channels);
    }

    /** Of somebody of whom no more was said than stands in their order. */
    Contact(String ended, boolean onPhones, boolean invitation, boolean stopped, String heldNumber,
            NumberSafety heldSafety, Account account, boolean flagged, boolean discreet, boolean heldForSuspect,
            String language, List<Registration> apps, List<Chosen> channels) {
        this(ended, onPhones, invitation, stopped, heldNumber, heldSafety, account, flagged, discreet, heldForSuspect,
            language, apps, channels, way(channels, Channel.CALL));
    }

    /** Of somebody who has chosen no order. */
    Contact(String ended, boolean onPhones, boolean invitation, boolean stopped, String heldNumber,
            NumberSafety heldSafety, Account account, boolean flagged, boolean discreet, boolean heldForSuspect,
            String language, List<Registration> apps) {
        this(ended, onPhones, invitation, stopped, heldNumber, heldSafety, account, flagged, discreet, heldForSuspect,
            language, apps, ContactChannels.USUAL);
    }

    /** Of somebody without an app. */
    Contact(String ended, boolean onPhones, boolean invitation, boolean stopped, String heldNumber,
            NumberSafety heldSafety, Account account, boolean flagged, boolean discreet, boolean heldForSuspect,
            String language) {
        this(ended, onPhones, invitation, stopped, heldNumber, heldSafety, account, flagged, discreet, heldForSuspect,
            language, List.of());
    }

    /** As it is among these; of what is not nothing was said. */
    static Chosen way(List<Chosen> channels, Channel channel) {
        return channels.stream().filter(w -> w.channel() == channel).findFirst()
            .orElseGet(() -> new Chosen(channel, null, Safety.NOT_SAID));
    }

    /** What a force says of a number. */
    enum NumberSafety { SAFE, UNSAFE, UNKNOWN }

    /**
     * @param number         verified by signing in, E.164
     * @param unsafeForOther somebody else on the account holds a number that must not be used
     * @param heldThen       it was the force's number as well when the person signed up
     */
    record Account(String number, boolean unsafeForOther, boolean heldThen) {
        /** Without the number. */
        @Override
        public String toString() {
            return "Account[unsafeForOther=" + unsafeForOther + "]";
        }
    }

    /** The number a message would go to, or null: the verified one wins over the one that was reported. */
    String number() {
        return account == null ? heldNumber : account.number();
    }

    /** What is known of {@link #number()}: the force's word counts only for the number it was said of. */
    NumberSafety safety() {
        if (account != null && account.unsafeForOther()) {
            return NumberSafety.UNSAFE;
        }
        return number() != null && number().equals(heldNumber) ? heldSafety : NumberSafety.UNKNOWN;
    }

    /** The force has had another number for the person since they signed up: the account's may be somebody else's by now. */
    boolean numberReplaced() {
        return account != null && account.heldThen() && heldNumber != null && !heldNumber.equals(account.number());
    }

    /** Without numbers. */
    @Override
    public String toString() {
        return "Contact[ended=" + ended + ", safety=" + safety() + ", flagged=" + flagged + "]";
    }
}
