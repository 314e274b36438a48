package uk.waymark.app;

import static org.junit.Assert.assertTrue;

import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.view.View;
import androidx.core.content.res.ResourcesCompat;
import java.io.File;
import java.io.FileOutputStream;
import java.lang.reflect.Field;
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

/**
 * Every screen in both languages, light and dark, in ordinary and double type: nothing is cut off, nothing is English on a Welsh
 * screen, and Google's Accessibility Test Framework finds no error. Each screen is drawn on one sheet, to be looked at.
 */
@RunWith(RobolectricTestRunner.class)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
@Config(sdk = 35, application = TestApp.class)
public class ScreenshotsTest {
    private static final int WIDE = 360;
    private static final int HIGH = 780;

    @Test
    public void every_screen_can_be_read() throws Exception {
        List<Class<? extends Screen>> screens = new ArrayList<>(List.of(StartScreen.class, SignInScreen.class));
        screens.addAll(Screens.ALL);
        for (Class<? extends Screen> screen : screens) {
            Bitmap sheet = Bitmap.createBitmap(WIDE * 4, HIGH * 2, Bitmap.Config.ARGB_8888);
            int at = 0;
            for (String language : new String[] {"en", "cy"}) {
                for (String night : new String[] {"notnight", "night"}) {
                    for (float type : new float[] {1, 2}) {
                        Bitmap one = draw(screen, language, night, type);
                        new Canvas(sheet).drawBitmap(one, WIDE * (at % 4), HIGH * (at / 4), null);
                        at++;
                    }
                }
            }
            File file = new File(System.getProperty("screenshots"), screen.getSimpleName().replace("Screen", "").toLowerCase(Locale.ROOT) + ".webp");
            assertTrue(file.getParentFile().isDirectory() || file.getParentFile().mkdirs());
            try (FileOutputStream out = new FileOutputStream(file)) {
                assertTrue(sheet.compress(Bitmap.CompressFormat.WEBP_LOSSY, 70, out));
            }
        }
    }

    private Bitmap draw(Class<? extends Screen> screen, String language, String night, float type) throws Exception {
        RuntimeEnvironment.setQualifiers(language + "-rGB-w" + WIDE + "dp-h" + HIGH + "dp-" + night + "-mdpi");
        RuntimeEnvironment.setFontScale(type);
        forgetColours();
        Said said = new Said().everything(language);
        Phone.app().core().leave();
        boolean before = screen == StartScreen.class;
        if (!before) {
            if (screen == SignInScreen.class) {
                Phone.app().core().choose(Phone.app().core().forces().get(0));
            } else {
                Phone.signIn();
            }
        }
        if (screen == UnsentScreen.class) {
            Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
        }
        try (var c = Phone.open(screen, Screens.about(screen))) {
            String where = screen.getSimpleName() + " " + language + " " + night + " " + type;
            View root = c.get().getWindow().getDecorView();
            Looks.nothingIsCutOff(root, where);
            if (language.equals("cy")) {
                Looks.nothingIsEnglish(c.get(), where);
            }
            Looks.accessible(root, where);
            Bitmap bitmap = Bitmap.createBitmap(WIDE, HIGH, Bitmap.Config.ARGB_8888);
            root.draw(new Canvas(bitmap));
            return bitmap;
        } finally {
            said.server.shutdown();
        }
    }

    /** AndroidX keeps colours by the configuration, which Robolectric changes in place: without this, night would have those of day. */
    static void forgetColours() throws Exception {
        Field colours = ResourcesCompat.class.getDeclaredField("sColorStateCaches");
        colours.setAccessible(true);
        ((Map<?, ?>) colours.get(null)).clear();
    }
}
