package uk.waymark.notifications.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SmsTextPropertyTest {

    @Property
    void sanitising_twice_changes_nothing_more(@ForAll String text) {
        String once = SmsText.sanitise(text);
        assertEquals(once, SmsText.sanitise(once));
        assertTrue(SmsText.lost(once).isEmpty());
    }

    @Property
    void the_segments_hold_the_text_and_not_much_more(@ForAll String text) {
        int segments = SmsText.segments(text);
        assertTrue(segments >= 1 && segments <= 1 + text.length() * 2 / 66, text.length() + " in " + segments);
    }
}
