package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.content.Intent;
import android.graphics.Color;
import android.net.Uri;
import android.os.Looper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import uk.waymark.client.Written;

/** Messages with staff, on the oldest Android that the app runs on and on a new one. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "en-rGB-w411dp-h731dp-xhdpi")
public class MessagesTest {
    private static final String PATH = "/v1/me/cases/" + Said.CASE + "/messages";
    private static final Uri CHOSEN = Uri.parse("content://pictures/7");

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

    private long sent(String call) {
        return said.calls.stream().filter(call::equals).count();
    }

    @Test
    public void what_to_know_stands_before_the_first_word_and_what_staff_wrote_is_marked_as_read() {
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            String texts = Phone.texts(c.get());
            for (String first : List.of("This is not for emergencies.", "Staff may have to show what you write.", "Replies usually take about 4 hours.",
                    "Away until Wednesday")) {
                assertTrue(first, texts.contains(first) && texts.indexOf(first) < texts.indexOf("Write your message"));
            }
            contains(c.get(), "Nobody has read this yet.");
            assertEquals(1, sent("POST " + PATH + "/0198c2a4-9000-7c01-9c3d-6e5f4a3b2c03/read"));
        }
    }

    @Test
    public void help_is_rung_with_one_tap_and_closed_with_one_tap_for_good() {
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            contains(c.get(), "If you cannot speak: press 55.");
            contains(c.get(), "Text 999");
            Phone.views(c.get().getWindow().getDecorView()).stream().filter(v -> v instanceof android.widget.Button b
                    && b.getText().toString().equals("Ring 999")).findFirst().orElseThrow().performClick();
            Intent dial = Shadows.shadowOf(c.get()).getNextStartedActivity();
            assertEquals(Intent.ACTION_DIAL, dial.getAction());
            assertEquals(Uri.parse("tel:999"), dial.getData());
            Phone.press(c.get(), R.string.close);
            assertFalse(Phone.texts(c.get()).contains("press 55"));
        }
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            assertFalse("whoever looks next sees nothing of it", Phone.texts(c.get()).contains("press 55"));
        }
    }

    @Test
    public void what_is_written_without_a_line_is_sent_once_and_the_answer_is_shown() throws Exception {
        Phone.open(MessagesScreen.class, Said.CASE).close();
        said.server.shutdown();
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            contains(c.get(), "No connection. This is as it was on");
            Phone.type(c.get(), R.string.message_text, "Can she come in with me?");
            Phone.press(c.get(), R.string.send);
            contains(c.get(), "Can she come in with me?");
            contains(c.get(), "Kept on this phone.");
            assertEquals(1, Phone.app().core().unsent());
        }
        said = new Said().everything("en");
        try (var c = Phone.open(UnsentScreen.class, null)) {
            Phone.press(c.get(), R.string.send);
            contains(c.get(), "Thank you. It is with us.");
        }
        Phone.app().core().now().get().outbox().send();
        assertEquals(1, sent("POST " + PATH));
        assertTrue(said.bodies.contains("{\"body\":\"Can she come in with me?\"}"));
        assertEquals(0, Phone.app().core().unsent());
    }

    @Test
    public void what_is_typed_and_not_sent_is_there_again() {
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.message_text, "Half a sentence");
            c.get().finish();
        }
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            contains(c.get(), "Half a sentence");
            c.get().findViewById(R.id.leave).performClick();
            assertTrue(Phone.app().core().kept("message draft " + Said.CASE).isEmpty());
        }
    }

    @Test
    public void a_photo_goes_first_and_the_message_names_it() {
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            pick(c.get(), Said.png());
            contains(c.get(), "Ready. It goes with your message.");
            Phone.type(c.get(), R.string.message_text, "Here it is.");
            Phone.press(c.get(), R.string.send);
        }
        assertTrue(said.calls.indexOf("POST " + PATH + "/attachments") < said.calls.indexOf("POST " + PATH));
        assertTrue(said.bodies.toString(), said.bodies.contains("{\"body\":\"Here it is.\",\"attachment_ids\":[\"" + Said.PICTURE + "\"]}"));
        assertEquals(0, Phone.app().core().unsent());
    }

    @Test
    public void what_cannot_be_sent_is_said_before_it_leaves_the_phone() {
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            contains(c.get(), "at most 10 MB each, and 5 with one message");
            pick(c.get(), "MZ a program".getBytes());
            contains(c.get(), "Only photos (JPEG, PNG or HEIC) and PDF can be sent.");
            byte[] large = new byte[10 * 1024 * 1024 + 1];
            System.arraycopy("%PDF".getBytes(), 0, large, 0, 4);
            pick(c.get(), large);
            contains(c.get(), "This file is larger than 10 MB.");
            assertEquals(0, sent("POST " + PATH + "/attachments"));
        }
    }

    @Test
    public void a_message_that_is_not_taken_can_be_written_again_from_its_words() {
        said.say("POST " + PATH, 409, "{\"detail\": \"Very much waits already.\"}");
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.message_text, "My words");
            Phone.press(c.get(), R.string.send);
            contains(c.get(), "It was not taken: Very much waits already.");
            Phone.press(c.get(), R.string.write_again);
            contains(c.get(), "My words");
            assertEquals(0, Phone.app().core().now().get().outbox().all().stream().filter(Written::unsent).count());
        }
    }

    @Test
    public void a_file_is_drawn_here_and_kept_nowhere() {
        try (var c = Phone.open(AttachmentScreen.class, Screens.about(AttachmentScreen.class))) {
            contains(c.get(), "It is shown only here");
            assertTrue(Phone.views(c.get().getWindow().getDecorView()).stream().anyMatch(v -> v instanceof android.widget.ImageView i
                    && i.isShown() && "Picture: map.png".contentEquals(String.valueOf(i.getContentDescription()))));
        }
        assertEquals(0, Phone.app().getCacheDir().listFiles().length);
    }

    /** As a camera writes it: nobody reads it here, which on many a phone is so too. */
    private static byte[] heic() {
        byte[] photo = new byte[64];
        System.arraycopy("ftypheic".getBytes(StandardCharsets.US_ASCII), 0, photo, 4, 8);
        return photo;
    }

    @Test
    @GraphicsMode(GraphicsMode.Mode.NATIVE)
    public void a_photo_that_this_phone_cannot_make_into_one_that_is_taken_is_refused_kindly() {
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            pick(c.get(), heic());
            contains(c.get(), "This phone cannot turn this photo into one that we can read.");
            assertEquals(0, Phone.app().core().now().get().outbox().all().size());
        }
    }

    @Test
    @Config(sdk = 35)
    @GraphicsMode(GraphicsMode.Mode.NATIVE)
    public void a_photo_in_another_form_becomes_a_jpeg_of_the_same_picture() throws Exception {
        byte[] jpeg = Heic.jpeg(Said.png(), 10_000_000);
        Drawn was = Drawn.photo(Said.png());
        Drawn is = Drawn.photo(jpeg);
        assertEquals(0xFF, jpeg[0] & 0xFF);
        assertEquals(0xD8, jpeg[1] & 0xFF);
        assertEquals(was.bitmap().getWidth(), is.bitmap().getWidth());
        assertEquals(was.bitmap().getHeight(), is.bitmap().getHeight());
        int middle = was.bitmap().getPixel(30, 20);
        int now = is.bitmap().getPixel(30, 20);
        assertTrue(Integer.toHexString(middle) + " " + Integer.toHexString(now), Math.abs(Color.red(middle) - Color.red(now)) < 16
                && Math.abs(Color.green(middle) - Color.green(now)) < 16 && Math.abs(Color.blue(middle) - Color.blue(now)) < 16);
        assertThrows(IOException.class, () -> Heic.jpeg(heic(), 10_000_000));
    }

    private static void pick(MessagesScreen screen, byte[] file) {
        Shadows.shadowOf(Phone.app().getContentResolver()).registerInputStream(CHOSEN, new ByteArrayInputStream(file));
        screen.picked(CHOSEN);
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }
}
