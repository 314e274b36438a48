package uk.waymark.app;

import android.database.sqlite.SQLiteDatabase;
import android.graphics.Bitmap;
import android.graphics.Color;
import androidx.work.Configuration;
import androidx.work.impl.WorkManagerImpl;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import okhttp3.HttpUrl;
import uk.waymark.client.AesSealing;
import uk.waymark.client.Force;

/** The app on a phone without a Keystore of its own; what takes time is done at once, so that a test sees what comes of it. */
public final class TestApp extends App {
    /** Where the tests' server is, always the same: the app reads its directory before a test begins. */
    static final int PORT = freePort();

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean begun;
    private boolean slow;
    private volatile ExecutorService threads;
    private final List<Throwable> crashes = Collections.synchronizedList(new ArrayList<>());
    private final List<KeyOfTest> keys = new ArrayList<>();

    /**
     * WorkManager lives as long as the process, and so does whether the lock is open: the next test would go on with the phone of the one
     * before. Within a test they stay, as on a phone: a second one may enqueue later what the third has cancelled already.
     */
    @Override
    public void onCreate() {
        if (!begun) {
            try {
                reset(WorkManagerImpl.class, "sDelegatedInstance", null);
                reset(WorkManagerImpl.class, "sDefaultInstance", null);
                reset(Lock.class, "open", false);
                reset(Lock.class, "begun", 0);
                reset(Lock.class, "leftAt", 0L);
                reset(Push.class, "forgetting", false);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            begun = true;
            // loads the native library of this Android now: on WorkManager's thread it would go on when the test has ended, and the next
            // test's Android, which copies the same fonts, would fail over that
            SQLiteDatabase.create(null).close();
        }
        super.onCreate();
    }

    private static void reset(Class<?> type, String field, Object value) throws ReflectiveOperationException {
        Field inProcess = type.getDeclaredField(field);
        inProcess.setAccessible(true);
        inProcess.set(null, value);
    }

    /** Nothing runs by itself: a test says when. */
    @Override
    public Configuration getWorkManagerConfiguration() {
        return new Configuration.Builder().setMinimumLoggingLevel(android.util.Log.ASSERT).setDefaultProcessName("another").build();
    }

    /** None of those that systems give to whoever asks for any: between two tests, and while a server is away, one of them may be taken. */
    private static int freePort() {
        for (int tries = 0; tries < 200; tries++) {
            try (ServerSocket socket = new ServerSocket(ThreadLocalRandom.current().nextInt(15_000, 30_000))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                continue; // somebody listens there
            }
        }
        throw new IllegalStateException("no port is free");
    }

    @Override
    protected AesSealing.Keys keys(String vault) {
        keys.add(new KeyOfTest());
        return keys.get(keys.size() - 1);
    }

    /** From here on the key store does not destroy its keys. */
    void stuck() {
        keys.forEach(key -> key.stuck = true);
    }

    private static final class KeyOfTest implements AesSealing.Keys {
        private SecretKey key;
        private boolean stuck;

        @Override
        public synchronized SecretKey key() throws GeneralSecurityException {
            if (key == null) {
                KeyGenerator generator = KeyGenerator.getInstance("AES");
                generator.init(256);
                key = generator.generateKey();
            }
            return key;
        }

        @Override
        public synchronized void forget() {
            if (stuck) {
                throw new IllegalStateException("stuck");
            }
            key = null;
        }
    }

    @Override
    protected List<Force> forces() {
        HttpUrl server = HttpUrl.get("http://localhost:" + PORT + "/");
        return List.of(new Force("northshire", Map.of("en", "Northshire", "cy", "Northshire"), server, List.of(), null, Map.of()),
                new Force("southmoor", Map.of("en", "Southmoor", "cy", "Southmoor"), server, List.of(), null, Map.of()));
    }

    /** Robolectric has no PDF library: a blank page, and how many there are, of a document that says {@code %PDF}. */
    @Override
    Drawn page(byte[] pdf, int which, int width) throws IOException {
        if (!new String(pdf, StandardCharsets.ISO_8859_1).startsWith("%PDF")) {
            throw new IOException("not a document");
        }
        Bitmap page = Bitmap.createBitmap(width, width * 297 / 210, Bitmap.Config.ARGB_8888);
        page.eraseColor(Color.WHITE);
        return new Drawn(page, 2);
    }

    @Override
    protected Executor work() {
        return work -> {
            if (threads != null) {
                threads.execute(work);
            } else if (slow) {
                waiting.add(work);
            } else {
                work.run();
            }
        };
    }

    @Override
    protected Executor apart() {
        Executor real = super.apart();
        return work -> {
            if (threads != null) {
                real.execute(work);
            } else {
                work.run();
            }
        };
    }

    @Override
    void unforeseen(RuntimeException why) {
        throw why;
    }

    /** From here on what takes time is done as on a phone. */
    void threads() {
        ExecutorService real = (ExecutorService) super.work();
        ((ThreadPoolExecutor) real).setThreadFactory(work -> {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler((t, e) -> crashes.add(e));
            return thread;
        });
        threads = real;
    }

    /** Waits until all of that is done. @return what would have ended the app */
    List<Throwable> crashes() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
            throw new AssertionError("something is still being asked");
        }
        threads = null;
        Phone.idle();
        return crashes;
    }

    /** From here on what takes time is not done before {@link #goOn}. */
    void slow() {
        slow = true;
    }

    void goOn() {
        slow = false;
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        Phone.idle();
    }
}
