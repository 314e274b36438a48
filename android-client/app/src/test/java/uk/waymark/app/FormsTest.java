package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.os.Looper;
import androidx.appcompat.app.AlertDialog;
import java.time.LocalDate;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowDialog;
import uk.waymark.client.Written;

/** Preferences, calls, days and needs: what is changed is changed by the version that was read, and of two texts none is lost. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "en-rGB-w411dp-h731dp-xhdpi")
public class FormsTest {
    private static final String CONTACT = "/v1/me/contact-preferences";
    private static final String NEEDS = "/v1/me/cases/" + Said.CASE + "/needs";
    private static final String DAYS = "/v1/me/cases/" + Said.CASE + "/availability";
    private static final String ANSWER = "/v1/me/hearings/" + Said.DATE + "/attendance";

    private Said said;

    @Before
    public void begin() throws Exception {
        said = new Said().everything("en");
        Phone.signIn();
    }

    @After
    public void end() throws Exception {
        said.server.shutdown();
    }

    private static void contains(Screen screen, String words) {
        assertTrue(Phone.texts(screen), Phone.texts(screen).contains(words));
    }

    /** What was sent last to there, after the version that it changes. */
    private String last(String call) {
        int at = said.calls.lastIndexOf(call);
        return at < 0 ? "" : said.headers.get(at).get("If-Match") + " " + said.bodies.get(at);
    }

    private static void choose(int which) {
        AlertDialog dialog = (AlertDialog) ShadowDialog.getLatestDialog();
        dialog.getListView().performItemClick(null, which, which);
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    @Test
    public void each_part_says_how_it_is_and_changes_nothing_else() {
        said.say("PUT " + CONTACT, 200, "{\"language\": \"en\", \"discreet_mode\": true}");
        try (var c = Phone.open(ContactScreen.class, null)) {
            contains(c.get(), "A call: not safe, never used");
            contains(c.get(), "Monday, 18:30 to 21:00");
            contains(c.get(), "Quiet from 21:00 to 08:00");
            contains(c.get(), "There is a word");
        }
        try (var c = Phone.open(HelpScreen.class, null)) {
            Phone.press(c.get(), R.string.need_large_print);
            Phone.press(c.get(), R.string.save);
            assertEquals("\"7\" {\"language\":\"en\",\"discreet_mode\":true,\"accessibility_needs\":[\"interpreter\",\"large_print\"],"
                    + "\"interpreter_language\":\"pl\"}", last("PUT " + CONTACT));
        }
        try (var c = Phone.open(TimesScreen.class, null)) {
            Phone.type(c.get(), R.string.time_from, "9.00");
            Phone.type(c.get(), R.string.time_to, "25:00");
            Phone.press(c.get(), R.string.save);
            contains(c.get(), "Something is missing or not right.");
            Phone.type(c.get(), R.string.time_to, "12:00");
            Phone.views(c.get().getWindow().getDecorView()).stream().filter(v -> v instanceof android.widget.CompoundButton b
                    && b.getText().toString().equals("Sunday")).findFirst().orElseThrow().performClick();
            Phone.press(c.get(), R.string.save);
            assertTrue(last("PUT " + CONTACT), last("PUT " + CONTACT).contains("{\"day\":\"monday\",\"from\":\"18:30\",\"to\":\"21:00\"},"
                    + "{\"day\":\"sunday\",\"from\":\"09:00\",\"to\":\"12:00\"}],\"quiet_hours\":{\"from\":\"21:00\",\"to\":\"08:00\"}"));
        }
    }

    @Test
    public void a_way_that_is_not_safe_is_never_used_and_the_order_is_the_persons() {
        said.say("PUT " + CONTACT, 200, "{\"language\": \"en\", \"discreet_mode\": true}");
        try (var c = Phone.open(WaysScreen.class, null)) {
            Phone.press(c.get(), R.string.way_never); // of the app, which stands first
            Phone.press(c.get(), R.string.way_earlier); // the text, which stands second
            Phone.press(c.get(), R.string.save);
            assertTrue(last("PUT " + CONTACT), last("PUT " + CONTACT).endsWith("\"channels\":[{\"channel\":\"sms\"},"
                    + "{\"channel\":\"push\",\"safety\":\"unsafe\"},{\"channel\":\"email\"},{\"channel\":\"call\",\"safety\":\"unsafe\"}]}"));
        }
    }

    @Test
    public void what_is_not_read_back_stays_unless_it_is_taken_away_knowingly() {
        said.say("PUT " + CONTACT, 200, "{\"language\": \"en\", \"discreet_mode\": true}");
        try (var c = Phone.open(RingingScreen.class, null)) {
            contains(c.get(), "What you set before is not shown here, for your safety.");
            Phone.type(c.get(), R.string.word_label, "harbour");
            Phone.press(c.get(), R.string.save);
            assertTrue(last("PUT " + CONTACT).endsWith("\"voicemail\":false,\"word\":\"harbour\"}"));
        }
        try (var c = Phone.open(RingingScreen.class, null)) {
            Phone.press(c.get(), R.string.forget);
            Phone.press(c.get(), R.string.save);
            assertTrue(last("PUT " + CONTACT), last("PUT " + CONTACT).contains("\"may_also_be_told\":[]"));
        }
    }

    @Test
    public void preferences_that_were_changed_elsewhere_are_both_shown_and_the_person_says_which_are_right() {
        try (var c = Phone.open(HelpScreen.class, null)) {
            said.say("PUT " + CONTACT, 412, "{\"detail\": \"It has changed.\"}").say("GET " + CONTACT, 200, "{\"language\": \"cy\", "
                    + "\"discreet_mode\": true, \"accessibility_needs\": [\"easy_read\"]}", "\"8\"");
            Phone.press(c.get(), R.string.need_large_print);
            Phone.press(c.get(), R.string.save);
            contains(c.get(), "This was changed elsewhere meanwhile.");
            contains(c.get(), "Large print");
            contains(c.get(), "Easy read");
            said.say("PUT " + CONTACT, 200, "{\"language\": \"cy\", \"discreet_mode\": true}");
            Phone.press(c.get(), R.string.use_mine);
            assertEquals("\"8\" {\"language\":\"cy\",\"discreet_mode\":true,\"accessibility_needs\":[\"interpreter\",\"large_print\"],"
                    + "\"interpreter_language\":\"pl\"}", last("PUT " + CONTACT));
        }
    }

    @Test
    public void without_a_line_preferences_are_not_left_to_a_later_one_and_what_is_filled_in_is_there_again() throws Exception {
        Phone.open(RingingScreen.class, null).close();
        said.server.shutdown();
        try (var c = Phone.open(RingingScreen.class, null)) {
            Phone.type(c.get(), R.string.somebody_else, "Say it is the dentist");
            Phone.press(c.get(), R.string.save);
            contains(c.get(), "There is no connection.");
            assertEquals(0, Phone.app().core().unsent());
            c.get().finish();
        }
        try (var c = Phone.open(RingingScreen.class, null)) {
            contains(c.get(), "Say it is the dentist");
            contains(c.get(), "You had not saved this yet.");
        }
    }

    @Test
    public void needs_that_are_written_without_a_line_are_sent_later_and_a_conflict_shows_both() throws Exception {
        Phone.open(NeedsScreen.class, Said.CASE).close();
        said.server.shutdown();
        try (var c = Phone.open(NeedsScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.needs_other, "I use a wheelchair");
            Phone.press(c.get(), R.string.save);
            contains(c.get(), "Kept on this phone.");
            assertEquals(1, Phone.app().core().unsent());
        }
        said = new Said().everything("en");
        said.say("PUT " + NEEDS, 412, "{}").say("GET " + NEEDS, 200, "{\"screens\": false, \"live_link\": true, \"separate_waiting\": false, "
                + "\"expenses\": false, \"visit_before\": false}", "\"n2\"");
        Phone.app().core().now().get().outbox().send();
        assertTrue(last("PUT " + NEEDS), last("PUT " + NEEDS).startsWith("\"n1\" {\"screens\":true,"));
        try (var c = Phone.open(NeedsScreen.class, Said.CASE)) {
            contains(c.get(), "I use a wheelchair");
            contains(c.get(), "To speak by video from another place");
            said.say("PUT " + NEEDS, 200, "{\"screens\": true, \"live_link\": false, \"separate_waiting\": true, \"expenses\": false, "
                    + "\"visit_before\": false, \"next\": \"Thank you. We pass this on.\"}", "\"n3\"");
            Phone.press(c.get(), R.string.use_mine);
            assertTrue(last("PUT " + NEEDS), last("PUT " + NEEDS).startsWith("\"n2\" ") && last("PUT " + NEEDS).contains("I use a wheelchair"));
            contains(c.get(), "Thank you. We pass this on.");
            assertEquals(0, Phone.app().core().unsent());
        }
    }

    @Test
    public void days_are_added_to_those_that_stand() {
        said.say("PUT " + DAYS, 200, "{\"dates_to_avoid\": [], \"next\": \"Thank you. We pass these days on.\"}", "\"a2\"");
        try (var c = Phone.open(DaysScreen.class, Said.CASE)) {
            c.get().span(LocalDate.parse("2027-06-01"), LocalDate.parse("2027-06-02"));
            Phone.type(c.get(), R.string.days_why, "An exam");
            Phone.press(c.get(), R.string.save);
            assertEquals("\"a1\" {\"dates_to_avoid\":[{\"from\":\"2027-05-03\",\"to\":\"2027-05-14\"},"
                    + "{\"from\":\"2027-06-01\",\"to\":\"2027-06-02\",\"reason\":\"An exam\"}]}", last("PUT " + DAYS));
            contains(c.get(), "Thank you. We pass these days on.");
        }
    }

    @Test
    public void a_call_is_asked_for_at_a_time_that_is_free_and_moved() {
        String calls = "/v1/me/cases/" + Said.CASE + "/call-backs";
        said.say("POST " + calls, 201, "{\"id\": \"" + Said.CALL + "\", \"next\": \"Thank you.\"}");
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.ask_for_call);
            contains(c.get(), "Choose what it is about");
            Phone.press(c.get(), R.string.reason_date);
            Phone.press(c.get(), R.string.choose_time);
            choose(1);
            choose(0);
            contains(c.get(), "8 March 2027, 11:00 to 11:30");
            Phone.type(c.get(), R.string.other_number, "07700 900999");
            Phone.press(c.get(), R.string.ask_for_call);
            String body = last("POST " + calls);
            assertTrue(body, body.contains("\"preferred\":[{\"from\":\"2027-03-08T11:00:00Z\",\"to\":\"2027-03-08T11:30:00Z\"}]")
                    && body.contains("\"mobile\":\"07700 900999\"") && body.contains("\"reason\":\"date\"") && !body.contains("withhold"));
            assertFalse("it is not typed there for whoever looks next", Phone.texts(c.get()).contains("07700 900999"));
        }
        said.say("PUT /v1/me/call-backs/" + Said.CALL, 200, "{}");
        try (var c = Phone.open(CallScreen.class, Said.CALL)) {
            contains(c.get(), "Leave the time as it is");
            Phone.press(c.get(), R.string.rather_soon);
            Phone.press(c.get(), R.string.save);
            assertEquals("\"k1\" {\"preferred\":[],\"withhold_number\":false,\"language\":\"en\"}", last("PUT /v1/me/call-backs/" + Said.CALL));
        }
    }

    @Test
    public void a_call_that_was_missed_is_moved_and_taken_back_until_nobody_rings_any_more() {
        String calls = "/v1/me/cases/" + Said.CASE + "/call-backs";
        String missed = "{'id': '" + Said.CALL + "', 'case_id': '" + Said.CASE + "', 'reason': 'question', 'state': 'missed', 'asked_at': "
                + "'2027-03-04T18:02:10Z', 'due_at': '2027-03-05T10:30:00Z', 'withhold_number': false, 'language': 'en', ";
        said.say("GET " + calls, 200, Said.j("{'items': [" + missed + "'next': 'We are sorry that we missed you.'}], 'next_cursor': null}"));
        said.say("DELETE /v1/me/call-backs/" + Said.CALL, 204, "");
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            contains(c.get(), "We are sorry that we missed you.");
            contains(c.get(), c.get().getString(R.string.change_call));
            Phone.press(c.get(), R.string.take_back);
            assertTrue(said.calls.toString(), said.calls.contains("DELETE /v1/me/call-backs/" + Said.CALL));
        }
        said.say("GET " + calls, 200, Said.j("{'items': [" + missed + "'ended_at': '2027-03-09T09:20:00Z', 'next': 'We are sorry that we could "
                + "not reach you.'}], 'next_cursor': null}"));
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            contains(c.get(), "not reach you.");
            assertFalse(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.take_back)));
        }
    }

    @Test
    public void whoever_has_chosen_Welsh_is_rung_in_Welsh_on_an_English_phone_unless_they_say_otherwise() {
        String calls = "/v1/me/cases/" + Said.CASE + "/call-backs";
        said.say("POST " + calls, 201, "{\"id\": \"" + Said.CALL + "\", \"next\": \"Thank you.\"}");
        News.language(Phone.app().core(), "cy");
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.reason_not_safe);
            assertTrue(last("POST " + calls), last("POST " + calls).contains("\"language\":\"cy\""));
            Phone.press(c.get(), R.string.english);
            Phone.press(c.get(), R.string.reason_date);
            Phone.press(c.get(), R.string.ask_for_call);
            assertTrue(last("POST " + calls), last("POST " + calls).contains("\"language\":\"en\""));
        }
    }

    @Test
    public void an_answer_that_was_written_without_a_line_does_not_win_over_a_newer_one() throws Exception {
        Phone.open(DatesScreen.class, Said.CASE).close();
        said.server.shutdown();
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            contains(c.get(), "I would like to talk first");
            Phone.press(c.get(), R.string.i_can);
        }
        said = new Said().everything("en");
        said.say("PUT " + ANSWER, 412, "{}").say("GET " + ANSWER, 200,
                "{\"version\": 2, \"answer\": \"cannot\", \"answered_at\": \"2027-03-06T09:00:00Z\", \"by_staff\": true}", "\"h9\"");
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            Phone.app().core().now().get().outbox().send();
            assertEquals("\"h1\" {\"answer\":\"yes\",\"version\":1}", last("PUT " + ANSWER));
        }
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            contains(c.get(), "This was changed elsewhere meanwhile.");
            contains(c.get(), "Somebody noted for you on 6 March 2027");
            said.say("PUT " + ANSWER, 200, "{\"answer\": \"yes\", \"answered_at\": \"2027-03-07T09:00:00Z\", \"version\": 2, \"next\": \"Thank you.\"}",
                    "\"h10\"");
            Phone.press(c.get(), R.string.use_mine);
            assertEquals("\"h9\" {\"answer\":\"yes\",\"version\":2}", last("PUT " + ANSWER));
            assertEquals(0, Phone.app().core().now().get().outbox().all().stream().filter(Written::unsent).count());
        }
    }

    private static TestApp app() {
        return (TestApp) Phone.app();
    }

    @Test
    public void whoever_does_not_feel_safe_may_press_twice_and_goes_on_typing() {
        String calls = "/v1/me/cases/" + Said.CASE + "/call-backs";
        said.say("POST " + calls, 201, "{\"id\": \"" + Said.CALL + "\", \"next\": \"Thank you.\"}");
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            app().slow();
            Phone.press(c.get(), R.string.reason_not_safe);
            Phone.press(c.get(), R.string.reason_not_safe);
            contains(c.get(), c.get().getString(R.string.kept_to_send));
            Phone.type(c.get(), R.string.about, "The back door");
            app().goOn();
            assertEquals("The back door", Phone.field(c.get(), c.get().getString(R.string.about)).getText().toString());
        }
        assertEquals(1, said.calls.stream().filter(("POST " + calls)::equals).count());
    }

    @Test
    public void a_call_that_is_not_taken_is_put_below_what_stands_in_the_form() {
        String calls = "/v1/me/cases/" + Said.CASE + "/call-backs";
        said.say("POST " + calls, 409, "{\"detail\": \"There is one already.\"}");
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.reason_date);
            Phone.type(c.get(), R.string.about, "x".repeat(900));
            Phone.press(c.get(), R.string.ask_for_call);
            Phone.type(c.get(), R.string.about, "y".repeat(900));
            Phone.press(c.get(), R.string.write_again);
            String both = "y".repeat(900) + "\n\n" + "x".repeat(900);
            assertEquals(both, Phone.field(c.get(), c.get().getString(R.string.about)).getText().toString());
            assertEquals(0, app().core().unsent());
        }
    }

    @Test
    public void what_is_typed_while_an_answer_is_on_its_way_stays_and_saving_twice_is_no_conflict_with_oneself() {
        said.say("PUT " + CONTACT, 200, "{\"language\": \"en\", \"discreet_mode\": true}");
        try (var c = Phone.open(RingingScreen.class, null)) {
            Phone.type(c.get(), R.string.somebody_else, "Say it is the dentist");
            app().slow();
            Phone.press(c.get(), R.string.save);
            Phone.press(c.get(), R.string.save);
            Phone.type(c.get(), R.string.word_label, "harbour");
            app().goOn();
            assertEquals("harbour", Phone.field(c.get(), c.get().getString(R.string.word_label)).getText().toString());
            assertEquals("the same is sent once", 1, said.calls.stream().filter(("PUT " + CONTACT)::equals).count());
            Phone.press(c.get(), R.string.save);
            assertTrue(last("PUT " + CONTACT), last("PUT " + CONTACT).contains("harbour"));
        }
    }

    @Test
    public void what_is_typed_into_a_form_that_waits_stays_when_it_was_sent() {
        said.say("PUT " + NEEDS, 200, "{\"screens\": true, \"next\": \"Thank you. We pass this on.\"}", "\"n2\"");
        try (var c = Phone.open(NeedsScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.needs_other, "A ramp");
            app().slow();
            Phone.press(c.get(), R.string.save);
            Phone.type(c.get(), R.string.needs_other, "A ramp and a lift");
            app().goOn();
            contains(c.get(), "A ramp and a lift");
            contains(c.get(), "Thank you. We pass this on.");
            Phone.press(c.get(), R.string.save);
            assertTrue(last("PUT " + NEEDS), last("PUT " + NEEDS).startsWith("\"n2\" ") && last("PUT " + NEEDS).contains("a lift"));
        }
    }

    @Test
    public void a_reason_that_was_not_sent_is_there_again() {
        said.say("PUT " + ANSWER, 200, "{\"answer\": \"cannot\", \"version\": 1, \"next\": \"Thank you.\"}", "\"h2\"");
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.i_cannot);
            reason().setText("My operation");
            Phone.asked().dismiss();
            Phone.idle();
            Phone.press(c.get(), R.string.i_cannot);
            assertEquals("My operation", reason().getText().toString());
            Phone.agree();
            assertTrue(last("PUT " + ANSWER), last("PUT " + ANSWER).contains("My operation"));
            Phone.press(c.get(), R.string.i_cannot);
            assertEquals("", reason().getText().toString());
        }
        app().core().leave();
        Phone.idle();
        assertFalse(app().core().kept("reason " + ANSWER).isPresent());
    }

    private static android.widget.EditText reason() {
        return Phone.views(Phone.asked().getWindow().getDecorView()).stream().filter(android.widget.EditText.class::isInstance)
                .map(android.widget.EditText.class::cast).findFirst().orElseThrow();
    }
}
