package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.view.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import uk.waymark.client.SignIn;

/**
 * Every screen on its side, on a tablet and from right to left, and when there is nothing, no line or an error to show: nothing is cut
 * off, everything is large enough for a finger, nothing is English on a Welsh screen, and Google's Accessibility Test Framework finds no
 * error.
 */
@RunWith(RobolectricTestRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = 35, application = TestApp.class)
public class LooksTest {
    private static final String UPRIGHT = "w360dp-h780dp-mdpi";
    private Said said;

    @After
    public void end() throws Exception {
        if (said != null) {
            said.server.shutdown();
        }
    }

    private interface Check {
        void check(Screen screen) throws Exception;
    }

    private static List<Class<? extends Screen>> all() {
        List<Class<? extends Screen>> all = new ArrayList<>(List.of(StartScreen.class, SignInScreen.class));
        all.addAll(Screens.ALL);
        return all;
    }

    private void each(String where, Check check) throws Exception {
        for (Class<? extends Screen> screen : all()) {
            Core core = Phone.app().core();
            if (screen == StartScreen.class) {
                core.leave();
            } else if (screen == SignInScreen.class) {
                core.choose(core.forces().get(0));
            } else if (!core.signedIn()) {
                Phone.signIn();
            }
            try (var c = Phone.open(screen, Screens.about(screen))) {
                good(c.get().getWindow().getDecorView(), where + " " + screen.getSimpleName());
                check.check(c.get());
            }
        }
    }

    private static void good(View root, String where) {
        Looks.nothingIsCutOff(root, where);
        Looks.accessible(root, where);
        Looks.forFingers(root, where);
    }

    @Test
    @Config(sdk = {26, 35})
    public void on_its_side() throws Exception {
        RuntimeEnvironment.setQualifiers("en-rGB-w780dp-h360dp-land-mdpi");
        said = new Said().everything("en");
        each("landscape", screen -> {
            View leave = screen.findViewById(R.id.leave);
            assertTrue("the way out is to be seen without scrolling", leave.getTop() >= 0 && leave.getBottom() <= 360);
        });
    }

    @Test
    @Config(sdk = {26, 35})
    public void on_a_tablet() throws Exception {
        RuntimeEnvironment.setQualifiers("en-rGB-sw800dp-w1280dp-h800dp-xlarge-land-mdpi");
        said = new Said().everything("en");
        each("tablet", screen -> assertTrue("lines are no longer than can be read", screen.content().getPaddingLeft() >= 96));
    }

    @Test
    @Config(sdk = {26, 35})
    public void from_right_to_left() throws Exception {
        RuntimeEnvironment.setQualifiers("ar-rXB-ldrtl-" + UPRIGHT);
        said = new Said().everything("en");
        each("right to left", screen -> {
            assertEquals(View.LAYOUT_DIRECTION_RTL, screen.content().getLayoutDirection());
            assertTrue("the way out is on the left", screen.findViewById(R.id.leave).getLeft() < 100);
        });
    }

    @Test
    public void in_large_type_on_a_small_phone() throws Exception {
        RuntimeEnvironment.setQualifiers("cy-rGB-w320dp-h480dp-mdpi");
        RuntimeEnvironment.setFontScale(2);
        said = new Said().everything("cy");
        each("small", screen -> { });
    }

    @Test
    public void what_is_said_with_something_in_its_places_is_known_again() {
        assertTrue(Looks.said("Not sent yet: %1$d").matcher("Not sent yet: 2").find());
        assertTrue("within a sentence", Looks.said("Read on %1$s by us").matcher("Diolch. Read on 4 Mawrth by us.").find());
        assertFalse(Looks.said("%1$s to %2$s").matcher("3 Mai i 5 Mai").find());
        assertFalse("a word within words", Looks.said("Call").matcher("Call center").find());
    }

    @Test
    public void when_there_is_nothing() throws Exception {
        RuntimeEnvironment.setQualifiers("cy-rGB-" + UPRIGHT);
        said = new Said().everything("cy");
        for (String list : new String[] {"GET /v1/me/cases", "GET /v1/me/cases/" + Said.CASE + "/timeline", "GET /v1/me/cases/" + Said.CASE
                + "/hearings", "GET /v1/me/cases/" + Said.CASE + "/call-backs", "GET /v1/me/cases/" + Said.CASE + "/statements?", "GET /v1/me/devices",
                "GET /v1/me/access-log", "GET /v1/me/contact-changes"}) {
            said.say(list, 200, "{\"items\": [], \"next_cursor\": null}");
        }
        each("nothing", screen -> Looks.nothingIsEnglish(screen, "nothing " + screen.getClass().getSimpleName()));
    }

    @Test
    public void when_the_server_cannot() throws Exception {
        RuntimeEnvironment.setQualifiers("cy-rGB-" + UPRIGHT);
        said = new Said();
        for (int status : new int[] {503, 401, 404}) {
            for (Class<? extends Screen> screen : Screens.ALL) {
                said.everything("cy");
                Phone.app().core().leave();
                Phone.signIn();
                said.only(status);
                try (var c = Phone.open(screen, Screens.about(screen))) {
                    good(c.get().getWindow().getDecorView(), status + " " + screen.getSimpleName());
                    Looks.nothingIsEnglish(c.get(), status + " " + screen.getSimpleName());
                }
            }
        }
    }

    @Test
    public void when_there_is_no_line() throws Exception {
        RuntimeEnvironment.setQualifiers("cy-rGB-" + UPRIGHT);
        said = new Said().everything("cy");
        Phone.signIn();
        Phone.app().core().keep(DatesScreen.DISCREET, "false");
        for (Class<? extends Screen> screen : Screens.ALL) {
            Phone.open(screen, Screens.about(screen)).close();
        }
        said.server.shutdown();
        for (Class<? extends Screen> screen : Screens.ALL) {
            try (var c = Phone.open(screen, Screens.about(screen))) {
                good(c.get().getWindow().getDecorView(), "no line " + screen.getSimpleName());
                Looks.nothingIsEnglish(c.get(), "no line " + screen.getSimpleName());
            }
        }
    }

    @Test
    public void when_something_is_wrong_in_a_field_and_when_something_is_asked() throws Exception {
        RuntimeEnvironment.setQualifiers("cy-rGB-" + UPRIGHT);
        RuntimeEnvironment.setFontScale(2);
        said = new Said().everything("cy");
        Phone.signIn();
        try (var c = Phone.open(PinScreen.class, null)) {
            Phone.press(c.get(), R.string.save);
            good(c.get().getWindow().getDecorView(), "pin");
            Looks.nothingIsEnglish(c.get(), "pin");
        }
        for (SignIn.Pin told : SignIn.Pin.values()) {
            try (var c = Phone.open(PinScreen.class, PinScreen.AFTER + told)) {
                good(c.get().getWindow().getDecorView(), "pin " + told);
                Looks.nothingIsEnglish(c.get(), "pin " + told);
            }
        }
        try (var c = Phone.open(SignInScreen.class, null)) {
            Phone.press(c.get(), R.string.on_call);
            Phone.press(c.get(), R.string.sign_in);
            good(c.get().getWindow().getDecorView(), "call");
            Looks.nothingIsEnglish(c.get(), "call");
        }
        try (var c = Phone.open(ContactChangeScreen.class, null)) {
            Phone.press(c.get(), R.string.contact_confirm);
            good(c.get().getWindow().getDecorView(), "code");
            Looks.nothingIsEnglish(c.get(), "code");
        }
        try (var c = Phone.open(SigningScreen.class, Screens.about(SigningScreen.class))) {
            Phone.press(c.get(), R.string.sign_statement);
            good(c.get().getWindow().getDecorView(), "signing");
            Looks.nothingIsEnglish(c.get(), "signing");
        }
        said.say("PUT " + SaidStatements.PATH + SaidStatements.DRAFT, 412, Said.j("{'present': {'text': 'arall', 'language': 'cy'}}"), "\"9\"");
        try (var c = Phone.open(WritingScreen.class, Screens.about(WritingScreen.class))) {
            Phone.type(c.get(), R.string.statement_text, "fy un i");
            Phone.press(c.get(), R.string.save);
            good(c.get().getWindow().getDecorView(), "two texts");
            Looks.nothingIsEnglish(c.get(), "two texts");
        }
        try (var c = Phone.open(ErasureScreen.class, null)) {
            Phone.press(c.get(), R.string.erasure_ask);
            View question = Phone.asked().getWindow().getDecorView();
            Looks.nothingIsCutOff(question, "question");
            Looks.accessible(question, "question");
            Looks.nothingIsEnglish(c.get(), question, "question");
            Phone.agree();
            good(c.get().getWindow().getDecorView(), "erasure asked for");
            Looks.nothingIsEnglish(c.get(), "erasure asked for");
        }
    }
}
