package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import android.Manifest;
import android.app.Notification;
import android.app.NotificationManager;
import android.os.Build;
import android.os.Bundle;
import androidx.work.ListenableWorker;
import androidx.work.WorkInfo;
import androidx.work.WorkManager;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.RemoteMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;

/** Being woken, and looking for news where the phone cannot be. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class PushTest {
    private static final String NEWS = "GET /v1/me/notifications";
    private static final String PREFERENCES = "GET /v1/me/contact-preferences";
    private static final Instant NOON = Instant.parse("2027-03-04T12:00:00Z"); // a Thursday
    private static final Instant NIGHT = Instant.parse("2027-03-05T03:00:00Z");
    private Said said;

    @Before
    public void begin() throws Exception {
        said = new Said().everything("en");
        Phone.signIn();
        if (Build.VERSION.SDK_INT >= 33) {
            Shadows.shadowOf(Phone.app()).grantPermissions(Manifest.permission.POST_NOTIFICATIONS);
        }
    }

    @After
    public void end() throws Exception {
        said.server.shutdown();
    }

    private static List<Notification> shown() {
        return Shadows.shadowOf(Phone.app().getSystemService(NotificationManager.class)).getAllNotifications();
    }

    private List<String> registered() {
        Phone.app().core().now().ifPresent(n -> n.outbox().send());
        synchronized (said) {
            return java.util.stream.IntStream.range(0, said.calls.size()).filter(i -> said.calls.get(i).equals("PUT /v1/me/push-registration"))
                    .mapToObj(said.bodies::get).collect(Collectors.toList());
        }
    }

    @Test
    public void a_token_is_registered_once_and_again_when_it_changes_and_never_for_nobody() throws Exception {
        said.say("PUT /v1/me/push-registration", 204, "");
        Push push = Robolectric.setupService(Push.class);
        push.onNewToken("token-1");
        assertEquals(List.of("{\"token\":\"token-1\",\"platform\":\"android\"}"), registered());
        push.onNewToken("token-2");
        assertEquals(2, registered().size());
        assertEquals("{\"token\":\"token-2\",\"platform\":\"android\"}", registered().get(1));
        assertEquals("it is nothing that a person wrote", 0, Phone.app().core().unsent());
        Phone.app().core().leave();
        assertTrue("the server drops it with the session", said.calls.contains("POST /v1/exit"));
        push.onNewToken("token-3");
        assertEquals(2, registered().size());
        wake(push, "01");
        assertEquals(List.of(), WorkManager.getInstance(Phone.app()).getWorkInfosForUniqueWork("woken").get());
        assertEquals("who has left is told nothing", List.of(), shown());
    }

    @Test
    public void a_token_that_came_without_a_line_is_registered_later() {
        said.say("PUT /v1/me/push-registration", 503, "");
        Robolectric.setupService(Push.class).onNewToken("token-1");
        registered();
        said.say("PUT /v1/me/push-registration", 204, "");
        assertEquals("{\"token\":\"token-1\",\"platform\":\"android\"}", registered().get(registered().size() - 1));
        int times = registered().size();
        assertEquals("and then not again", times, registered().size());
    }

    @Test
    public void what_is_shown_is_in_the_language_of_the_preferences_and_says_nothing() throws Exception {
        Push push = Robolectric.setupService(Push.class);
        wake(push, "01");
        Phone.run("woken");
        assertEquals(contract("en"), words(shown().get(0)));
        said.everything("cy"); // another language was chosen, on whatever device
        Phone.open(CasesScreen.class, null).close();
        wake(push, "02");
        Phone.run("woken");
        assertEquals("one for all", 1, shown().size());
        Notification news = shown().get(0);
        assertEquals(contract("cy"), words(news));
        assertNull("not even a name", news.extras.getCharSequence(Notification.EXTRA_TITLE));
        assertEquals(Notification.VISIBILITY_SECRET, news.visibility);
        assertEquals(Notification.VISIBILITY_SECRET, Phone.app().getSystemService(NotificationManager.class)
                .getNotificationChannel(news.getChannelId()).getLockscreenVisibility());
    }

    private static void wake(Push push, String id) {
        Bundle data = new Bundle();
        data.putString("key", id(id));
        push.onMessageReceived(new RemoteMessage(data));
    }

    private static String id(String end) {
        return "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e" + end;
    }

    /** @param more of the preferences, such as {@code , 'paused': true} */
    private void chosen(String channels, String more) {
        said.say(PREFERENCES, 200, Said.j("{'language': 'en', 'discreet_mode': false, 'channels': [" + channels + "]" + more + "}"));
    }

    private void look(String key, Instant at) {
        News.clear(Phone.app());
        Looking.look(Phone.app(), key, at);
    }

    @Test
    public void who_is_woken_asks_first_and_tells_nothing_of_what_was_read() throws Exception {
        said.say(NEWS, 200, news("01", "2027-03-04T18:02:10Z"));
        Push push = Robolectric.setupService(Push.class);
        wake(push, "01");
        assertEquals(ListenableWorker.Result.success(), Phone.run("woken"));
        assertEquals("read on another device", List.of(), shown());
        look(id("02"), NOON);
        assertEquals("what is not there yet is not read", 1, shown().size());
        said.say(NEWS, 503, "").say(PREFERENCES, 503, "");
        look(id("01"), NOON);
        assertEquals("no answer is no reason to tell nothing", 1, shown().size());
        said.server.shutdown();
        look(id("01"), NOON);
        assertEquals("nor is no line", 1, shown().size());
    }

    @Test
    public void who_is_woken_follows_what_was_chosen() throws Exception {
        said.say(NEWS, 200, news("01", null));
        chosen("{'channel': 'push', 'safety': 'unsafe'}", "");
        look(id("01"), NOON);
        assertEquals(List.of(), shown());
        chosen("{'channel': 'push', 'safety': 'unknown'}", ", 'paused': true");
        look(id("01"), NOON);
        assertEquals(List.of(), shown());
        chosen("{'channel': 'push', 'safety': 'unknown'}", ", 'quiet_hours': {'from': '22:00', 'to': '07:30'}");
        look(id("01"), NIGHT);
        assertEquals("not in quiet hours", List.of(), shown());
        WorkInfo later = Phone.work("look later " + id("01")).get(0);
        assertEquals(WorkInfo.State.ENQUEUED, later.getState());
        assertEquals("when they end", 270 * 60_000L, later.getInitialDelayMillis());
        look(id("01"), NIGHT.plusMillis(later.getInitialDelayMillis()));
        assertEquals(1, shown().size());
        chosen("{'channel': 'push', 'safety': 'unknown'}", ", 'quiet_hours': {'from': '22:00', 'to': '07:30'}, 'urgent_news': {'by': 'usual', "
                + "'at_night': true}");
        look(id("01"), NIGHT);
        assertEquals("the server wakes it at night only for what may come at night", 1, shown().size());
        Phone.app().core().leave();
        assertEquals(WorkInfo.State.CANCELLED, Phone.work("look later " + id("01")).get(0).getState());
    }

    @Test
    public void looking_lights_no_phone_up_that_is_not_to_be() throws Exception {
        said.say(NEWS, 200, news("01", null).replace("push", "sms"));
        for (String unwanted : List.of("{'channel': 'push', 'safety': 'unsafe'}", "{'channel': 'sms', 'safety': 'safe'}")) {
            chosen(unwanted, "");
            look(null, NOON);
            assertEquals(unwanted, List.of(), shown());
            Phone.app().core().drop("newest");
        }
        said.say(PREFERENCES, 503, "");
        Phone.app().core().now().get().reads().forget(ContactPart.PATH, "en");
        look(null, NOON);
        assertEquals("what is not known is not allowed", List.of(), shown());
        String app = "{'channel': 'push', 'safety': 'unknown'}";
        said.say(PREFERENCES, 200, Said.j("{'language': 'en', 'discreet_mode': true, 'channels': [" + app + "]}"));
        look(null, NOON);
        assertEquals("in discreet mode nobody says what is unsafe", List.of(), shown());
        Phone.app().core().drop("newest");
        chosen(app, "");
        look(null, NIGHT);
        assertEquals("a text at three in the night", List.of(), shown());
        assertEquals("the usual quiet hours", 300 * 60_000L, Phone.work("look later").get(0).getInitialDelayMillis());
        chosen(app, ", 'quiet_hours': {'from': '02:00', 'to': '02:30'}, 'safe_times': [{'day': 'friday', 'from': '18:30', 'to': '21:00'}]");
        look(null, NIGHT);
        assertEquals(List.of(), shown());
        assertEquals("the first safe time", (15 * 60 + 30) * 60_000L, Phone.work("look later").get(0).getInitialDelayMillis());
        look(null, NIGHT.plus(Duration.ofMinutes(15 * 60 + 30)));
        assertEquals("it was not forgotten", 1, shown().size());
    }

    @Test
    public void what_the_phone_does_by_itself_makes_no_short_sign_in_last_longer() throws Exception {
        said.say("POST /v1/sign-in/tokens", 200, Said.j("{'access_token': 'a-1', 'token_type': 'Bearer', 'expires_in': 20, 'refresh_token': "
                + "'r-1234567890'}"));
        said.say("POST /v1/sign-in/refreshes", 200, Said.j("{'access_token': 'a-2', 'token_type': 'Bearer', 'expires_in': 600, 'refresh_token': "
                + "'r-2345678901'}"));
        said.say(NEWS, 200, news("01", null));
        Phone.signIn();
        int before = said.calls.size();
        look(null, NOON);
        assertEquals(List.of(), shown());
        look(id("01"), NOON);
        assertEquals("it tells all the same, unasked", 1, shown().size());
        assertEquals(before, said.calls.size());
        Phone.app().core().keep(DatesScreen.DISCREET, "false");
        chosen("{'channel': 'push', 'safety': 'unknown'}", "");
        look(null, NOON);
        assertEquals("a long one asks", 1, shown().size());
        assertTrue(said.calls.contains("POST /v1/sign-in/refreshes"));
    }

    @Test
    public void the_phone_is_asked_for_leave_to_tell_with_and_without_google_services() {
        Shadows.shadowOf(Phone.app()).denyPermissions(Manifest.permission.POST_NOTIFICATIONS);
        assertFalse("this one has none", Push.possible(Phone.app()));
        try (var c = Phone.open(CasesScreen.class, null)) {
            var asked = Shadows.shadowOf(c.get()).getLastRequestedPermission();
            if (Build.VERSION.SDK_INT < 33) {
                assertNull("an older Android asks nobody", asked);
            } else {
                assertEquals(List.of(Manifest.permission.POST_NOTIFICATIONS), List.of(asked.requestedPermissions));
            }
        }
        Shadows.shadowOf(Phone.app()).grantPermissions(Manifest.permission.POST_NOTIFICATIONS);
        try (var c = Phone.open(CasesScreen.class, null)) {
            assertNull("once it is given it is not asked for again", Shadows.shadowOf(c.get()).getLastRequestedPermission());
        }
    }

    @Test
    public void firebase_is_there_until_it_has_forgotten_the_token() {
        FirebaseApp.initializeApp(Phone.app(), new FirebaseOptions.Builder().setProjectId("a-force").setApplicationId("1:1:android:1")
                .setApiKey("AIza-of-a-force").setGcmSenderId("1").build());
        Phone.app().core().leave();
        assertEquals("it could not delete anything without its options", 1, FirebaseApp.getApps(Phone.app()).size());
        Phone.idle();
        assertEquals("another force has others", List.of(), FirebaseApp.getApps(Phone.app()));
    }

    private static String words(Notification news) {
        return news.extras.getCharSequence(Notification.EXTRA_TEXT).toString().replace('’', '\'');
    }

    /** The words as the contract has them. */
    private static String contract(String language) throws Exception {
        return Files.readAllLines(Path.of("../../api-spec/openapi/paths/me/push-registration.yaml")).stream().map(String::trim)
                .filter(line -> line.startsWith("- `" + language + "`: ")).findFirst().orElseThrow().substring(8).replace('’', '\'');
    }

    @Test
    public void a_phone_that_lets_the_app_tell_nothing_is_not_said_to_be_told() throws Exception {
        Shadows.shadowOf(Phone.app().getSystemService(NotificationManager.class)).setNotificationsEnabled(false);
        try (var c = Phone.open(MoreScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.push_denied)));
        }
    }

    @Test
    public void without_google_services_the_app_looks_and_says_so_until_the_person_leaves() throws Exception {
        Push.start(Phone.app());
        assertEquals(List.of(WorkInfo.State.ENQUEUED), looking());
        try (var c = Phone.open(MoreScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.push_off)));
        }
        Phone.app().core().leave();
        assertEquals(List.of(WorkInfo.State.CANCELLED), looking());
    }

    private static List<WorkInfo.State> looking() throws Exception {
        return WorkManager.getInstance(Phone.app()).getWorkInfosForUniqueWork("look").get().stream().map(WorkInfo::getState).collect(Collectors.toList());
    }

    @Test
    public void looking_tells_of_each_thing_once_and_not_of_what_was_read() {
        chosen("{'channel': 'push', 'safety': 'unknown'}", "");
        said.say(NEWS, 200, news("01", null));
        Looking.look(Phone.app(), null, NOON);
        assertEquals(1, shown().size());
        News.clear(Phone.app());
        Looking.look(Phone.app(), null, NOON);
        assertEquals("the same again is no news", List.of(), shown());
        said.say(NEWS, 200, news("02", "2027-03-04T18:02:10Z"));
        Looking.look(Phone.app(), null, NOON);
        assertEquals("read on another device", List.of(), shown());
        said.say(NEWS, 503, "");
        Looking.look(Phone.app(), null, NOON);
        assertEquals(List.of(), shown());
        said.say(NEWS, 200, news("03", null));
        Looking.look(Phone.app(), null, NOON);
        assertEquals(1, shown().size());
        Phone.app().core().leave();
        int asked = said.calls.size();
        Looking.look(Phone.app(), null, NOON);
        assertEquals("and for nobody", asked, said.calls.size());
        assertFalse(said.calls.isEmpty());
    }

    private static String news(String id, String readAt) {
        return Said.j("{'items': [{'id': '" + id(id) + "', 'channel': 'push', 'template': 'news', 'language': 'en', "
                + "'state': 'accepted', 'sent_at': '2027-03-04T18:02:10Z', 'words': 'kept'" + (readAt == null ? "" : ", 'read_at': '" + readAt + "'")
                + "}], 'next_cursor': null}");
    }
}
