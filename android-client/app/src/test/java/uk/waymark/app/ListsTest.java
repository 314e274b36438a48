package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;

/** Lists that go on: everything that there is can be reached, and what was sent counts as read once it is shown. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class ListsTest {
    private static final String CASE = "/v1/me/cases/" + Said.CASE;
    private static final Map<Class<? extends Screen>, String> LISTS = Map.of(CaseScreen.class, CASE + "/timeline?limit=100",
            WhoLookedScreen.class, "/v1/me/access-log?limit=100", DevicesScreen.class, "/v1/me/devices?limit=100",
            StatementScreen.class, CASE + "/statements?limit=100", CallBackScreen.class, CASE + "/call-backs?limit=20",
            NotificationsScreen.class, "/v1/me/notifications?limit=25", ContactHistoryScreen.class, "/v1/me/contact-preferences/history?limit=50");
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

    /** What is said of a list, without what is in it. */
    private String empty(String cursor) {
        return Said.j("{'items': [], 'may_add': true, 'next_cursor': " + (cursor == null ? "null" : "'" + cursor + "'") + "}");
    }

    @Test
    public void every_list_goes_on_to_its_end() {
        LISTS.forEach((screen, list) -> {
            try (var c = Phone.open(screen, Said.CASE)) {
                assertFalse(screen.getSimpleName(), Phone.texts(c.get()).contains("Show earlier ones"));
            }
            said.say("GET " + list, 200, empty("a b"));
            said.say("GET " + list + "&cursor=a%20b", 200, empty("c"));
            said.say("GET " + list + "&cursor=c", 200, empty(null));
            try (var c = Phone.open(screen, Said.CASE)) {
                Phone.press(c.get(), R.string.earlier);
                Phone.press(c.get(), R.string.earlier);
                assertTrue(screen.getSimpleName(), said.calls.contains("GET " + list + "&cursor=c"));
                assertFalse(screen.getSimpleName(), Phone.texts(c.get()).contains("Show earlier ones"));
            }
        });
    }

    @Test
    public void what_comes_later_in_a_list_is_shown_below_what_came_first() {
        String list = CASE + "/timeline?limit=100";
        said.say("GET " + list, 200, entry("Somebody has been charged.", "'c'"));
        said.say("GET " + list + "&cursor=c", 503, "");
        try (var c = Phone.open(CaseScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.earlier);
            assertTrue("the button stays where there is no answer", Phone.texts(c.get()).contains("Show earlier ones"));
            said.say("GET " + list + "&cursor=c", 200, entry("We have recorded it.", "null"));
            Phone.press(c.get(), R.string.earlier);
            String texts = Phone.texts(c.get());
            assertTrue(texts, texts.lastIndexOf("Somebody has been charged.") < texts.indexOf("We have recorded it."));
        }
    }

    private static String entry(String headline, String cursor) {
        return Said.j("{'items': [{'id': '0198c2a4-7c00-7e11-8a2b-1c2d3e4f5a03', 'occurred_at': '2027-03-04T10:00:00Z', 'kind': "
                + "'suspect_charged', 'headline': '" + headline + "'}], 'next_cursor': " + cursor + "}");
    }

    @Test
    public void what_was_sent_is_read_once_it_is_shown_and_stays_nowhere() throws Exception {
        try (var c = Phone.open(NotificationsScreen.class, null)) {
            String texts = Phone.texts(c.get());
            assertTrue(texts, texts.contains("There is something new for you."));
            assertTrue(texts, texts.contains("A letter: on its way"));
            assertTrue(texts, texts.contains("Its words are not kept."));
        }
        assertEquals("once, and not of what was read before", 1, said.calls.stream().filter(x -> x.endsWith("/read")).count());
        assertTrue(said.calls.contains("POST /v1/me/notifications/" + SaidAccount.SENT + "/read"));
        said.server.shutdown();
        try (var c = Phone.open(NotificationsScreen.class, null)) {
            assertFalse(Phone.texts(c.get()).contains("There is something new for you."));
        }
    }

    @Test
    public void who_changed_how_one_is_contacted_says_what_and_not_how() {
        try (var c = Phone.open(ContactHistoryScreen.class, null)) {
            String texts = Phone.texts(c.get());
            for (String words : new String[] {"Somebody of your team", "Language", "A word that we say", "Something else"}) {
                assertTrue(texts, texts.contains(words));
            }
        }
        said.say("GET /v1/me/contact-preferences/history", 401, Said.j("{'detail': 'Sign in with a new code.'}"));
        said.fresh("GET /v1/me/contact-preferences/history");
        try (var c = Phone.open(ContactHistoryScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains("sign in with a new code"));
        }
    }
}
