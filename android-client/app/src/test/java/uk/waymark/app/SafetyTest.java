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
import android.content.pm.ActivityInfo;
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
import androidx.work.Data;
import androidx.work.WorkInfo;
import androidx.work.WorkManager;
import androidx.work.WorkerParameters;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
        List<String> all = new ArrayList<>();
        for (String vault : new String[] {"kept", "seen"}) {
            String[] names = new File(Phone.app().getNoBackupFilesDir(), vault).list();
            all.addAll(names == null ? List.of() : List.of(names));
        }
        return all;
    }

    private static TestApp app() {
        return (TestApp) Phone.app();
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

    /** Settings, the notification, what the system asks and says of a crash: they have the application's name, whatever the icon's is. */
    @Test
    public void nothing_but_its_own_icon_is_called_waymark() throws Exception {
        PackageManager phone = Phone.app().getPackageManager();
        var application = phone.getApplicationInfo(Phone.app().getPackageName(), 0);
        assertEquals("Notes", application.loadLabel(phone).toString());
        assertEquals(R.mipmap.ic_discreet, application.icon);
        var all = phone.getPackageInfo(Phone.app().getPackageName(),
                PackageManager.GET_ACTIVITIES | PackageManager.MATCH_DISABLED_COMPONENTS);
        for (var activity : all.activities) {
            boolean icon = activity.name.endsWith(".WaymarkIcon");
            assertEquals(activity.name, icon, activity.loadLabel(phone).toString().contains("Waymark"));
            assertEquals(activity.name, icon, activity.icon == R.mipmap.ic_launcher);
        }
        for (Class<?> first : new Class<?>[] {StartScreen.class, SignInScreen.class, CasesScreen.class}) {
            var activity = phone.getActivityInfo(new ComponentName(Phone.app(), first), 0);
            assertNotEquals(first.getSimpleName(), 0, activity.flags & ActivityInfo.FLAG_EXCLUDE_FROM_RECENTS);
        }
        Phone.app().core().leave();
        try (var c = Phone.open(StartScreen.class, null)) {
            assertTrue(Phone.texts(c.get()).contains("Waymark"));
        }
        phone.setComponentEnabledSetting(alias("DiscreetIcon"), PackageManager.COMPONENT_ENABLED_STATE_ENABLED,
                PackageManager.DONT_KILL_APP);
        try (var c = Phone.open(StartScreen.class, null)) {
            assertFalse(Phone.texts(c.get()), Phone.texts(c.get()).contains("Waymark"));
        }
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
    public void discreet_mode_holds_from_when_it_is_turned_on_also_without_a_line() throws Exception {
        Phone.open(CasesScreen.class, null).close();
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            assertTrue("while it is off", Phone.texts(c.get()).contains(c.get().getString(R.string.to_calendar)));
        }
        Phone.open(SignedScreen.class, Screens.about(SignedScreen.class)).close();
        assertTrue(Phone.app().core().now().get().reads().last(SaidStatements.PATH + SaidStatements.SIGNED, "en", json -> json).value()
                .isPresent());
        String preferences = "GET /v1/me/contact-preferences";
        said.say(preferences, 200, Said.j("{'language': 'en', 'discreet_mode': false, 'channels': [], 'safe_times': [], "
                + "'paused': false}"), "\"7\"");
        said.say("PUT /v1/me/contact-preferences", 200, Said.j("{'language': 'en', 'discreet_mode': true}"));
        try (var c = Phone.open(WordingScreen.class, null)) {
            Phone.choose(c.get(), R.string.discreet);
            Phone.press(c.get(), R.string.save);
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Saved."));
        }
        assertFalse("nor does what was read before stay here", Phone.app().core().now().get().reads()
                .last(SaidStatements.PATH + SaidStatements.SIGNED, "en", json -> json).value().isPresent());
        Phone.open(DatesScreen.class, Said.CASE).close();
        said.server.shutdown();
        Phone.open(CasesScreen.class, null).close();
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Northmoor Crown Court"));
            assertFalse(Phone.texts(c.get()).contains(c.get().getString(R.string.to_calendar)));
        }
    }

    /** What /v1/me was before is no reason to believe that it is so now. */
    @Test
    public void what_was_seen_of_the_account_before_does_not_turn_discreet_mode_off() throws Exception {
        Phone.open(CasesScreen.class, null).close();
        Phone.app().core().keep(DatesScreen.DISCREET, "true");
        said.server.shutdown();
        Phone.open(CasesScreen.class, null).close();
        assertEquals("true", Phone.app().core().kept(DatesScreen.DISCREET).orElse(""));
    }

    @Test
    public void a_list_that_took_a_new_code_is_not_there_without_one() throws Exception {
        for (Class<? extends Screen> screen : List.of(WhoLookedScreen.class, DevicesScreen.class)) {
            String read = screen == WhoLookedScreen.class ? "GET /v1/me/access-log" : "GET /v1/me/devices";
            String words = screen == WhoLookedScreen.class ? "Read your details" : "Galaxy A15";
            try (var c = Phone.open(screen, null)) {
                assertTrue(Phone.texts(c.get()).contains(words));
            }
            app().slow();
            try (var c = Phone.open(screen, null)) {
                assertFalse("nothing is shown first", Phone.texts(c.get()).contains(words));
                said.say(read, 401, "{}");
                said.fresh(read);
                app().goOn();
                assertFalse(Phone.texts(c.get()).contains(words));
                assertTrue(Phone.texts(c.get()).contains(c.get().getString(R.string.fresh_sign_in)));
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

    /** Somebody has left, not by the screen that was open, and another one signs in: nothing of it becomes theirs. */
    @Test
    public void what_was_typed_before_somebody_left_is_not_kept_for_whoever_comes_next() throws Exception {
        Map.of(MessagesScreen.class, R.string.message_text, CallBackScreen.class, R.string.about, RingingScreen.class, R.string.word_label)
                .forEach((screen, field) -> {
                    try (var c = Phone.open(screen, Screens.about(screen))) {
                        Phone.type(c.get(), field, "harbour");
                        Phone.app().core().leave();
                        Phone.signIn();
                        c.pause().stop();
                        assertEquals(screen.getSimpleName(), List.of(), Phone.app().core().begun());
                        c.restart().start();
                        assertTrue("nor is it shown to them", c.get().isFinishing());
                        assertEquals(screen.getSimpleName(), List.of(), Phone.app().core().begun());
                    } catch (Exception e) {
                        throw new AssertionError(screen.getSimpleName(), e);
                    }
                });
        long before = Phone.app().core().age();
        Phone.app().core().leave();
        Phone.signIn();
        assertFalse(Phone.app().core().keep("newest", "what took long", before));
        assertFalse(Phone.app().core().stillHere(before, () -> {
            throw new AssertionError("done for somebody else");
        }));
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

    /** Whether the app is begun, is opened while it is still in memory, or is opened by nobody. */
    @Test
    public void a_week_without_anybody_takes_everything() throws Exception {
        for (Wake wake : new Wake[] {Phone.app()::onCreate, () -> new Forgetting(Phone.app(), parameters()).doWork(), () -> {
            try (var c = Phone.open(MoreScreen.class, null)) {
                assertTrue(Phone.app().core().now().isPresent() ^ c.get().isFinishing());
            }
        }}) {
            Phone.signIn();
            everythingThere();
            wake.up();
            assertFalse("not before", kept().isEmpty());
            Phone.app().core().keep("used", Long.toString(Instant.now().minus(Core.KEPT).minusSeconds(60).getEpochSecond()));
            wake.up();
            assertNothingThere();
        }
    }

    private interface Wake {
        void up() throws Exception;
    }

    private static WorkerParameters parameters() {
        return new WorkerParameters(UUID.randomUUID(), Data.EMPTY, List.of(), new WorkerParameters.RuntimeExtras(), 0, 0,
                Runnable::run, null, null, null, null, null);
    }

    @Test
    public void whether_it_was_a_week_is_looked_at_from_the_choice_of_a_force_until_leaving() throws Exception {
        Phone.app().core().leave();
        assertFalse(forgetting().contains(WorkInfo.State.ENQUEUED));
        Phone.signIn();
        Phone.app().onCreate();
        assertEquals("as the app begins", List.of(WorkInfo.State.ENQUEUED), forgetting());
        Phone.app().core().leave();
        assertEquals(List.of(WorkInfo.State.CANCELLED), forgetting());
        try (var c = Phone.open(StartScreen.class, null)) {
            press(c.get(), "Northshire");
        }
        assertEquals("which force it is is gone after a week as well", List.of(WorkInfo.State.ENQUEUED), forgetting());
        assertTrue(Phone.app().core().kept("used").isPresent());
    }

    private static List<WorkInfo.State> forgetting() throws Exception {
        return WorkManager.getInstance(Phone.app()).getWorkInfosForUniqueWork("forget").get().stream().map(WorkInfo::getState).toList();
    }

    private static void press(Screen screen, String words) {
        Phone.views(screen.getWindow().getDecorView()).stream().filter(v -> v.isClickable() && v instanceof android.widget.TextView t
                && t.getText().toString().equals(words)).findFirst().orElseThrow().performClick();
        Phone.idle();
    }

    @Test
    public void what_waited_when_somebody_left_is_not_done() {
        try (var c = Phone.open(CasesScreen.class, null)) {
            app().slow();
            boolean[] done = {false};
            c.get().later(() -> now(c.get()), force -> done[0] = true);
            c.get().later(() -> done[0] = true, force -> done[0] = true);
            c.get().findViewById(R.id.leave).performClick();
            app().goOn(); // without what it works with, and without ending the app
            assertFalse(done[0]);
            assertTrue(c.get().isFinishing());
        }
    }

    private static Core.Now now(Screen screen) {
        return screen.core().now().get();
    }

    /** On a bad line what is asked may take a minute and a half, and there are two threads for it. */
    @Test
    public void leaving_waits_for_nothing_and_ends_what_is_asked_without_ending_the_app() throws Exception {
        said.silent("GET /v1/me");
        said.silent("GET /v1/me/cases");
        app().threads();
        try (var c = Phone.open(CasesScreen.class, null)) {
            said.awaits("GET /v1/me", "GET /v1/me/cases?limit=100");
            c.get().later(() -> now(c.get()).reads().read("/v1/me/devices", "en", json -> json), seen -> { });
            c.get().findViewById(R.id.leave).performClick();
            assertEquals(List.of(), kept());
            said.awaits("POST /v1/exit");
            assertEquals(List.of(), app().crashes());
            assertFalse("nobody asks for it any more", said.calls.contains("GET /v1/me/devices"));
            assertEquals(List.of(), kept());
        }
    }

    @Test
    public void a_key_store_that_does_not_destroy_its_key_does_not_keep_anybody_here() throws Exception {
        everythingThere();
        app().stuck();
        try (var c = Phone.open(CasesScreen.class, null)) {
            c.get().findViewById(R.id.leave).performClick();
            assertTrue(c.get().isFinishing());
        }
        assertNothingThere();
        assertTrue(said.calls.contains("POST /v1/exit"));
    }

    @Test
    public void a_full_phone_shows_what_it_reads_and_keeps_what_is_typed_on_the_screen() throws Exception {
        Phone.open(CasesScreen.class, null).close();
        Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
        Phone.full("seen");
        said.everything("cy"); // other words than those that are kept
        try (var c = Phone.open(CasesScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("Mae rhywun wedi’i gyhuddo."));
            assertFalse(Phone.texts(c.get()).contains(c.get().getString(R.string.no_room)));
        }
        try (var c = Phone.open(MessagesScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.message_text, "what was typed");
            Phone.full("kept");
            Phone.press(c.get(), R.string.send);
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.no_room)));
            assertTrue(Phone.texts(c.get()).contains("what was typed"));
        }
    }

    @Test
    public void how_much_is_not_sent_is_said_also_without_a_line() throws Exception {
        Phone.open(CasesScreen.class, null).close();
        Phone.app().core().now().get().outbox().make("call_back", "/v1/me/cases/c/call-backs", "{}");
        said.server.shutdown();
        try (var c = Phone.open(CasesScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("No connection. This is as it was on"));
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.unsent_count, 1)));
        }
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
        for (String work : new String[] {"send", "look", "forget"}) {
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
