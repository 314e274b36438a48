package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.content.res.Configuration;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.text.Layout;
import android.view.View;
import android.widget.TextView;
import androidx.core.content.res.ResourcesCompat;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityCheckPreset;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityCheckResult.AccessibilityCheckResultType;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityHierarchyCheck;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityHierarchyCheckResult;
import com.google.android.apps.common.testing.accessibility.framework.strings.StringManager;
import com.google.android.apps.common.testing.accessibility.framework.uielement.AccessibilityHierarchyAndroid;
import java.io.File;
import java.io.FileOutputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
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

    /** Its texts lie in the library's assets, which a test has not: what it finds is called by its key. */
    private static final ResourceBundle KEYS = new ResourceBundle() {
        @Override
        protected Object handleGetObject(String key) {
            return key;
        }

        @Override
        public Enumeration<String> getKeys() {
            return Collections.emptyEnumeration();
        }
    };

    @Test
    public void every_screen_can_be_read() throws Exception {
        StringManager.setResourceBundleProvider(locale -> KEYS);
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
            nothingIsCutOff(root, where);
            if (language.equals("cy")) {
                nothingIsEnglish(c.get(), where);
            }
            accessible(root, where);
            Bitmap bitmap = Bitmap.createBitmap(WIDE, HIGH, Bitmap.Config.ARGB_8888);
            root.draw(new Canvas(bitmap));
            return bitmap;
        } finally {
            said.server.shutdown();
        }
    }

    /** AndroidX keeps colours by the configuration, which Robolectric changes in place: without this, night would have those of day. */
    private static void forgetColours() throws Exception {
        Field colours = ResourcesCompat.class.getDeclaredField("sColorStateCaches");
        colours.setAccessible(true);
        ((Map<?, ?>) colours.get(null)).clear();
    }

    private static void nothingIsCutOff(View root, String where) {
        for (View view : Phone.views(root)) {
            if (view instanceof TextView text && view.isShown() && text.getLayout() != null && text.length() > 0) {
                Layout layout = text.getLayout();
                for (int i = 0; i < layout.getLineCount(); i++) {
                    assertEquals(where + ": " + text.getText(), 0, layout.getEllipsisCount(i));
                }
                int room = text.getHeight() - text.getCompoundPaddingTop() - text.getCompoundPaddingBottom();
                assertTrue(where + ": " + text.getText() + " needs " + layout.getHeight() + " and has " + room, layout.getHeight() <= room + 1);
            }
        }
    }

    /** No text of the app in English whose Welsh is another, and none of the server's: a test's server speaks Welsh to a Welsh screen. */
    private static void nothingIsEnglish(Screen screen, String where) throws Exception {
        Configuration english = new Configuration(screen.getResources().getConfiguration());
        english.setLocale(Locale.ENGLISH);
        var resources = screen.createConfigurationContext(english).getResources();
        Set<String> words = new HashSet<>();
        for (Field field : R.string.class.getFields()) {
            int id = field.getInt(null);
            if (field.getName().equals("language_other") || field.getName().equals("english")) {
                continue; // each language is called as its own speakers call it
            }
            if (!resources.getString(id).equals(screen.getString(id)) && !screen.getString(id).isEmpty()) {
                words.add(resources.getString(id));
            }
        }
        for (String line : Phone.texts(screen).split("\n")) {
            assertTrue(where + ": " + line, !words.contains(line));
        }
    }

    private static void accessible(View root, String where) {
        AccessibilityHierarchyAndroid hierarchy = AccessibilityHierarchyAndroid.newBuilder(root).build();
        List<String> errors = new ArrayList<>();
        for (AccessibilityHierarchyCheck check : AccessibilityCheckPreset.getAccessibilityHierarchyChecksForPreset(AccessibilityCheckPreset.LATEST)) {
            for (AccessibilityHierarchyCheckResult result : check.runCheckOnHierarchy(hierarchy)) {
                if (result.getType() == AccessibilityCheckResultType.ERROR) {
                    errors.add(check.getClass().getSimpleName() + ": " + result.getMessage(Locale.ENGLISH) + " "
                            + (result.getElement() == null ? "" : result.getElement().getText() + " " + result.getElement().getBoundsInScreen()));
                }
            }
        }
        assertEquals(where, List.of(), errors);
    }
}
