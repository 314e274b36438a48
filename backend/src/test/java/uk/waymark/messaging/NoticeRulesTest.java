package uk.waymark.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.waymark.messaging.Contact.NumberSafety;
import uk.waymark.messaging.ContactChannels.Chosen;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.NoticeBars.Bars;
import uk.waymark.notifications.Channel;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.firebase.Registration;

/** Notices about an account: by what is known to be safe and was not replaced, or by nothing. */
class NoticeRulesTest {
    private static final String NUMBER = "+447700900123";
    private static final Registration HERE = new Registration(UUID.randomUUID(), "here");
    private static final Registration THERE = new Registration(UUID.randomUUID(), "there");
    private static final Bars NONE = new Bars(Set.of(), Set.of());

    private static Contact contact(NumberSafety safety, Chosen... order) {
        return new Contact(null, true, false, false, NUMBER, safety, new Contact.Account(NUMBER, false, true), false, false, false,
            "en", List.of(HERE, THERE), List.of(order));
    }

    private static Chosen by(Channel channel, Safety safety) {
        String address = channel == Channel.EMAIL || channel == Channel.LETTER ? "somewhere" : null;
        return new Chosen(channel, address, safety);
    }

    private static String decide(Contact contact, Bars bars) {
        return switch (NoticeRules.decide(contact, NoticeBars.CHANGED, Set.of(), bars)) {
            case Decision.Send send -> send.channel().stored() + ' ' + send.variant() + ' ' + send.another();
            case Decision.Withhold withhold -> withhold.reason();
            case Decision other -> other.toString();
        };
    }

    @Test
    void unknownIsNotEnough() {
        Chosen[] order = {by(Channel.PUSH, Safety.NOT_SAID), by(Channel.SMS, Safety.NOT_SAID), by(Channel.EMAIL, Safety.UNKNOWN)};
        assertEquals("push neutral true", decide(contact(NumberSafety.SAFE, order), NONE));
        for (NumberSafety safety : List.of(NumberSafety.UNKNOWN, NumberSafety.UNSAFE)) {
            assertEquals("no_safe_channel", decide(contact(safety, order), NONE));
        }
        assertEquals("email neutral false", decide(contact(NumberSafety.UNKNOWN, by(Channel.SMS, Safety.NOT_SAID),
            by(Channel.EMAIL, Safety.SAFE)), NONE));
    }

    @Test
    void neverByWhatWasReplacedNorToTheDeviceThatDidIt() {
        Contact contact = contact(NumberSafety.SAFE, by(Channel.PUSH, Safety.NOT_SAID), by(Channel.SMS, Safety.NOT_SAID));
        assertEquals("no_safe_channel", decide(contact, new Bars(EnumSet.of(Channel.PUSH, Channel.SMS), Set.of())));
        var send = assertInstanceOf(Decision.Send.class,
            NoticeRules.decide(contact, NoticeBars.CHANGED, Set.of(), new Bars(Set.of(), Set.of(HERE.id()))));
        assertEquals(Registration.write(List.of(THERE)), send.address());
        assertEquals("sms neutral false", decide(contact, new Bars(Set.of(), Set.of(HERE.id(), THERE.id()))));
        assertEquals("no_safe_channel", decide(contact, null), "a notice about nothing that is known");
    }

    @Test
    void thatSomebodySignedInIsNoTaskForStaff() {
        assertInstanceOf(Decision.Cancel.class, NoticeRules.decide(contact(NumberSafety.UNKNOWN, by(Channel.SMS, Safety.NOT_SAID)),
            NoticeBars.NEW_SIGN_IN, Set.of(), NONE));
    }
}
