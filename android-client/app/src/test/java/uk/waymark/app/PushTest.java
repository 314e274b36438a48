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
import androidx.work.WorkInfo;
import androidx.work.WorkManager;
import com.google.firebase.messaging.RemoteMessage;
import java.nio.file.Files;
import java.nio.file.Path;
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
    public void a_token_is_registered_once_and_again_when_it_changes_and_never_for_nobody() {
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
        push.onMessageReceived(new RemoteMessage(new Bundle()));
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
        push.onMessageReceived(new RemoteMessage(new Bundle()));
        assertEquals(contract("en"), words(shown().get(0)));
        said.everything("cy"); // another language was chosen, on whatever device
        Phone.open(CasesScreen.class, null).close();
        push.onMessageReceived(new RemoteMessage(new Bundle()));
        assertEquals("one for all", 1, shown().size());
        Notification news = shown().get(0);
        assertEquals(contract("cy"), words(news));
        assertNull("not even a name", news.extras.getCharSequence(Notification.EXTRA_TITLE));
        assertEquals(Notification.VISIBILITY_SECRET, news.visibility);
        assertEquals(Notification.VISIBILITY_SECRET, Phone.app().getSystemService(NotificationManager.class)
                .getNotificationChannel(news.getChannelId()).getLockscreenVisibility());
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
        said.say(NEWS, 200, news("01", null));
        Looking.look(Phone.app());
        assertEquals(1, shown().size());
        News.clear(Phone.app());
        Looking.look(Phone.app());
        assertEquals("the same again is no news", List.of(), shown());
        said.say(NEWS, 200, news("02", "2027-03-04T18:02:10Z"));
        Looking.look(Phone.app());
        assertEquals("read on another device", List.of(), shown());
        said.say(NEWS, 503, "");
        Looking.look(Phone.app());
        assertEquals(List.of(), shown());
        said.say(NEWS, 200, news("03", null));
        Looking.look(Phone.app());
        assertEquals(1, shown().size());
        Phone.app().core().leave();
        int asked = said.calls.size();
        Looking.look(Phone.app());
        assertEquals("and for nobody", asked, said.calls.size());
        assertFalse(said.calls.isEmpty());
    }

    private static String news(String id, String readAt) {
        return Said.j("{'items': [{'id': '0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e" + id + "', 'channel': 'push', 'template': 'news', 'language': 'en', "
                + "'state': 'accepted', 'sent_at': '2027-03-04T18:02:10Z', 'words': 'kept'" + (readAt == null ? "" : ", 'read_at': '" + readAt + "'")
                + "}], 'next_cursor': null}");
    }
}
