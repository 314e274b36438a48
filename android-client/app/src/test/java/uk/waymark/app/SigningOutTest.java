package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.content.DialogInterface;
import android.widget.TextView;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** Signing out in peace: nothing that was written is lost without a question. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class SigningOutTest {
    private static final String CALLS = "POST /v1/me/cases/" + Said.CASE + "/call-backs";
    private Said said;

    @Before
    public void begin() throws Exception {
        said = new Said().everything("en");
        said.say(CALLS, 201, Said.j("{'id': '" + Said.CALL + "', 'next': 'Thank you.'}"));
        Phone.signIn();
    }

    @After
    public void end() throws Exception {
        said.server.shutdown();
    }

    private static Core core() {
        return Phone.app().core();
    }

    private static void aCallWaits() {
        core().now().get().outbox().make("call_back", "/v1/me/cases/" + Said.CASE + "/call-backs", "{\"reason\": \"question\"}");
    }

    private static String question() {
        assertNotNull("a question", Phone.asked());
        return ((TextView) Phone.asked().findViewById(android.R.id.message)).getText().toString();
    }

    private static void answer(int button) {
        Phone.asked().getButton(button).performClick();
        Phone.idle();
    }

    @Test
    public void where_nothing_would_be_lost_nothing_is_asked() {
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.press(c.get(), R.string.sign_out);
            assertNull(Phone.asked());
            assertTrue(core().now().isEmpty());
        }
    }

    @Test
    public void what_waits_is_sent_first_and_then_the_person_is_signed_out() {
        aCallWaits();
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.press(c.get(), R.string.sign_out);
            assertEquals(c.get().getString(R.string.sign_out_unsent), question());
            answer(DialogInterface.BUTTON_POSITIVE);
            assertTrue(c.get().isFinishing());
        }
        assertTrue(core().now().isEmpty());
        assertTrue(said.calls.toString(), said.calls.contains(CALLS) && said.calls.indexOf(CALLS) < said.calls.indexOf("POST /v1/exit"));
    }

    @Test
    public void what_cannot_be_sent_is_not_lost_by_trying() throws Exception {
        aCallWaits();
        said.server.shutdown();
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.press(c.get(), R.string.sign_out);
            answer(DialogInterface.BUTTON_POSITIVE);
            assertEquals(UnsentScreen.class.getName(), Shadows.shadowOf(c.get()).getNextStartedActivity().getComponent().getClassName());
            assertFalse(c.get().isFinishing());
        }
        assertEquals(1, core().unsent());
    }

    @Test
    public void what_was_only_begun_is_asked_about_by_where_it_is() {
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.message_text, "not sent");
        }
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.about, "nor this");
        }
        try (var c = Phone.open(RingingScreen.class, null)) {
            Phone.type(c.get(), R.string.word_label, "harbour");
        }
        core().keep("reason /v1/me/hearings/" + Said.DATE + "/attendance", "nor why");
        assertEquals("nothing of it waits to be sent", 0, core().unsent());
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.press(c.get(), R.string.sign_out);
            assertEquals(c.get().getString(R.string.sign_out_begun, "Messages, Ask for a call, " + c.get().getString(R.string.ringing)
                    + ", Dates"), question());
            assertEquals("there is nothing that could be sent", "",
                    Phone.asked().getButton(DialogInterface.BUTTON_POSITIVE).getText().toString());
            answer(DialogInterface.BUTTON_NEUTRAL);
            assertTrue(core().now().isPresent());
            aCallWaits();
            Phone.press(c.get(), R.string.sign_out);
            assertTrue(question(), question().contains(c.get().getString(R.string.sign_out_unsent)) && question().contains("Messages"));
            answer(DialogInterface.BUTTON_POSITIVE);
            assertTrue("the call is sent", said.calls.contains(CALLS));
            assertTrue("and the rest asked about", question().contains("Messages"));
            answer(DialogInterface.BUTTON_NEUTRAL);
        }
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            assertTrue(Phone.texts(c.get()).contains("not sent"));
            Phone.press(c.get(), R.string.send);
        }
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.press(c.get(), R.string.sign_out);
            assertFalse("that one is sent", question().contains("Messages"));
            answer(DialogInterface.BUTTON_NEGATIVE);
            assertTrue(core().now().isEmpty());
        }
    }

    @Test
    public void signing_out_everywhere_asks_as_well() {
        said.say("DELETE /v1/me/devices", 204, "");
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.message_text, "not sent");
        }
        try (var c = Phone.open(DevicesScreen.class, null)) {
            Phone.press(c.get(), R.string.sign_all_out);
            assertTrue(question().contains("Messages"));
            assertFalse(said.calls.contains("DELETE /v1/me/devices"));
            answer(DialogInterface.BUTTON_NEGATIVE);
            assertTrue(said.calls.contains("DELETE /v1/me/devices"));
            assertTrue(core().now().isEmpty());
        }
    }
}
