package uk.waymark.app;

import android.content.Context;
import android.content.ContextWrapper;
import android.content.Intent;
import android.net.Uri;
import android.os.Build;
import android.os.Bundle;
import android.view.View;
import android.view.ViewGroup;
import android.view.WindowManager;
import android.widget.LinearLayout;
import android.widget.TextView;
import androidx.appcompat.app.AlertDialog;
import androidx.appcompat.app.AppCompatActivity;
import androidx.core.graphics.Insets;
import androidx.core.view.ViewCompat;
import androidx.core.view.WindowInsetsCompat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import uk.waymark.client.Seen;
import uk.waymark.client.Vault;

/**
 * What every screen has: nothing of it in the list of recent apps or in a screenshot, a button that leaves at once, shaking that
 * does the same, the lock, and a line that says when what is shown is old or something is not sent.
 */
abstract class Screen extends AppCompatActivity {
    private final Shake shake = new Shake(this::leave);
    private Lock lock;
    private TextView banner;
    private TextView unsent;
    private final List<AlertDialog> asked = new ArrayList<>();
    private final List<View> hidden = new ArrayList<>();
    private boolean revealed;
    private long opened;
    /** Where the screen puts what it shows. */
    protected Page page;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(null); // nothing of a screen is kept by the system
        opened = core().age();
        getWindow().setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE);
        if (Build.VERSION.SDK_INT >= 33) {
            setRecentsScreenshotEnabled(false);
        }
        setContentView(R.layout.screen);
        ViewCompat.setOnApplyWindowInsetsListener(findViewById(R.id.screen), (view, insets) -> {
            Insets bars = insets.getInsets(WindowInsetsCompat.Type.systemBars() | WindowInsetsCompat.Type.displayCutout()
                    | WindowInsetsCompat.Type.ime());
            view.setPadding(bars.left, bars.top, bars.right, bars.bottom);
            return WindowInsetsCompat.CONSUMED;
        });
        banner = findViewById(R.id.banner);
        unsent = findViewById(R.id.unsent);
        View leave = findViewById(R.id.leave);
        leave.setContentDescription(getString(R.string.leave_hint));
        leave.setOnClickListener(v -> leave());
        page = new Page(findViewById(R.id.content));
        lock = new Lock(this);
        if (needsSignIn() && !core().signedIn()) {
            go(SignInScreen.class, null);
            finish();
        }
    }

    /** A question that is put in front of this screen now: it is to be seen only while the screen is. */
    final void asks(AlertDialog dialog) {
        asked.removeIf(a -> !a.isShowing() && !hidden.contains(decor(a)));
        asked.add(dialog);
        if (!revealed) {
            hide(dialog); // what comes of work may ask while the lock is closed
        }
    }

    private static View decor(AlertDialog dialog) {
        return dialog.getWindow().getDecorView();
    }

    private void hide(AlertDialog dialog) {
        hidden.add(decor(dialog)); // it does not say that it is showing while it is hidden
        decor(dialog).setVisibility(View.INVISIBLE);
    }

    /** Shows the screen, or nothing of it while the lock is closed. */
    final void reveal(boolean on) {
        revealed = on;
        findViewById(R.id.screen).setVisibility(on ? View.VISIBLE : View.INVISIBLE);
        if (on) {
            hidden.forEach(view -> view.setVisibility(View.VISIBLE));
            hidden.clear();
        } else {
            asked.stream().filter(AlertDialog::isShowing).forEach(this::hide);
        }
    }

    /** False for the screens that come before signing in. */
    protected boolean needsSignIn() {
        return true;
    }

    /** Shows what the screen shows, each time that it comes to the front. */
    protected abstract void show();

    @Override
    protected void onStart() {
        super.onStart();
        if (isFinishing()) {
            return;
        }
        boolean expired = core().expire(); // the app may have stayed in memory for longer than anything is to be kept
        if (needsSignIn() && (!core().signedIn() || !theirs())) {
            if (expired) {
                finishAndRemoveTask();
            } else {
                finish();
            }
            return;
        }
        core().now().ifPresent(n -> n.line().speak(language()));
        shake.listen(this);
        lock.ask();
        say(Optional.empty());
        show();
    }

    @Override
    protected void onStop() {
        super.onStop();
        shake.deaf();
        lock.left();
    }

    @Override
    protected void onDestroy() {
        asked.forEach(AlertDialog::dismiss); // they would outlive their screen
        super.onDestroy();
    }

    protected final Core core() {
        return ((App) getApplication()).core();
    }

    /** Whether what stands on this screen is of whoever is here now: nobody has left since it was opened, nor another account signed in. */
    protected final boolean theirs() {
        return core().age() == opened;
    }

    /** Keeps what is typed here for whoever has typed it, and for nobody who came after. */
    protected final boolean keep(String name, String text) {
        return core().keep(name, text, opened);
    }

    /** What there is while a force is chosen. */
    protected final Core.Now now() {
        return core().now().get();
    }

    protected final String language() {
        return Core.language(this);
    }

    protected final void title(String text) {
        ((TextView) findViewById(R.id.title)).setText(text);
        setTitle(text);
    }

    protected final void go(Class<? extends Screen> screen, String about) {
        Intent intent = new Intent(this, screen);
        intent.putExtra("about", about);
        startActivity(intent);
    }

    /** What the screen that began this one said it is about. */
    protected final String about() {
        return getIntent().getStringExtra("about");
    }

    /** Leaves at once: everything is destroyed before anything else happens, then the app closes and is not among the recent ones. */
    protected final void leave() {
        try {
            core().leave();
        } finally {
            finishAndRemoveTask();
        }
    }

    /**
     * Does something that takes time and then shows what came of it, where the screen is still there and nobody has left. Work that has
     * not begun when somebody leaves, or when another account signs in, is not done; what fails is said, and the app goes on.
     */
    protected final <T> void later(Supplier<T> work, Consumer<T> then) {
        long age = core().age();
        long exits = core().exits();
        core().work().execute(() -> {
            if (core().age() != age) {
                return;
            }
            try {
                T result = work.get();
                onScreen(exits, () -> then.accept(result));
            } catch (Vault.VaultException e) {
                onScreen(exits, () -> notKept(e));
            } catch (RuntimeException e) {
                if (core().exits() == exits) { // whoever has left took away what it worked with
                    ((App) getApplication()).unforeseen(e);
                    onScreen(exits, () -> say(Optional.of(getString(R.string.server_trouble))));
                }
            }
        });
    }

    private void onScreen(long exits, Runnable then) {
        runOnUiThread(() -> {
            if (!isFinishing() && !isDestroyed() && core().exits() == exits) {
                act(this, then);
            }
        });
    }

    /** Does what a button is for: where the phone does not keep what it is given, the screen says so and stays as it is. */
    static void act(Context context, Runnable action) {
        try {
            action.run();
        } catch (Vault.VaultException e) {
            Context inner = context;
            while (!(inner instanceof Screen) && inner instanceof ContextWrapper) {
                inner = ((ContextWrapper) inner).getBaseContext();
            }
            if (!(inner instanceof Screen)) {
                throw e;
            }
            ((Screen) inner).notKept(e);
        }
    }

    /** Says that it is not kept. */
    protected final void notKept(Vault.VaultException why) {
        say(Optional.of(getString(why.full() ? R.string.no_room : R.string.server_trouble)));
    }

    /** Shows what was seen last at once, and what is so now as soon as that is known. */
    protected final <T> void read(String path, uk.waymark.client.Reads.Parser<T> parser, Consumer<T> show) {
        read(path, parser, seen -> show.accept(seen.value().get()), true);
    }

    /**
     * Shows what is so now, and before that what was seen last.
     *
     * @param show is given what has a value
     * @param keep false for what is to be seen only while the server says so: nothing of it stays on this phone
     */
    protected final <T> void read(String path, uk.waymark.client.Reads.Parser<T> parser, Consumer<Seen<T>> show, boolean keep) {
        if (!keep) {
            now().reads().forget(path, language());
        }
        Seen<T> last = now().reads().last(path, language(), parser);
        if (last.value().isPresent()) {
            show.accept(last);
        } else {
            page.clear().text(getString(R.string.loading));
        }
        later(() -> keep ? now().reads().read(path, language(), parser) : now().reads().only(path, language(), parser), seen -> {
            if (seen.trouble() == Seen.Trouble.NONE) {
                core().used();
            }
            say(trouble(seen));
            if (seen.value().isPresent()) {
                show.accept(seen);
                return;
            }
            page.clear();
            if (seen.trouble() == Seen.Trouble.SIGN_IN || seen.trouble() == Seen.Trouble.FRESH_SIGN_IN) {
                page.button(getString(R.string.sign_in), () -> go(SignInScreen.class, "again"));
            } else {
                page.button(getString(R.string.try_again), this::show);
            }
        });
    }

    /**
     * A button at the end of a list for what comes after it, where there is more.
     *
     * @param list path of the list, with its query
     * @param cursor of the next page; null where this is the last
     * @param show is given the next page; it puts it where the button was
     * @param keep false for what is to be seen only while the server says so
     */
    protected final <T> void older(Page below, String list, String cursor, uk.waymark.client.Reads.Parser<T> parser, Consumer<T> show,
            boolean keep) {
        if (cursor == null) {
            return;
        }
        View[] button = new View[1];
        String path = list + "&cursor=" + Uri.encode(cursor);
        button[0] = below.quiet(getString(R.string.earlier), () -> later(() ->
                keep ? now().reads().read(path, language(), parser) : now().reads().only(path, language(), parser), seen -> {
            say(trouble(seen));
            ViewGroup place = (ViewGroup) button[0].getParent();
            if (seen.value().isPresent() && place != null) { // else the list was shown anew meanwhile
                place.removeView(button[0]);
                show.accept(seen.value().get());
            }
        }));
    }

    /** What is wrong with what is shown, in words; empty where nothing is. */
    protected final Optional<String> trouble(Seen<?> seen) {
        String when = seen.asAt() == null ? "" : time(seen.asAt());
        return Optional.ofNullable(switch (seen.trouble()) {
            case NONE -> null;
            case NO_LINE -> seen.old() ? getString(R.string.as_at, when) : getString(R.string.no_line);
            case SERVER -> seen.old() ? getString(R.string.as_at_server, when) : getString(R.string.server_trouble);
            case SIGN_IN -> getString(R.string.sign_in_again);
            case FRESH_SIGN_IN -> getString(R.string.fresh_sign_in);
            case GONE -> seen.detail().isEmpty() ? getString(R.string.gone) : seen.detail();
            case NOT_UNDERSTOOD -> getString(R.string.newer_app);
        });
    }

    /** Says what is wrong, or nothing; below it stands how much is not sent, whatever else there is to say. */
    protected final void say(Optional<String> words) {
        banner.setText(words.orElse(""));
        banner.setVisibility(words.isPresent() ? View.VISIBLE : View.GONE);
        sayUnsent();
    }

    private void sayUnsent() {
        int count = core().unsent();
        String words = count == 0 ? "" : getString(R.string.unsent_count, count);
        if (!words.contentEquals(unsent.getText())) { // the same again is not read aloud again
            unsent.setText(words);
        }
        unsent.setVisibility(count == 0 ? View.GONE : View.VISIBLE);
    }

    /** A time as people say it, in the UK. */
    protected final String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(getResources().getConfiguration().getLocales().get(0)).withZone(ZoneId.of("Europe/London")).format(instant);
    }

    protected final String day(java.time.LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(getResources().getConfiguration().getLocales().get(0)).format(date);
    }

    protected final LinearLayout content() {
        return findViewById(R.id.content);
    }
}
