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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import uk.waymark.client.AesSealing;
import uk.waymark.client.Force;
import uk.waymark.client.Line;
import uk.waymark.client.Outbox;
import uk.waymark.client.Reads;
import uk.waymark.client.Session;
import uk.waymark.client.SignIn;
import uk.waymark.client.Vault;
import uk.waymark.client.Vault.VaultException;

/** What the screens work with: the force that was chosen, the line to it, and what is kept on this phone. */
final class Core {
    /** For how long anything is kept without the server having been reached: longer than any session lasts without it is no use. */
    static final Duration KEPT = Duration.ofDays(7);
    private static final String FORCE = "force";
    private static final String USED = "used";
    private static final String BEGUN = "begun";
    /** How the names begin of what was begun and not sent. */
    private static final List<String> DRAFTS = List.of("message draft ", "call draft ", "form ", "reason ");

    private final Context context;
    private final Vault vault;
    private final Vault seen;
    private final List<Force> forces;
    private final Clock clock = Clock.systemUTC();
    private final Executor work;
    private final Executor apart;
    private final Set<String> closed = new HashSet<>(); // what is kept and could not be opened when it was last asked for
    private Now now;
    private volatile long exits;

    /** What there is while a force is chosen. */
    record Now(Force force, Line line, Session session, Reads reads, Outbox outbox, SignIn signIn) {}

    /**
     * @param keys of what is kept until somebody leaves
     * @param seenKeys of what was read, which goes with each sign-in
     * @param work runs what takes time
     * @param apart runs what takes time and must not wait behind that
     */
    Core(Context context, AesSealing.Keys keys, AesSealing.Keys seenKeys, List<Force> forces, Executor work, Executor apart) {
        this.context = context;
        this.forces = forces;
        this.work = work;
        this.apart = apart;
        vault = new Vault(new File(context.getNoBackupFilesDir(), "kept"), new AesSealing(keys));
        seen = new Vault(new File(context.getNoBackupFilesDir(), "seen"), new AesSealing(seenKeys));
    }

    List<Force> forces() {
        return forces;
    }

    /** The chosen force and what goes with it; empty where none is chosen, or which cannot be read: then the person can still leave. */
    synchronized Optional<Now> now() {
        if (now == null) {
            kept(FORCE).flatMap(code -> forces.stream().filter(f -> f.code().equals(code)).findFirst())
                    .ifPresent(force -> now = make(force));
        }
        return Optional.ofNullable(now);
    }

    synchronized Now choose(Force force) {
        vault.put(FORCE, force.code());
        now = make(force);
        used(); // also where nobody ever signs in
        return now;
    }

    /** Whether another force can be chosen without losing anything: nobody has signed in yet. */
    synchronized boolean mayChooseAgain() {
        try {
            return now().isPresent() && !now().get().signIn().somebody();
        } catch (VaultException e) {
            return false;
        }
    }

    /** No force is chosen any more. To be asked for only where one {@link #mayChooseAgain}. */
    synchronized void unchoose() {
        now().ifPresent(n -> n.line().cancel());
        nothingLeft();
    }

    private Now make(Force force) {
        Session session = new Session(vault, seen);
        Line line = new Line(force, vault, session, clock);
        Reads reads = new Reads(line, seen, KEPT);
        Outbox outbox = new Outbox(line, reads);
        work.execute(() -> { // the phone may have ended the app in the midst of anything
            vault.tidy();
            seen.tidy();
            outbox.tidy();
        });
        return new Now(force, line, session, reads, outbox, new SignIn(line, session, device()));
    }

    boolean signedIn() {
        try {
            return now().map(n -> n.line().signedIn()).orElse(false);
        } catch (VaultException e) {
            return false; // it is asked again when the next screen is opened
        }
    }

    /** How many things that the person wrote are only on this phone and to be sent; what cannot be read just now counts as one. */
    int unsent() {
        try {
            return now().map(n -> (int) n.outbox().all().stream().filter(w -> w.unsent() && !w.what().equals("push")).count()).orElse(0);
        } catch (VaultException e) {
            return 1;
        }
    }

    /** Under which names texts are kept that the person has begun and not sent. */
    synchronized List<String> begun() {
        return kept(BEGUN).map(names -> Arrays.asList(names.split("\n"))).orElse(List.of()).stream()
                .filter(name -> kept(name).isPresent() || closed.contains(name)).collect(Collectors.toList());
    }

    /**
     * Destroys everything that is kept, at once, whatever the key store says; the server is told when there is a line, if there is one
     * soon. What is being asked is ended, and nothing waits for it.
     */
    synchronized void leave() {
        Optional<SignIn.Farewell> farewell = now().map(n -> n.signIn().leave());
        nothingLeft();
        farewell.ifPresent(f -> apart.execute(() -> {
            try {
                f.say();
            } catch (RuntimeException e) {
                // nobody is there any more who could be told
            }
        }));
        Sending.cancel(context);
        Forgetting.stop(context);
        News.clear(context);
        Push.forget(context);
    }

    private void nothingLeft() {
        exits++;
        vault.wipe();
        seen.wipe();
        closed.clear();
        now = null;
    }

    /** How often somebody has left: what was begun before that is for nobody any more. */
    long exits() {
        return exits;
    }

    /** Which filling of this phone it is: another one once somebody has left, or another account has signed in. */
    long age() {
        return vault.age();
    }

    /** The server has just been reached, so that what is kept stays for another while. */
    void used() {
        keep(USED, Long.toString(clock.instant().getEpochSecond()));
    }

    /**
     * Destroys what has been kept for too long without the server having been reached.
     *
     * @return whether it has
     */
    boolean expire() {
        Optional<Instant> last = kept(USED).map(Long::parseLong).map(Instant::ofEpochSecond);
        if (!last.isPresent() || !last.get().plus(KEPT).isBefore(clock.instant())) {
            return false;
        }
        leave();
        return true;
    }

    /**
     * Does what is done for whoever was here at {@code age}, where nobody has left since, nor another account has signed in: whoever
     * leaves meanwhile waits for it, so it is to be quick.
     *
     * @param age as {@link #age} said when it was begun
     * @return whether it was done
     */
    synchronized boolean stillHere(long age, Runnable act) {
        if (age != age() || !now().isPresent()) {
            return false;
        }
        act.run();
        return true;
    }

    /** As {@link #keep(String, String)}, of what was begun at {@code age}: it is not kept for who came after. */
    synchronized boolean keep(String name, String text, long age) {
        return age == age() && keep(name, text);
    }

    /** @return false where the phone does not keep it, since it is full, or somebody has left meanwhile */
    synchronized boolean keep(String name, String text) {
        if (!now().isPresent()) {
            return false;
        }
        try {
            vault.put(name, text);
            if (draft(name) && !begun().contains(name)) {
                List<String> names = new ArrayList<>(begun());
                names.add(name);
                vault.put(BEGUN, String.join("\n", names));
            }
            closed.remove(name);
            return true;
        } catch (VaultException e) {
            return false;
        }
    }

    private static boolean draft(String name) {
        return DRAFTS.stream().anyMatch(name::startsWith);
    }

    /** Forgets it; but not what could not be opened when it was asked for, which nobody has seen. */
    synchronized void drop(String name) {
        if (!closed.contains(name)) {
            vault.remove(name);
        }
    }

    /** What is kept under a name; empty where there is nothing, or it cannot be opened just now. */
    synchronized Optional<String> kept(String name) {
        try {
            Optional<String> text = vault.get(name);
            closed.remove(name);
            return text;
        } catch (VaultException e) {
            closed.add(name);
            return Optional.empty();
        }
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
