package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.content.Intent;
import android.net.Uri;
import android.text.InputType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** The PIN, a new number, what lists show, the file of one's information, and asking for erasure. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class AccountTest {
    private static final Uri PLACE = Uri.parse("content://somewhere/file.zip");
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

    @Test
    public void a_pin_is_typed_twice_and_never_shown() {
        try (var c = Phone.open(PinScreen.class, null)) {
            Phone.type(c.get(), R.string.pin_wanted, "7392");
            Phone.type(c.get(), R.string.pin_again, "7393");
            Phone.press(c.get(), R.string.save);
            assertFalse("two different ones", said.calls.contains("PUT /v1/me/pin"));
            Phone.type(c.get(), R.string.pin_again, "7392");
            assertEquals(InputType.TYPE_CLASS_NUMBER | InputType.TYPE_NUMBER_VARIATION_PASSWORD,
                    Phone.field(c.get(), c.get().getString(R.string.pin_wanted)).getInputType());
            Phone.press(c.get(), R.string.save);
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Saved."));
        }
        assertEquals("{\"pin\":\"7392\"}", said.body("PUT /v1/me/pin"));
        said.say("GET /v1/me", 200, Said.j("{'account_id': '0198c2a4-6b02-7a10-8d44-2f9e1c0b7a01', 'cases': [], 'may': [], 'has_pin': true, "
                + "'language': 'en', 'discreet_mode': false}"));
        said.say("PUT /v1/me/pin", 422, Said.j("{'detail': 'Choose another one.'}"));
        try (var c = Phone.open(PinScreen.class, null)) {
            Phone.type(c.get(), R.string.pin_present, "7392");
            Phone.type(c.get(), R.string.pin_wanted, "1234");
            Phone.type(c.get(), R.string.pin_again, "1234");
            Phone.press(c.get(), R.string.save);
            assertTrue("the server's words", Phone.texts(c.get()).contains("Choose another one."));
            assertEquals("{\"pin\":\"1234\",\"present_pin\":\"7392\"}", said.body("PUT /v1/me/pin"));
            Phone.press(c.get(), R.string.pin_remove);
            assertFalse(said.calls.contains("DELETE /v1/me/pin"));
            Phone.agree();
            assertTrue(said.calls.contains("DELETE /v1/me/pin"));
        }
    }

    @Test
    public void a_new_number_is_asked_for_once_and_confirmed_with_its_code() throws Exception {
        said.say("POST /v1/me/contact-changes", 503, Said.j("{'detail': 'Busy.'}"));
        try (var c = Phone.open(ContactChangeScreen.class, null)) {
            Phone.type(c.get(), R.string.contact_mobile, "07700 900124");
            Phone.press(c.get(), R.string.contact_send_code);
            assertTrue(Phone.texts(c.get()).contains("Busy."));
            SaidAccount.say(said, "en");
            Phone.press(c.get(), R.string.contact_send_code);
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("We have received this and will check it."));
            int first = said.calls.indexOf("POST /v1/me/contact-changes");
            int second = said.calls.lastIndexOf("POST /v1/me/contact-changes");
            assertNotEquals(first, second);
            assertEquals("the same change", said.headers.get(first).get("Idempotency-Key"), said.headers.get(second).get("Idempotency-Key"));
            assertEquals("{\"mobile\":\"07700 900124\",\"sign_out_other_devices\":true}", said.bodies.get(second));
            assertFalse("what was entered is not shown again", Phone.texts(c.get()).contains("900124"));
            Phone.type(c.get(), R.string.contact_code, "123456");
            Phone.press(c.get(), R.string.contact_confirm);
            assertTrue(Phone.texts(c.get()).contains("Thank you. We will check this."));
            Phone.press(c.get(), R.string.take_back);
        }
        assertEquals("{\"code\":\"123456\"}", said.body("POST /v1/me/contact-changes/" + SaidAccount.CHANGE + "/confirmation"));
        assertTrue(said.calls.contains("DELETE /v1/me/contact-changes/" + SaidAccount.CHANGE));
    }

    @Test
    public void an_address_has_its_own_field() {
        try (var c = Phone.open(ContactChangeScreen.class, null)) {
            Phone.choose(c.get(), R.string.kind_postal);
            Phone.type(c.get(), R.string.contact_postal, "Jo Marsh\n1 Example Street\nNM1 2AB");
            Phone.press(c.get(), R.string.contact_send_code);
        }
        assertEquals("{\"postal_address\":\"Jo Marsh\\n1 Example Street\\nNM1 2AB\"}", said.body("POST /v1/me/contact-changes"));
    }

    @Test
    public void lists_show_less_at_once_and_the_screen_does_not_tell() throws Exception {
        Phone.open(DevicesScreen.class, null).close();
        String before;
        try (var c = Phone.open(ActivityScreen.class, null)) {
            before = Phone.texts(c.get());
            Phone.press(c.get(), R.string.activity_hide);
        }
        assertEquals("{\"hidden\":true}", said.body("PUT /v1/me/activity"));
        try (var c = Phone.open(ActivityScreen.class, null)) {
            assertEquals(before, Phone.texts(c.get()));
        }
        assertFalse("whether it is so is not asked", said.calls.contains("GET /v1/me/activity"));
        said.server.shutdown();
        try (var c = Phone.open(DevicesScreen.class, null)) {
            assertFalse("nor is the old list shown", Phone.texts(c.get()).contains("Galaxy A15"));
        }
    }

    @Test
    public void the_file_goes_only_where_the_person_puts_it_and_they_are_told_first() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var c = Phone.open(ExportScreen.class, null)) {
            Shadows.shadowOf(c.get().getContentResolver()).registerOutputStream(PLACE, out);
            Phone.press(c.get(), R.string.export_get);
            assertFalse(said.calls.contains("GET /v1/me/export"));
            Phone.agree();
            Intent where = Shadows.shadowOf(c.get()).getNextStartedActivityForResult().intent;
            assertEquals(Intent.ACTION_CREATE_DOCUMENT, where.getAction());
            assertEquals("its name tells nothing", "file.zip", where.getStringExtra(Intent.EXTRA_TITLE));
            Shadows.shadowOf(c.get()).receiveResult(where, Activity.RESULT_OK, new Intent().setData(PLACE));
            Phone.idle();
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("The file is there now."));
        }
        assertEquals("PK and so on", out.toString());
    }

    @Test
    public void who_may_not_have_the_file_is_told_why() {
        said.say("GET /v1/me/export", 409, Said.j("{'detail': 'Your team arranges a safe way with you.'}"));
        try (var c = Phone.open(ExportScreen.class, null)) {
            Phone.press(c.get(), R.string.export_get);
            Phone.agree();
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Your team arranges a safe way with you."));
        }
    }

    @Test
    public void erasure_says_what_goes_and_what_stays() {
        try (var c = Phone.open(ErasureScreen.class, null)) {
            Phone.press(c.get(), R.string.erasure_ask);
            assertFalse(said.calls.contains("POST /v1/me/erasure-requests"));
            Phone.agree();
            String texts = Phone.texts(c.get());
            assertTrue(texts, texts.contains("Your sign-in ends at once.") && texts.contains("It is needed for a task under the law."));
        }
        assertEquals(1, said.calls.stream().filter(List.of("POST /v1/me/erasure-requests")::contains).count());
    }

    @Test
    public void an_old_sign_in_leads_to_a_new_code() {
        said.say("PUT /v1/me/pin", 401, "");
        said.fresh("PUT /v1/me/pin");
        try (var c = Phone.open(PinScreen.class, null)) {
            Phone.type(c.get(), R.string.pin_wanted, "7392");
            Phone.type(c.get(), R.string.pin_again, "7392");
            Phone.press(c.get(), R.string.save);
            assertEquals("again", Shadows.shadowOf(c.get()).getNextStartedActivity().getStringExtra("about"));
            c.pause().stop().restart().resume();
            assertEquals("what was typed is there", "7392", Phone.field(c.get(), c.get().getString(R.string.pin_wanted)).getText().toString());
        }
    }
}
