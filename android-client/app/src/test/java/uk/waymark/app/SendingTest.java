package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import androidx.work.ListenableWorker.Result;
import androidx.work.NetworkType;
import androidx.work.WorkInfo;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import uk.waymark.client.Written;

/** What was written goes when there is a line, also when the app is closed. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class SendingTest {
    private static final String CALLS = "/v1/me/cases/" + Said.CASE + "/call-backs";
    private Said said;

    @Before
    public void begin() throws Exception {
        said = new Said().everything("en");
        said.say("POST " + CALLS, 201, Said.j("{'id': '" + Said.CALL + "', 'next': 'Thank you.'}"));
        Phone.signIn();
    }

    @After
    public void end() throws Exception {
        said.server.shutdown();
    }

    private static Written call() {
        return Phone.app().core().now().get().outbox().make("call_back", CALLS, "{\"reason\": \"question\"}");
    }

    private static Written.State state(Written call) {
        return Phone.app().core().now().get().outbox().find(call.id()).get().state();
    }

    @Test
    public void what_is_written_waits_for_a_line_in_one_work_however_often_it_is_saved() throws Exception {
        assertEquals("nothing was asked for", List.of(), Phone.work("send"));
        ((TestApp) Phone.app()).slow(); // the screen itself does not get to it
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            Phone.type(c.get(), R.string.about, "The letter.");
            Phone.press(c.get(), R.string.reason_not_safe);
            WorkInfo waits = Phone.work("send").get(0);
            assertEquals(WorkInfo.State.ENQUEUED, waits.getState());
            assertEquals(NetworkType.CONNECTED, waits.getConstraints().getRequiredNetworkType());
        }
        for (int i = 0; i < 5; i++) {
            Sending.soon(Phone.app());
            assertEquals(1, Phone.work("send").size());
        }
        Phone.app().core().leave();
        assertTrue(Phone.work("send").stream().allMatch(w -> w.getState() == WorkInfo.State.CANCELLED));
    }

    @Test
    public void what_is_asked_for_as_somebody_leaves_is_not_there_for_whoever_comes_next() throws Exception {
        for (int i = 0; i < 20; i++) {
            Sending.soon(Phone.app());
            Phone.app().core().leave();
            Phone.work("send"); // what was asked for before is there by the next look
            assertTrue(Phone.work("send").stream().allMatch(w -> w.getState().isFinished()));
            Phone.signIn();
        }
    }

    @Test
    public void the_work_sends_and_comes_again_where_it_cannot() throws Exception {
        Written call = call();
        said.say("POST " + CALLS, 503, "");
        Sending.soon(Phone.app());
        assertEquals(Result.retry(), Phone.run("send"));
        assertEquals(Written.State.WAITING, state(call));
        said.say("POST " + CALLS, 201, Said.j("{'id': '" + Said.CALL + "', 'next': 'Thank you.'}"));
        assertEquals(Result.success(), Phone.run("send"));
        assertEquals(Written.State.SENT, state(call));
        Phone.app().core().leave();
        assertEquals("for nobody there is nothing to do", Result.success(), Phone.run("send"));
    }
}
