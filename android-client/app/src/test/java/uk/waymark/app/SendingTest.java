package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.content.Intent;
import androidx.work.Data;
import androidx.work.ListenableWorker.Result;
import androidx.work.NetworkType;
import androidx.work.WorkInfo;
import androidx.work.WorkerParameters;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import uk.waymark.client.Written;

/** What was written goes when there is a line, also when the app is closed. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = {26, 35}, application = TestApp.class, qualifiers = "w411dp-h731dp-xhdpi")
public class SendingTest {
    private static final String CALLS = "/v1/me/cases/" + Said.CASE + "/call-backs";
    private static final String MESSAGES = "/v1/me/cases/" + Said.CASE + "/messages";
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
    public void however_often_it_is_saved_meanwhile_one_round_of_sending_follows() {
        Written call = call();
        said.say("POST " + CALLS, 503, "");
        int[] told = {0};
        try (var c = Phone.open(MoreScreen.class, null)) {
            app().slow();
            for (int i = 0; i < 5; i++) {
                c.get().send(c.get().core().sends(), outcome -> told[0]++);
            }
            app().goOn();
        }
        assertEquals(5, told[0]);
        assertEquals(1, sent("POST " + CALLS));
        assertEquals(Written.State.WAITING, state(call));
    }

    /** On a bad line one thing may take a minute and a half, and a file ten minutes. */
    @Test
    public void neither_who_reads_nor_who_is_not_safe_waits_for_what_is_stuck_on_its_way() throws Exception {
        said.silent("POST " + MESSAGES);
        Phone.app().core().now().get().outbox().make("message", MESSAGES, "{\"body\": \"words\"}");
        app().threads();
        try (var c = Phone.open(CallBackScreen.class, Said.CASE)) {
            c.get().send(c.get().core().sends(), outcome -> { });
            said.awaits("POST " + MESSAGES);
            for (int i = 0; i < 5; i++) {
                c.get().send(c.get().core().sends(), outcome -> { });
            }
            c.get().later(() -> Phone.app().core().now().get().reads().read("/v1/me/devices", "en", json -> json), seen -> { });
            said.awaits("GET /v1/me/devices");
            Phone.press(c.get(), R.string.reason_not_safe);
            said.awaits("POST " + CALLS);
            c.get().findViewById(R.id.leave).performClick();
            assertEquals(List.of(), app().crashes());
        }
        assertEquals("and what was asked for when somebody left is not sent", 1, sent("POST " + MESSAGES));
    }

    @Test
    public void a_work_that_waits_for_what_is_stuck_sends_nothing_for_who_comes_after() throws Exception {
        said.silent("POST " + MESSAGES);
        Phone.app().core().now().get().outbox().make("message", MESSAGES, "{\"body\": \"words\"}");
        Sending work = new Sending(Phone.app(), new WorkerParameters(UUID.randomUUID(), Data.EMPTY, List.of(),
                new WorkerParameters.RuntimeExtras(), 0, 0, Runnable::run, null, null, null, null, null));
        CompletableFuture<Result> result = new CompletableFuture<>();
        Thread worker = new Thread(() -> result.complete(work.doWork()));
        app().threads();
        try (var c = Phone.open(MoreScreen.class, null)) {
            c.get().send(c.get().core().sends(), outcome -> { });
            said.awaits("POST " + MESSAGES);
            worker.start();
            while (worker.getState() != Thread.State.BLOCKED || !worker.getStackTrace()[0].getMethodName().equals("round")) {
                assertTrue("it waits for its turn", worker.isAlive());
                Thread.onSpinWait();
            }
            c.get().findViewById(R.id.leave).performClick();
            Phone.signIn();
            Written call = call();
            assertEquals(Result.success(), result.get(20, TimeUnit.SECONDS));
            assertEquals(List.of(), app().crashes());
            assertEquals(Written.State.WAITING, state(call));
        }
        assertEquals(0, sent("POST " + CALLS));
    }

    private static TestApp app() {
        return (TestApp) Phone.app();
    }

    private long sent(String call) {
        return said.calls.stream().filter(call::equals).count();
    }

    @Test
    public void what_has_to_be_decided_leads_to_where_both_are_shown() {
        String needs = "/v1/me/cases/" + Said.CASE + "/needs";
        said.say("PUT " + needs, 412, Said.j("{'detail': 'It has changed.', 'present': {'screens': false}}"), "\"n2\"");
        said.say("PUT /v1/me/hearings/" + Said.DATE + "/attendance", 412,
                Said.j("{'detail': 'It has changed.', 'present': {'version': 1, 'answer': 'cannot', "
                + "'answered_at': '2027-03-04T18:02:10Z'}}"), "\"h2\"");
        said.say("PUT " + SaidStatements.PATH + SaidStatements.DRAFT, 412, Said.j("{'detail': 'It has changed.', "
                + "'present': {'text': 'theirs', 'language': 'en'}}"), "\"9\"");
        Phone.app().core().keep(DatesScreen.DISCREET, "false");
        try (var c = Phone.open(DatesScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.i_can);
            decides(c.get(), DatesScreen.class, Said.CASE);
        }
        String draft = WritingScreen.draft(Said.CASE, SaidStatements.DRAFT);
        try (var c = Phone.open(WritingScreen.class, draft)) {
            Phone.type(c.get(), R.string.statement_text, "mine");
            Phone.press(c.get(), R.string.save);
            decides(c.get(), WritingScreen.class, draft);
        }
        try (var c = Phone.open(NeedsScreen.class, Said.CASE)) {
            Phone.press(c.get(), R.string.save);
            decides(c.get(), NeedsScreen.class, Said.CASE);
        }
    }

    private static void decides(Screen before, Class<? extends Screen> screen, String about) {
        try (var c = Phone.open(UnsentScreen.class, null)) {
            assertTrue(Phone.texts(c.get()), Phone.texts(c.get()).contains(c.get().getString(R.string.conflict_elsewhere)));
            Phone.press(c.get(), R.string.see_both);
            Intent next = Shadows.shadowOf(c.get()).getNextStartedActivity();
            assertEquals(screen.getName(), next.getComponent().getClassName());
            assertEquals(about, next.getStringExtra("about"));
        }
        Phone.press(before, R.string.keep_theirs);
        assertEquals(0, Phone.app().core().unsent());
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
