package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.graphics.Color;
import android.view.View;
import androidx.core.content.res.ResourcesCompat;
import java.io.File;
import java.io.FileOutputStream;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.shadows.ShadowDialog;
import org.robolectric.shadows.ShadowSystemClock;

/**
 * Every screen from its top to its end, and what comes of using it, in both languages, light and dark, in ordinary and double type:
 * nothing is cut off, nothing is English on a Welsh screen, and Google's Accessibility Test Framework finds no error. Each is drawn on one
 * sheet, to be looked at.
 */
@RunWith(RobolectricTestRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = 35, application = TestApp.class)
public class ScreenshotsTest {
    private static final int WIDE = 360;
    private static final int HIGH = 780;
    private static final int BETWEEN = 8;
    private static final String ANSWER = "/v1/me/hearings/" + Said.DATE + "/attendance";

    private interface Before {
        void happens(Said said) throws Exception;
    }

    private interface Then {
        void does(Screen screen) throws Exception;
    }

    /**
     * @param before what happened before the screen is opened
     * @param then what the person does on it
     */
    private record Look(String name, Class<? extends Screen> screen, Before before, Then then) {}

    private static List<Look> looks() {
        List<Look> looks = new ArrayList<>();
        looks.add(look(StartScreen.class, said -> { }));
        looks.add(look(SignInScreen.class, said -> Phone.app().core().choose(Phone.app().core().forces().get(0))));
        for (Class<? extends Screen> screen : Screens.ALL) {
            looks.add(look(screen, said -> {
                Phone.signIn();
                if (screen == UnsentScreen.class) {
                    Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
                }
            }));
        }
        looks.add(new Look("signin-code", SignInScreen.class, said -> Phone.app().core().choose(Phone.app().core().forces().get(0)), screen -> {
            Phone.type(screen, R.string.invitation_code, "K7QM-4TRW-9XHD");
            Phone.type(screen, R.string.reference, "NS/20417/27");
            Phone.type(screen, R.string.mobile, "07700 900123");
            Phone.press(screen, R.string.send_code);
        }));
        looks.add(new Look("signin-call", SignInScreen.class, said -> Phone.app().core().choose(Phone.app().core().forces().get(0)),
                screen -> Phone.press(screen, R.string.on_call)));
        looks.add(new Look("cases-pin", CasesScreen.class, said -> {
            Phone.signIn();
            said.say("GET /v1/me", 200, Said.j("{'account_id': '0198c2a4-6b02-7a10-8d44-2f9e1c0b7a01', 'cases': [], 'may': [], 'has_pin': false, "
                    + "'pin_needed': true, 'language': '" + Core.language(Phone.app()) + "', 'discreet_mode': false}"));
        }, screen -> { }));
        looks.add(new Look("pin-wrong", PinScreen.class, said -> Phone.signIn(), screen -> Phone.press(screen, R.string.save)));
        looks.add(new Look("needs-conflict", NeedsScreen.class, said -> {
            Phone.signIn();
            said.say("PUT /v1/me/cases/" + Said.CASE + "/needs", 412, "{}");
        }, screen -> {
            Phone.choose(screen, R.string.need_live_link);
            Phone.press(screen, R.string.save);
        }));
        looks.add(new Look("dates-conflict", DatesScreen.class, said -> {
            Phone.signIn();
            said.say("PUT " + ANSWER, 412, "{}").say("GET " + ANSWER, 200,
                    "{\"version\": 2, \"answer\": \"cannot\", \"answered_at\": \"2027-03-06T09:00:00Z\", \"by_staff\": true}", "\"h9\"");
        }, screen -> Phone.press(screen, R.string.i_can)));
        looks.add(new Look("writing-conflict", WritingScreen.class, said -> {
            Phone.signIn();
            boolean cy = Core.language(Phone.app()).equals("cy");
            said.say("PUT " + SaidStatements.PATH + SaidStatements.DRAFT, 412, Said.j("{'present': {'text': '" + (cy ? "Ysgrifennais hyn ar ffôn arall."
                    : "I wrote this on another phone.") + "', 'language': '" + (cy ? "cy" : "en") + "'}}"), "\"9\"");
        }, screen -> {
            Phone.type(screen, R.string.statement_text, screen.language().equals("cy") ? "Ysgrifennais hyn yma." : "I wrote this here.");
            Phone.press(screen, R.string.save);
        }));
        looks.add(new Look("erasure-question", ErasureScreen.class, said -> Phone.signIn(), screen -> Phone.press(screen, R.string.erasure_ask)));
        looks.add(new Look("lock", MoreScreen.class, said -> { // there is to be nothing to see
            Phone.signIn();
            Lock.choose(Phone.app().core());
            ShadowSystemClock.advanceBy(Duration.ofMinutes(5));
        }, s -> assertEquals(View.INVISIBLE, s.findViewById(R.id.screen).getVisibility())));
        for (Class<? extends Screen> screen : List.<Class<? extends Screen>>of(CaseScreen.class, DatesScreen.class, MessagesScreen.class)) {
            looks.add(new Look(name(screen) + "-noline", screen, said -> {
                Phone.signIn();
                Phone.app().core().keep(DatesScreen.DISCREET, "false");
                Phone.open(screen, Screens.about(screen)).close();
                Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
                said.server.shutdown();
            }, s -> { }));
        }
        return looks;
    }

    private static Look look(Class<? extends Screen> screen, Before before) {
        return new Look(name(screen), screen, before, s -> { });
    }

    private static String name(Class<? extends Screen> screen) {
        return screen.getSimpleName().replace("Screen", "").toLowerCase(Locale.ROOT);
    }

    @Test
    public void every_screen_can_be_read() throws Exception {
        String only = System.getProperty("screens.only", "");
        List<Throwable> wrong = new ArrayList<>();
        for (Look look : looks()) {
            if (!only.isEmpty() && !List.of(only.split(",")).contains(look.name())) {
                continue;
            }
            List<Bitmap> all = new ArrayList<>();
            for (String language : new String[] {"en", "cy"}) {
                for (String night : new String[] {"notnight", "night"}) {
                    for (float type : new float[] {1, 2}) {
                        all.add(draw(look, language, night, type, wrong));
                    }
                }
            }
            File file = new File(System.getProperty("screenshots"), look.name() + ".webp");
            assertTrue(file.getParentFile().isDirectory() || file.getParentFile().mkdirs());
            try (FileOutputStream out = new FileOutputStream(file)) {
                assertTrue(sheet(all).compress(Bitmap.CompressFormat.WEBP_LOSSY, 36, out));
            }
        }
        assertEquals(List.of(), wrong); // all are drawn before it: what is wrong is to be seen
    }

    /** Four in a row, each row as high as its highest. */
    private static Bitmap sheet(List<Bitmap> all) {
        int high = 0;
        for (int row = 0; row < all.size(); row += 4) {
            high += BETWEEN + all.subList(row, row + 4).stream().mapToInt(Bitmap::getHeight).max().getAsInt();
        }
        Bitmap sheet = Bitmap.createBitmap((WIDE + BETWEEN) * 4, high, Bitmap.Config.ARGB_8888);
        sheet.eraseColor(Color.GRAY);
        Canvas canvas = new Canvas(sheet);
        int top = 0;
        for (int row = 0; row < all.size(); row += 4) {
            for (int i = row; i < row + 4; i++) {
                canvas.drawBitmap(all.get(i), (WIDE + BETWEEN) * (i - row), top, null);
            }
            top += BETWEEN + all.subList(row, row + 4).stream().mapToInt(Bitmap::getHeight).max().getAsInt();
        }
        return sheet;
    }

    private Bitmap draw(Look look, String language, String night, float type, List<Throwable> wrong) throws Exception {
        RuntimeEnvironment.setQualifiers(language + "-rGB-w" + WIDE + "dp-h" + HIGH + "dp-" + night + "-mdpi");
        RuntimeEnvironment.setFontScale(type);
        forgetColours();
        Said said = new Said().everything(language);
        Phone.app().core().leave();
        ShadowDialog.reset();
        look.before().happens(said);
        try (var c = Phone.open(look.screen(), Screens.about(look.screen()))) {
            String where = look.name() + " " + language + " " + night + " " + type;
            View root = c.get().getWindow().getDecorView();
            look.then().does(c.get());
            View question = Phone.asked() == null ? null : Phone.asked().getWindow().getDecorView();
            try {
                Looks.nothingIsCutOff(root, where);
                Looks.accessible(root, where);
                if (question != null) {
                    Looks.nothingIsCutOff(question, where);
                    Looks.accessible(question, where);
                }
                if (language.equals("cy")) {
                    Looks.nothingIsEnglish(c.get(), where);
                    Looks.nothingIsEnglish(c.get(), question == null ? root : question, where);
                }
            } catch (AssertionError e) {
                wrong.add(e);
            }
            return picture(c.get(), root, question);
        } finally {
            said.server.shutdown();
        }
    }

    /** The whole of it, as if the phone were as high as what there is to read; a question stands in front. */
    private static Bitmap picture(Screen screen, View root, View question) {
        View content = screen.content();
        View window = (View) content.getParent();
        int high = question != null ? HIGH : HIGH + Math.max(0, content.getHeight() - window.getHeight());
        root.measure(View.MeasureSpec.makeMeasureSpec(WIDE, View.MeasureSpec.EXACTLY), View.MeasureSpec.makeMeasureSpec(high, View.MeasureSpec.EXACTLY));
        root.layout(0, 0, WIDE, high);
        Bitmap bitmap = Bitmap.createBitmap(WIDE, high, Bitmap.Config.ARGB_8888);
        Canvas canvas = new Canvas(bitmap);
        root.draw(canvas);
        if (question != null) {
            canvas.drawColor(0x99000000);
            canvas.translate((WIDE - question.getWidth()) / 2f, (high - question.getHeight()) / 2f);
            question.draw(canvas);
        }
        return bitmap;
    }

    /** AndroidX keeps colours by the configuration, which Robolectric changes in place: without this, night would have those of day. */
    static void forgetColours() throws Exception {
        Field colours = ResourcesCompat.class.getDeclaredField("sColorStateCaches");
        colours.setAccessible(true);
        ((Map<?, ?>) colours.get(null)).clear();
    }
}
