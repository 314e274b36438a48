package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.content.Intent;
import androidx.appcompat.app.AppCompatDelegate;
import androidx.core.os.LocaleListCompat;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** The screens on the oldest Android that the app runs on and on a new one. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class ScreensTest {
    private Said said;

    @Before
    public void begin() throws Exception {
        said = new Said().everything("en");
    }

    @After
    public void end() throws Exception {
        said.server.shutdown();
    }

    @Test
    public void activates_with_an_invitation_and_reads() {
        try (var start = Phone.open(StartScreen.class, null)) {
            start.get(); // the force is chosen by touching its name
            Phone.app().core().choose(Phone.app().core().forces().get(0));
        }
        try (var c = Phone.open(SignInScreen.class, null)) {
            SignInScreen screen = c.get();
            Phone.press(screen, R.string.send_code);
            assertFalse("nothing is asked for with empty fields", said.calls.stream().anyMatch(x -> x.contains("activations")));
            Phone.type(screen, R.string.invitation_code, "K7QM-4TRW-9XHD");
            Phone.type(screen, R.string.reference, "NS/20417/27");
            Phone.type(screen, R.string.mobile, "07700 900123");
            Phone.press(screen, R.string.send_code);
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains("We have sent you a code."));
            Phone.type(screen, R.string.code, "123456");
            Phone.press(screen, R.string.sign_in);
            assertTrue(Phone.app().core().signedIn());
            Intent next = Shadows.shadowOf(screen).getNextStartedActivity();
            assertEquals(CasesScreen.class.getName(), next.getComponent().getClassName());
        }
        try (var c = Phone.open(CasesScreen.class, null)) {
            assertTrue(Phone.texts(c.get()).contains("Somebody has been charged."));
        }
        try (var c = Phone.open(CaseScreen.class, Said.CASE)) {
            assertTrue(Phone.texts(c.get()).contains("DC Amira Khan"));
        }
    }

    @Test
    public void a_code_from_a_call_signs_in_with_the_reference_and_the_pin() {
        Phone.app().core().choose(Phone.app().core().forces().get(0));
        said.say("POST /v1/sign-in/tokens", 422, Said.j("{'detail': 'Something does not fit.', 'errors': [{'pointer': '/new_pin', 'detail': "
                + "'This code sets a new PIN.'}]}"));
        try (var c = Phone.open(SignInScreen.class, null)) {
            SignInScreen screen = c.get();
            Phone.press(screen, R.string.on_call);
            Phone.press(screen, R.string.sign_in);
            Phone.type(screen, R.string.on_call_code, "1234 5678 9012");
            Phone.press(screen, R.string.sign_in);
            assertFalse("neither a number nor a reference", said.calls.contains("POST /v1/sign-in/tokens"));
            Phone.type(screen, R.string.reference, "NS/20417/27");
            c.pause().stop().start().resume(); // the call is in another app
            Phone.type(screen, R.string.on_call_pin, "7392");
            Phone.press(screen, R.string.sign_in);
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains("This code sets a new PIN."));
            assertEquals("{\"crime_reference\":\"NS/20417/27\",\"code\":\"1234 5678 9012\",\"pin\":\"7392\",\"device\":"
                    + "{\"name\":\"robolectric\",\"platform\":\"android\"}}", said.body("POST /v1/sign-in/tokens"));
            said.everything("en");
            Phone.type(screen, R.string.on_call_new_pin, "8136");
            Phone.press(screen, R.string.sign_in);
            assertTrue(said.body("POST /v1/sign-in/tokens").contains("\"new_pin\":\"8136\""));
            assertTrue(Phone.app().core().signedIn());
            assertEquals(List.of(CasesScreen.class.getName()), started(screen));
        }
    }

    @Test
    public void a_code_from_a_call_that_is_typed_as_one_from_a_text_is_not_tried_without_the_pin() {
        Phone.app().core().choose(Phone.app().core().forces().get(0));
        try (var c = Phone.open(SignInScreen.class, "again")) {
            SignInScreen screen = c.get();
            Phone.type(screen, R.string.mobile, "07700 900123");
            Phone.press(screen, R.string.send_code);
            Phone.type(screen, R.string.code, "123456789012");
            Phone.press(screen, R.string.sign_in);
            assertFalse(said.calls.contains("POST /v1/sign-in/tokens"));
            Phone.type(screen, R.string.on_call_pin, "7392");
            Phone.press(screen, R.string.sign_in);
            String sent = said.body("POST /v1/sign-in/tokens");
            assertTrue(sent, sent.contains("\"mobile\":\"07700 900123\"") && sent.contains("\"code\":\"123456789012\"")
                    && sent.contains("\"pin\":\"7392\""));
            assertTrue(Phone.app().core().signedIn());
        }
    }

    /** The screens that this one has begun; of several that it began at once the one on top first. */
    private static List<String> started(Screen screen) {
        List<String> names = new ArrayList<>();
        for (Intent next = Shadows.shadowOf(screen).getNextStartedActivity(); next != null; next = Shadows.shadowOf(screen).getNextStartedActivity()) {
            if (next.getComponent() != null) { // else the system's, such as the one that asks for notifications
                names.add(next.getComponent().getClassName() + (next.getStringExtra("about") == null ? "" : " " + next.getStringExtra("about")));
            }
        }
        return names;
    }

    private void me(String more) {
        said.say("GET /v1/me", 200, Said.j("{'account_id': '0198c2a4-6b02-7a10-8d44-2f9e1c0b7a01', 'cases': [], 'may': [], 'language': 'en', "
                + "'discreet_mode': false, " + more + "}"));
    }

    private List<String> signsIn(String me, String tokens) {
        me(me);
        said.say("POST /v1/sign-in/tokens", 200, Said.j("{'access_token': 'a-1', 'token_type': 'Bearer', 'expires_in': 600, "
                + "'refresh_token': 'r-1234567890'" + tokens + "}"));
        Phone.app().core().choose(Phone.app().core().forces().get(0));
        try (var c = Phone.open(SignInScreen.class, null)) {
            Phone.press(c.get(), R.string.been_before);
            Phone.type(c.get(), R.string.mobile, "07700 900123");
            Phone.press(c.get(), R.string.send_code);
            Phone.type(c.get(), R.string.code, "123456");
            Phone.press(c.get(), R.string.sign_in);
            return started(c.get());
        }
    }

    @Test
    public void what_a_sign_in_says_of_the_pin_is_shown_at_once() {
        String cases = CasesScreen.class.getName();
        String pin = PinScreen.class.getName() + " " + PinScreen.AFTER;
        assertEquals(List.of(pin + "NEEDED", cases), signsIn("'has_pin': false, 'pin_needed': true", ""));
        assertEquals(List.of(pin + "NOT_TAKEN", cases), signsIn("'has_pin': false, 'pin_needed': true", ", 'pin_taken': false"));
        assertEquals(List.of(pin + "STAYS", cases), signsIn("'has_pin': true", ", 'pin_taken': false"));
        assertEquals(List.of(pin + "TO_CHANGE", cases), signsIn("'has_pin': true", ", 'pin_to_change': true"));
        assertEquals(List.of(cases), signsIn("'has_pin': true", ", 'pin_taken': true"));
        try (var c = Phone.open(PinScreen.class, PinScreen.AFTER + "TO_CHANGE")) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Please choose another PIN now."));
            Phone.type(c.get(), R.string.pin_wanted, "8136");
            Phone.type(c.get(), R.string.pin_again, "8136");
            Phone.press(c.get(), R.string.save);
            assertFalse("it has been changed", Phone.texts(c.get()).contains("Please choose another PIN now."));
        }
        me("'has_pin': false, 'pin_needed': true");
        try (var c = Phone.open(CasesScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("You need a PIN before you can sign in again."));
            Phone.press(c.get(), R.string.pin_choose);
            assertEquals(List.of(PinScreen.class.getName()), started(c.get()));
            me("'has_pin': true");
            c.pause().stop().start().resume();
            Phone.idle();
            assertFalse(Phone.texts(c.get()), Phone.texts(c.get()).contains("You need a PIN"));
        }
    }

    @Test
    public void another_force_can_be_chosen_until_somebody_has_signed_in() throws Exception {
        Phone.app().core().choose(Phone.app().core().forces().get(1));
        try (var c = Phone.open(SignInScreen.class, null)) {
            assertTrue(Phone.texts(c.get()).contains("You have chosen Southmoor."));
            Phone.press(c.get(), R.string.other_force);
            assertEquals(StartScreen.class.getName(), Shadows.shadowOf(c.get()).getNextStartedActivity().getComponent().getClassName());
            assertTrue(c.get().isFinishing());
        }
        try (var c = Phone.open(StartScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Northshire"));
            Phone.app().core().choose(Phone.app().core().forces().get(0));
        }
        assertEquals("northshire", Phone.app().core().now().get().force().code());
        Phone.signIn();
        said.say("POST /v1/sign-in/refreshes", 401, "{}").say("GET /v1/me/cases", 401, "{}");
        Phone.open(CasesScreen.class, null).close();
        assertFalse(Phone.app().core().signedIn());
        try (var c = Phone.open(SignInScreen.class, null)) {
            assertFalse("what somebody wrote may wait here", Phone.texts(c.get()).contains(c.get().getString(R.string.other_force)));
        }
    }

    @Test
    public void without_a_line_what_was_seen_says_as_of_when_and_an_answer_is_kept() throws Exception {
        Phone.signIn();
        Phone.open(DatesScreen.class, Said.CASE).close();
        said.server.shutdown();
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            DatesScreen screen = c.get();
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains("No connection. This is as it was on"));
            assertTrue(Phone.texts(screen).contains("Northmoor Crown Court"));
            Phone.press(screen, R.string.i_can);
            assertEquals(1, Phone.app().core().unsent());
            assertTrue(Phone.texts(screen), Phone.texts(screen).contains("Kept on this phone."));
        }
    }

    @Test
    public void an_answer_reaches_the_server_and_its_words_are_shown() throws Exception {
        Phone.signIn();
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.i_can);
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Thank you for telling us."));
        }
        assertEquals(1, said.calls.stream().filter(x -> x.startsWith("PUT /v1/me/hearings/")).count());
        assertTrue(said.bodies.stream().anyMatch(b -> b.equals("{\"answer\":\"yes\",\"version\":1}")));
        assertEquals(0, Phone.app().core().unsent());
    }

    @Test
    public void an_answer_is_of_the_day_that_is_shown_and_an_old_one_says_so() throws Exception {
        Phone.signIn();
        Phone.open(DatesScreen.class, Said.CASE).close(); // the day as it was is kept here
        said.say("GET /v1/me/hearings/" + Said.DATE + "/attendance", 200,
                "{\"version\": 2, \"answer\": \"yes\", \"answered_at\": \"2027-03-04T18:02:10Z\"}", "\"h3\"");
        String dates = "GET /v1/me/cases/" + Said.CASE + "/hearings";
        said.say(dates, 503, "{}");
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.i_can);
        }
        assertEquals("the server refuses it, since the day is another one", "{\"answer\":\"yes\",\"version\":1}",
                said.bodies.stream().filter(b -> b.contains("\"answer\"")).reduce((a, b) -> b).orElseThrow());
        said.say(dates, 200, "{\"items\": [{\"id\": \"" + Said.DATE + "\", \"state\": \"listed\", \"kind\": \"trial\", \"what\": \"trial\", "
                + "\"required\": true, \"required_words\": \"You need to be there.\", \"as_at\": \"2027-03-08T17:30:00Z\", \"as_at_words\": \"\", "
                + "\"changed\": true, \"version\": 2, \"answered\": {\"answer\": \"yes\", \"answered_at\": \"2027-03-04T18:02:10Z\", \"version\": 1}}]}");
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.answer_old)));
            assertTrue(Phone.texts(c.get()).contains(c.get().getString(R.string.date_changed)));
        }
    }

    @Test
    public void the_language_can_be_changed_once_an_area_is_chosen() throws Exception {
        Phone.signIn();
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.press(c.get(), R.string.language_other);
            assertEquals("cy", AppCompatDelegate.getApplicationLocales().toLanguageTags());
        } finally {
            AppCompatDelegate.setApplicationLocales(LocaleListCompat.getEmptyLocaleList());
        }
        Phone.app().core().leave();
        Phone.app().core().choose(Phone.app().core().forces().get(0));
        try (var c = Phone.open(SignInScreen.class, null)) {
            assertTrue(Phone.texts(c.get()).contains(c.get().getString(R.string.language_other)));
        }
    }

    @Test
    public void leaving_takes_everything_with_it_on_every_screen() throws Exception {
        for (Class<? extends Screen> screen : Screens.ALL) {
            Phone.signIn();
            Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
            try (var c = Phone.open(screen, Screens.about(screen))) {
                c.get().findViewById(R.id.leave).performClick();
                assertTrue(screen.getSimpleName(), c.get().isFinishing());
                assertTrue(screen.getSimpleName(), Phone.app().core().now().isEmpty());
                assertEquals(0, Phone.app().core().unsent());
            }
        }
    }

    @Test
    public void shaking_leaves_and_a_step_does_not() {
        boolean[] left = {false};
        Shake shake = new Shake(() -> left[0] = true);
        for (int i = 1; i <= 20; i++) {
            shake.moved(0, 12, 0, i * 100_000_000L);
        }
        shake.moved(0, 30, 0, 3_000_000_000L);
        shake.moved(0, 30, 0, 5_000_000_000L);
        shake.moved(0, 30, 0, 7_000_000_000L);
        assertFalse(left[0]);
        shake.moved(0, -30, 0, 7_200_000_000L);
        shake.moved(0, 30, 0, 7_400_000_000L);
        assertTrue(left[0]);
    }

    @Test
    public void pausing_stops_everything_and_leaves_nothing_here() throws Exception {
        Phone.signIn();
        said.say("POST /v1/me/contact-preferences/pause", 204, "");
        try (var c = Phone.open(ContactScreen.class, null)) {
            Phone.press(c.get(), R.string.pause);
            androidx.appcompat.app.AlertDialog dialog = (androidx.appcompat.app.AlertDialog) org.robolectric.shadows.ShadowDialog.getLatestDialog();
            dialog.getButton(android.content.DialogInterface.BUTTON_POSITIVE).performClick();
            Shadows.shadowOf(android.os.Looper.getMainLooper()).idle();
            assertTrue(said.calls.contains("POST /v1/me/contact-preferences/pause"));
            assertTrue(Phone.app().core().now().isEmpty());
        }
    }
}
