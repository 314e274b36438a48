package uk.waymark.app;

import static org.junit.Assert.assertNotNull;

import android.app.Dialog;
import android.content.Context;
import android.content.DialogInterface;
import android.content.Intent;
import android.os.Looper;
import android.view.View;
import android.view.ViewGroup;
import android.widget.CompoundButton;
import android.widget.TextView;
import androidx.appcompat.app.AlertDialog;
import androidx.work.ListenableWorker;
import androidx.work.WorkInfo;
import androidx.work.WorkManager;
import androidx.work.Worker;
import androidx.work.WorkerParameters;
import androidx.work.impl.WorkManagerImpl;
import androidx.work.impl.model.WorkSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.shadows.ShadowDialog;

/** Does on a screen what a person does. */
final class Phone {
    private Phone() {}

    static App app() {
        return (App) RuntimeEnvironment.getApplication();
    }

    /** Signs in without a screen. */
    static void signIn() throws Exception {
        Core.Now now = app().core().choose(app().core().forces().get(0));
        now.signIn().signIn("07700 900123", "123456", null, "Pixel 9", "en");
        app().core().used();
    }

    static <T extends Screen> ActivityController<T> open(Class<T> screen, String about) {
        Intent intent = new Intent(app(), screen).putExtra("about", about);
        ActivityController<T> controller = Robolectric.buildActivity(screen, intent).setup();
        Shadows.shadowOf(Looper.getMainLooper()).idle();
        return controller;
    }

    /** What of a work there is by now: what was asked for is there, or never comes. */
    static List<WorkInfo> work(String name) throws Exception {
        List<WorkInfo> there = List.of();
        for (int i = 0; i < 50 && there.isEmpty(); i++) {
            there = WorkManager.getInstance(app()).getWorkInfosForUniqueWork(name).get();
        }
        return there;
    }

    /** Nothing that is there can be written anew; it can be read. */
    static void full(String vault) throws IOException {
        File folder = new File(app().getNoBackupFilesDir(), vault);
        for (String name : folder.list()) {
            if (!name.endsWith(".part")) {
                Files.createDirectories(new File(folder, name + ".part/full").toPath());
            }
        }
    }

    /** There is room again. */
    static void roomAgain(String vault) throws IOException {
        for (File part : new File(app().getNoBackupFilesDir(), vault).listFiles((folder, name) -> name.endsWith(".part"))) {
            Files.delete(new File(part, "full").toPath());
            Files.delete(part.toPath());
        }
    }

    /** Runs a work as WorkManager does once what it waits for is there. */
    static ListenableWorker.Result run(String name) throws Exception {
        List<WorkInfo> there = work(name);
        String id = there.get(there.size() - 1).getId().toString();
        WorkSpec asked = CompletableFuture.supplyAsync(() -> WorkManagerImpl.getInstance(app()).getWorkDatabase().workSpecDao().getWorkSpec(id))
                .get();
        WorkerParameters given = new WorkerParameters(UUID.fromString(id), asked.input, List.of(), new WorkerParameters.RuntimeExtras(), 0, 0,
                Runnable::run, null, null, null, null, null);
        return ((Worker) Class.forName(asked.workerClassName).getConstructor(Context.class, WorkerParameters.class).newInstance(app(), given))
                .doWork();
    }

    static List<View> views(View root) {
        List<View> all = new ArrayList<>(List.of(root));
        if (root instanceof ViewGroup group) {
            for (int i = 0; i < group.getChildCount(); i++) {
                all.addAll(views(group.getChildAt(i)));
            }
        }
        return all;
    }

    /** Every text that is to be seen, one a line. */
    static String texts(Screen screen) {
        StringBuilder texts = new StringBuilder();
        for (View view : views(screen.getWindow().getDecorView())) {
            if (view instanceof TextView text && view.isShown()) {
                texts.append(text.getText()).append('\n');
                texts.append(text.getHint() == null ? "" : text.getHint() + "\n");
            }
        }
        return texts.toString();
    }

    static void press(Screen screen, int text) {
        View button = null;
        for (View view : views(screen.getWindow().getDecorView())) {
            if (view instanceof TextView t && view.isClickable() && t.getText().toString().equals(screen.getString(text))) {
                button = view;
                break;
            }
        }
        assertNotNull("a button that says " + screen.getString(text), button);
        button.performClick();
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    /** The question in front of the screen; null where there is none. */
    static AlertDialog asked() {
        Dialog dialog = ShadowDialog.getLatestDialog();
        return dialog != null && dialog.isShowing() ? (AlertDialog) dialog : null;
    }

    /** Answers the question with its first button. */
    static void agree() {
        assertNotNull("a question", asked());
        asked().getButton(DialogInterface.BUTTON_POSITIVE).performClick();
        idle();
    }

    static void idle() {
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    /** Chooses among several, or turns a switch. */
    static void choose(Screen screen, int text) {
        for (View view : views(screen.getWindow().getDecorView())) {
            if (view instanceof CompoundButton choice && choice.getText().toString().equals(screen.getString(text))) {
                choice.toggle();
                idle();
                return;
            }
        }
        throw new AssertionError("no choice " + screen.getString(text));
    }

    /** The field with this label. */
    static TextView field(Screen screen, String label) {
        for (View view : views(screen.getWindow().getDecorView())) {
            if (view instanceof TextView text && text.getLabelFor() != View.NO_ID && text.getText().toString().equals(label)) {
                return screen.findViewById(text.getLabelFor());
            }
        }
        throw new AssertionError("no field " + label);
    }

    /** Types into the field with this label. */
    static void type(Screen screen, int label, String words) {
        for (View view : views(screen.getWindow().getDecorView())) {
            if (view instanceof TextView text && text.getLabelFor() != View.NO_ID
                    && text.getText().toString().equals(screen.getString(label))) {
                ((TextView) screen.findViewById(text.getLabelFor())).setText(words);
                return;
            }
        }
        throw new AssertionError("no field " + screen.getString(label));
    }
}
