package uk.waymark.app;

import android.content.Context;
import android.content.SharedPreferences;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import uk.waymark.client.AesSealing;
import uk.waymark.client.Force;
import uk.waymark.client.Line;
import uk.waymark.client.Outbox;
import uk.waymark.client.Reads;
import uk.waymark.client.Session;
import uk.waymark.client.SignIn;
import uk.waymark.client.Vault;

/** What the screens work with: the force that was chosen, the line to it, and what is kept on this phone. */
final class Core {
    /** For how long anything is kept without the server having been reached: longer than any session lasts without it is no use. */
    static final Duration KEPT = Duration.ofDays(7);
    private static final String FORCE = "force";
    private static final String USED = "used";

    private final Context context;
    private final Vault vault;
    private final List<Force> forces;
    private final Clock clock = Clock.systemUTC();
    private final Executor work;
    private Now now;

    /** What there is while a force is chosen. */
    record Now(Force force, Line line, Session session, Reads reads, Outbox outbox, SignIn signIn) {}

    /** @param work runs what takes time */
    Core(Context context, AesSealing.Keys keys, List<Force> forces, Executor work) {
        this.context = context;
        this.forces = forces;
        this.work = work;
        vault = new Vault(new File(context.getNoBackupFilesDir(), "kept"), new AesSealing(keys));
    }

    List<Force> forces() {
        return forces;
    }

    /** The chosen force and what goes with it; empty where none is chosen. */
    synchronized Optional<Now> now() {
        if (now == null) {
            vault.get(FORCE).flatMap(code -> forces.stream().filter(f -> f.code().equals(code)).findFirst())
                    .ifPresent(force -> now = make(force));
        }
        return Optional.ofNullable(now);
    }

    synchronized Now choose(Force force) {
        vault.put(FORCE, force.code());
        now = make(force);
        return now;
    }

    private Now make(Force force) {
        Session session = new Session(vault);
        Line line = new Line(force, vault, session, clock);
        return new Now(force, line, session, new Reads(line, KEPT), new Outbox(line), new SignIn(line, session, device()));
    }

    boolean signedIn() {
        return now().isPresent() && now().get().line().signedIn();
    }

    /** How many things that the person wrote are only on this phone. */
    int unsent() {
        return now().map(n -> (int) n.outbox().all().stream().filter(w -> w.unsent() && !w.what().equals("push")).count()).orElse(0);
    }

    /** Destroys everything that is kept, at once; the server is told when there is a line, if there is one soon. */
    synchronized void leave() {
        Optional<Now> was = now();
        if (!was.isPresent()) {
            vault.wipe();
        } else {
            SignIn.Farewell farewell = was.get().signIn().leave();
            work.execute(farewell::say);
        }
        now = null;
        Sending.cancel(context);
        News.clear(context);
        Push.forget(context);
    }

    /** Which filling of this phone it is: another one once somebody has left, or another account has signed in. */
    long age() {
        return vault.age();
    }

    /** The server has just been reached, so that what is kept stays for another while. */
    void used() {
        vault.put(USED, Long.toString(clock.instant().getEpochSecond()), vault.age());
    }

    /** Destroys what has been kept for too long without anybody coming back to it. */
    void expire() {
        Optional<Instant> last = vault.get(USED).map(Long::parseLong).map(Instant::ofEpochSecond);
        if (last.isPresent() && last.get().plus(KEPT).isBefore(clock.instant())) {
            leave();
        }
    }

    void keep(String name, String text) {
        vault.put(name, text);
    }

    void drop(String name) {
        vault.remove(name);
    }

    Optional<String> kept(String name) {
        return vault.get(name);
    }

    Executor work() {
        return work;
    }

    Clock clock() {
        return clock;
    }

    /** {@code cy} where the app is read in Welsh, otherwise {@code en}. */
    static String language(Context screen) {
        Locale locale = screen.getResources().getConfiguration().getLocales().get(0);
        return locale.getLanguage().equals("cy") ? "cy" : "en";
    }

    /** A random identifier of this installation; it says nothing of anybody and stays when everything else goes. */
    private String device() {
        SharedPreferences preferences = context.getSharedPreferences("installation", Context.MODE_PRIVATE);
        String device = preferences.getString("device", null);
        if (device == null) {
            device = UUID.randomUUID().toString().replace("-", "");
            preferences.edit().putString("device", device).apply();
        }
        return device;
    }

    /** A text of the APK. */
    static String asset(Context context, String name) {
        try (InputStream in = context.getAssets().open(name)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return out.toString("UTF-8");
        } catch (IOException e) {
            throw new IllegalStateException("the APK lacks " + name, e);
        }
    }
}
