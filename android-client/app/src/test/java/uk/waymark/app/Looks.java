package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import android.content.res.Configuration;
import android.text.Layout;
import android.view.View;
import android.widget.TextView;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityCheckPreset;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityCheckResult.AccessibilityCheckResultType;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityHierarchyCheck;
import com.google.android.apps.common.testing.accessibility.framework.AccessibilityHierarchyCheckResult;
import com.google.android.apps.common.testing.accessibility.framework.strings.StringManager;
import com.google.android.apps.common.testing.accessibility.framework.uielement.AccessibilityHierarchyAndroid;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to be so of everything that is on a screen. */
final class Looks {
    static final int FINGER = 48; // dp

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

    static {
        StringManager.setResourceBundleProvider(locale -> KEYS);
    }

    private Looks() {}

    /** Whatever can be touched is as large as a finger needs. */
    static void forFingers(View root, String where) {
        float density = root.getResources().getDisplayMetrics().density;
        for (View view : Phone.views(root)) {
            if (view.isClickable() && view.isShown() && view.isEnabled()) {
                String what = where + ": " + (view instanceof TextView text ? text.getText() : view.getClass().getSimpleName());
                assertTrue(what + " is " + view.getWidth() + " by " + view.getHeight(),
                        view.getWidth() >= FINGER * density - 1 && view.getHeight() >= FINGER * density - 1);
            }
        }
    }

    static void nothingIsCutOff(View root, String where) {
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
    static void nothingIsEnglish(Screen screen, String where) throws Exception {
        nothingIsEnglish(screen, screen.getWindow().getDecorView(), where);
    }

    /** @param root what is looked at: the screen, or a question in front of it */
    static void nothingIsEnglish(Screen screen, View root, String where) throws Exception {
        Configuration english = new Configuration(screen.getResources().getConfiguration());
        english.setLocale(Locale.ENGLISH);
        var resources = screen.createConfigurationContext(english).getResources();
        Map<String, Pattern> words = new TreeMap<>();
        for (Field field : R.string.class.getFields()) {
            int id = field.getInt(null);
            if (field.getName().equals("language_other") || field.getName().equals("english")) {
                continue; // each language is called as its own speakers call it
            }
            if (!resources.getString(id).equals(screen.getString(id)) && !screen.getString(id).isEmpty()) {
                words.put(field.getName(), said(resources.getString(id)));
            }
        }
        for (View view : Phone.views(root)) {
            if (!view.isShown()) {
                continue;
            }
            List<CharSequence> said = new ArrayList<>(Arrays.asList(view.getContentDescription()));
            if (view instanceof TextView text) {
                said.addAll(Arrays.asList(text.getText(), text.getHint(), text.getError()));
            }
            for (CharSequence text : said) {
                for (String line : text == null ? List.<String>of() : lines(text.toString())) {
                    words.forEach((name, word) -> assertFalse(where + ": " + name + ": " + line, word.matcher(line).find()));
                }
            }
        }
    }

    /** The whole, which may be of several lines, and each line of it. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text));
        lines.addAll(text.lines().toList());
        return lines;
    }

    /** How this text looks with something in its places: anywhere, or the whole of what is shown where it is a word or two. */
    static Pattern said(String text) {
        StringBuilder pattern = new StringBuilder();
        Matcher place = Pattern.compile("%(?:\\d+\\$)?[sd]").matcher(text);
        int from = 0;
        while (place.find()) {
            pattern.append(Pattern.quote(text.substring(from, place.start()))).append(".+");
            from = place.end();
        }
        pattern.append(Pattern.quote(text.substring(from)));
        boolean few = text.replaceAll("%(?:\\d+\\$)?[sd]", " ").strip().split("\\s+").length < 3;
        return Pattern.compile(few ? "^" + pattern + "$" : "(?<!\\p{L})" + pattern + "(?!\\p{L})", Pattern.DOTALL);
    }

    static void accessible(View root, String where) {
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
