package uk.waymark.messaging;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.NoticeBars.Bars;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.firebase.Registration;

/**
 * By what a person is told that something of their account was changed: only by a channel that is known to be safe, whether
 * or not the case is flagged, and never by what was replaced or by the device that did it, which may be somebody else's.
 */
final class NoticeRules {
    static final String NO_SAFE_CHANNEL = "no_safe_channel";
    private static final Bars ALL = new Bars(EnumSet.allOf(Channel.class), Set.of());

    private NoticeRules() { }

    /** @param bars null bars every channel */
    static Decision decide(Contact contact, String template, Set<Channel> refused, Bars bars) {
        if (contact.ended() != null) {
            return new Decision.Cancel(contact.ended());
        }
        Bars barred = bars == null ? ALL : bars;
        List<Registration> apps = contact.apps().stream().filter(a -> !barred.apps().contains(a.id())).toList();
        List<Chosen> left = contact.channels().stream()
            .filter(w -> !refused.contains(w.channel()) && !barred.channels().contains(w.channel()))
            .filter(w -> w.channel() != Channel.PUSH || !apps.isEmpty())
            .filter(w -> ContactRules.whyNot(contact, w) == null && safe(contact, w)).toList();
        if (!contact.onPhones() || left.isEmpty()) {
            return none(template);
        }
        Chosen by = left.getFirst();
        String address = switch (by.channel()) {
            case PUSH -> Registration.write(apps);
            case SMS, CALL -> contact.number();
            case EMAIL, LETTER -> by.address();
        };
        return new Decision.Send(by.channel(), address, contact.language(), ContactRules.NEUTRAL, left.size() > 1);
    }

    /** That somebody signed in is worth a word where there is a way, and no call by staff where there is none. */
    private static Decision none(String template) {
        return NoticeBars.NEW_SIGN_IN.equals(template) ? new Decision.Cancel(NO_SAFE_CHANNEL)
            : new Decision.Withhold(NO_SAFE_CHANNEL);
    }

    private static boolean safe(Contact contact, Chosen by) {
        return switch (by.channel()) {
            case SMS, PUSH, CALL -> Standing.together(contact.safety(), by.safety()) == Safety.SAFE;
            case EMAIL, LETTER -> by.safety() == Safety.SAFE;
        };
    }
}
