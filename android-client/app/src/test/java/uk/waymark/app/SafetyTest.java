package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.app.Activity;
import android.app.KeyguardManager;
import android.app.NotificationManager;
import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.hardware.Sensor;
import android.hardware.SensorEvent;
import android.hardware.SensorManager;
import android.hardware.biometrics.BiometricManager;
import android.net.Uri;
import android.os.Build;
import android.provider.CalendarContract;
import android.view.View;
import android.view.WindowManager;
import androidx.work.WorkInfo;
import androidx.work.WorkManager;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.SensorEventBuilder;
import org.robolectric.shadows.ShadowBiometricManager;
import org.robolectric.shadows.ShadowBiometricPrompt;
import org.robolectric.shadows.ShadowSensor;
import org.robolectric.shadows.ShadowSystemClock;

/** What keeps somebody safe whose phone others hold. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class SafetyTest {
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

    private static boolean seen(Screen screen) {
        return screen.findViewById(R.id.screen).getVisibility() == View.VISIBLE;
    }

    private static List<String> kept() {
        String[] names = new File(Phone.app().getNoBackupFilesDir(), "kept").list();
        return names == null ? List.of() : List.of(names);
    }

    /** Lets the phone say that it is its owner. */
    private static void unlock(Screen screen) {
        if (Build.VERSION.SDK_INT >= 30) {
            ShadowBiometricPrompt.authenticateCurrentSessionSuccessfully();
        } else {
            Intent asked = Shadows.shadowOf(screen).getNextStartedActivityForResult().intent;
            assertEquals("android.app.action.CONFIRM_DEVICE_CREDENTIAL", asked.getAction());
            Shadows.shadowOf(screen).receiveResult(asked, Activity.RESULT_OK, null);
        }
        Phone.idle();
    }

    @Test
    public void the_lock_asks_again_after_half_a_minute_away_and_shows_nothing_until_then() {
        phoneHasLock(true);
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.choose(c.get(), R.string.lock);
            assertTrue(Phone.texts(c.get()), Lock.chosen(Phone.app().core()));
        }
        try (var c = Phone.open(MoreScreen.class, null)) {
            c.pause().stop();
            ShadowSystemClock.advanceBy(Duration.ofSeconds(29));
            c.restart().resume();
            assertTrue("somebody looked something up", seen(c.get()));
            Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
            Phone.press(c.get(), R.string.sign_out);
            assertNotNull(Phone.asked());
            View question = Phone.asked().getWindow().getDecorView();
            c.pause().stop();
            ShadowSystemClock.advanceBy(Duration.ofSeconds(31));
            c.restart().resume();
            Phone.idle();
            assertFalse(seen(c.get()));
            assertEquals("nor what it asked", View.INVISIBLE, question.getVisibility());
            var late = new Question(c.get()).setMessage("asked by work that took long").show();
            assertEquals("nor what comes later", View.INVISIBLE, late.getWindow().getDecorView().getVisibility());
            unlock(c.get());
            assertTrue(seen(c.get()));
            assertEquals(View.VISIBLE, question.getVisibility());
            assertEquals(View.VISIBLE, late.getWindow().getDecorView().getVisibility());
            ShadowSystemClock.advanceBy(Duration.ofMinutes(5));
            try (var next = Phone.open(AccountScreen.class, null)) {
                assertTrue("going on within the app is not leaving", seen(next.get()));
            }
        }
    }

    private static void phoneHasLock(boolean has) {
        Shadows.shadowOf(Phone.app().getSystemService(KeyguardManager.class)).setIsDeviceSecure(has);
        if (Build.VERSION.SDK_INT >= 30) {
            ShadowBiometricManager phone = Shadow.extract(Phone.app().getSystemService(BiometricManager.class));
            phone.setCanAuthenticate(has);
            phone.setAuthenticatorType(has ? BiometricManager.Authenticators.DEVICE_CREDENTIAL : 0);
        }
    }

    @Test
    public void without_a_lock_of_the_phone_there_is_none_of_the_app_and_it_says_so() {
        phoneHasLock(false);
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.choose(c.get(), R.string.lock);
            assertFalse(Lock.chosen(Phone.app().core()));
            assertTrue(Phone.texts(c.get()).contains(c.get().getString(R.string.lock_none)));
        }
    }

    @Test
    public void the_app_can_be_called_notes_and_has_one_name_at_a_time() throws Exception {
        assertEquals(List.of("Waymark"), names());
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.choose(c.get(), R.string.discreet_icon);
            assertEquals(List.of("Notes"), names());
        }
        PackageManager phone = Phone.app().getPackageManager();
        int icon = phone.getActivityInfo(alias("DiscreetIcon"), PackageManager.MATCH_DISABLED_COMPONENTS).icon;
        assertEquals(R.mipmap.ic_discreet, icon);
        Phone.app().core().leave();
        assertEquals("also after leaving", List.of("Notes"), names());
        Phone.signIn();
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.choose(c.get(), R.string.discreet_icon);
        }
        assertEquals(List.of("Waymark"), names());
    }

    private static ComponentName alias(String name) {
        return new ComponentName(Phone.app(), "uk.waymark.app." + name);
    }

    /** Under which names it is among the phone's apps. */
    private static List<String> names() throws Exception {
        PackageManager phone = Phone.app().getPackageManager();
        List<String> names = new ArrayList<>();
        for (String name : new String[] {"WaymarkIcon", "DiscreetIcon"}) {
            int setting = phone.getComponentEnabledSetting(alias(name));
            var info = phone.getActivityInfo(alias(name), PackageManager.MATCH_DISABLED_COMPONENTS);
            if (setting == PackageManager.COMPONENT_ENABLED_STATE_ENABLED
                    || setting == PackageManager.COMPONENT_ENABLED_STATE_DEFAULT && info.enabled) {
                names.add(info.loadLabel(phone).toString());
            }
        }
        return names;
    }

    @Test
    public void nothing_of_any_screen_or_question_is_in_a_screenshot_or_the_list_of_recent_apps() throws Exception {
        for (Class<? extends Screen> screen : Screens.ALL) {
            try (var c = Phone.open(screen, Screens.about(screen))) {
                assertSecret(screen.getSimpleName(), c.get().getWindow().getAttributes().flags);
            }
        }
        try (var c = Phone.open(ErasureScreen.class, null)) {
            Phone.press(c.get(), R.string.erasure_ask);
            assertSecret("a question", Phone.asked().getWindow().getAttributes().flags);
        }
        try (var c = Phone.open(SignInScreen.class, "again")) {
            assertSecret("sign-in", c.get().getWindow().getAttributes().flags);
        }
        Phone.app().core().leave();
        try (var c = Phone.open(StartScreen.class, null)) {
            assertSecret("start", c.get().getWindow().getAttributes().flags);
        }
    }

    private static void assertSecret(String what, int flags) {
        assertNotEquals(what, 0, flags & WindowManager.LayoutParams.FLAG_SECURE);
    }

    /** A window of its own is not covered by that of its screen: whatever opens one has to be {@link Question}. */
    @Test
    public void every_question_is_one_that_is_kept_from_screenshots() throws Exception {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(p -> p.toString().endsWith(".java") && !p.endsWith("Question.java")).toList()) {
                String text = Files.readString(source);
                for (String window : new String[] {"MaterialAlertDialogBuilder", "AlertDialog.Builder", "new Dialog(", "PopupWindow", "BottomSheetDialog",
                    "PopupMenu", "DatePickerDialog", "TimePickerDialog", "MaterialDatePicker", "MaterialTimePicker"}) {
                    assertFalse(source + " opens a " + window, text.contains(window));
                }
            }
        }
    }

    @Test
    public void the_calendar_is_told_of_an_appointment_and_of_nothing_else() {
        Phone.app().core().keep(DatesScreen.DISCREET, "false");
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.to_calendar);
            Intent calendar = Shadows.shadowOf(c.get()).getNextStartedActivity();
            assertEquals(Intent.ACTION_INSERT, calendar.getAction());
            assertEquals(CalendarContract.Events.CONTENT_URI, calendar.getData());
            assertEquals("Appointment", calendar.getStringExtra(CalendarContract.Events.TITLE));
            assertEquals(Instant.parse("2027-03-30T09:00:00Z").toEpochMilli(), calendar.getLongExtra(CalendarContract.EXTRA_EVENT_BEGIN_TIME, 0));
            assertEquals("neither where nor what", 2, calendar.getExtras().size());
        }
    }

    @Test
    public void in_discreet_mode_or_where_that_is_not_known_the_calendar_is_not_offered() {
        for (String discreet : new String[] {"true", null}) {
            if (discreet == null) {
                Phone.app().core().drop(DatesScreen.DISCREET);
            } else {
                Phone.app().core().keep(DatesScreen.DISCREET, discreet);
            }
            try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
                assertTrue(Phone.texts(c.get()).contains("Northmoor Crown Court"));
                assertFalse(Phone.texts(c.get()).contains(c.get().getString(R.string.to_calendar)));
            }
        }
    }

    @Test
    public void the_way_there_is_asked_for_by_its_address_only() {
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.travel);
            Intent map = Shadows.shadowOf(c.get()).getNextStartedActivity();
            assertEquals(Intent.ACTION_VIEW, map.getAction());
            assertEquals(Uri.parse("geo:0,0?q=" + Uri.encode("1 Example Street, Northmoor")), map.getData());
            assertNull(map.getExtras());
        }
    }

    @Test
    public void shaking_the_phone_leaves_on_every_screen() throws Exception {
        SensorManager sensors = Phone.app().getSystemService(SensorManager.class);
        Sensor sensor = ShadowSensor.newInstance(Sensor.TYPE_ACCELEROMETER);
        Shadows.shadowOf(sensors).addSensor(sensor);
        for (Class<? extends Screen> screen : Screens.ALL) {
            Phone.signIn();
            try (var c = Phone.open(screen, Screens.about(screen))) {
                for (int i = 1; i <= 3; i++) {
                    SensorEvent move = SensorEventBuilder.newBuilder().setSensor(sensor).setTimestamp(i * 200_000_000L)
                            .setValues(new float[] {0, i % 2 == 0 ? -30 : 30, 0}).build();
                    Shadows.shadowOf(c.get().getSystemService(SensorManager.class)).sendSensorEventToListeners(move);
                }
                Phone.idle();
                assertTrue(screen.getSimpleName(), c.get().isFinishing());
                assertEquals(screen.getSimpleName(), List.of(), kept());
            }
        }
    }

    @Test
    public void signing_out_takes_everything_and_tells_the_server() throws Exception {
        everythingThere();
        try (var c = Phone.open(MoreScreen.class, null)) {
            Phone.press(c.get(), R.string.sign_out);
            assertNotNull("something is unsent", Phone.asked());
            Phone.asked().getButton(android.content.DialogInterface.BUTTON_NEGATIVE).performClick();
            Phone.idle();
        }
        assertNothingThere();
        assertTrue(said.calls.contains("POST /v1/exit"));
    }

    @Test
    public void pausing_takes_everything() throws Exception {
        everythingThere();
        said.say("POST /v1/me/contact-preferences/pause", 204, "");
        try (var c = Phone.open(ContactScreen.class, null)) {
            Phone.press(c.get(), R.string.pause);
            Phone.agree();
        }
        assertNothingThere();
    }

    @Test
    public void the_button_takes_everything_also_without_a_line() throws Exception {
        everythingThere();
        said.server.shutdown();
        try (var c = Phone.open(CasesScreen.class, null)) {
            c.get().findViewById(R.id.leave).performClick();
        }
        assertNothingThere();
    }

    @Test
    public void a_week_without_anybody_takes_everything() throws Exception {
        everythingThere();
        Phone.app().core().expire();
        assertFalse("not before", kept().isEmpty());
        Phone.app().core().keep("used", Long.toString(Instant.now().minus(Core.KEPT).minusSeconds(60).getEpochSecond()));
        Phone.app().core().expire();
        assertNothingThere();
    }

    private void everythingThere() throws Exception {
        if (Build.VERSION.SDK_INT >= 33) {
            Shadows.shadowOf(Phone.app()).grantPermissions(Manifest.permission.POST_NOTIFICATIONS);
        }
        Push.start(Phone.app());
        Phone.open(CasesScreen.class, null).close();
        Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
        News.show(Phone.app());
        assertEquals(1, Shadows.shadowOf(Phone.app().getSystemService(NotificationManager.class)).size());
        assertTrue(kept().size() >= 4);
    }

    private static void assertNothingThere() throws Exception {
        assertEquals(List.of(), kept());
        assertTrue(Phone.app().core().now().isEmpty());
        assertEquals(0, Shadows.shadowOf(Phone.app().getSystemService(NotificationManager.class)).size());
        for (String work : new String[] {"send", "look"}) {
            for (WorkInfo info : WorkManager.getInstance(Phone.app()).getWorkInfosForUniqueWork(work).get()) {
                assertTrue(work + " " + info.getState(), info.getState().isFinished());
            }
        }
        File[] preferences = new File(Phone.app().getDataDir(), "shared_prefs").listFiles();
        for (File file : preferences == null ? new File[0] : preferences) {
            assertFalse(file.getName(), Files.readString(file.toPath()).contains("northshire"));
        }
    }
}
