package uk.waymark.app;

import android.app.Application;
import androidx.annotation.NonNull;
import androidx.work.Configuration;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import uk.waymark.client.AesSealing;
import uk.waymark.client.Force;

/** The app's process: holds what lives as long as it does. */
public class App extends Application implements Configuration.Provider {
    private Core core;

    @Override
    public void onCreate() {
        super.onCreate();
        News.makeChannel(this);
        core().expire();
        if (core().now().isPresent()) {
            Forgetting.daily(this);
        }
        Push.start(this);
    }

    final synchronized Core core() {
        if (core == null) {
            core = new Core(this, keys("kept"), keys("seen"), forces(), work(), oneByOne(), oneByOne(), apart());
        }
        return core;
    }

    /** Where the key is that a vault is sealed with. */
    protected AesSealing.Keys keys(String vault) {
        return new KeystoreKeys(vault);
    }

    /** The directory of forces. */
    protected List<Force> forces() {
        return Force.directory(Core.asset(this, "forces.json"));
    }

    /** What runs that takes time. */
    protected Executor work() {
        return Executors.newFixedThreadPool(2);
    }

    /** What runs that takes time, one after the other, and that nothing else is to wait behind. */
    protected Executor oneByOne() {
        return Executors.newSingleThreadExecutor();
    }

    /** What runs that takes time and must not wait behind anything. */
    protected Executor apart() {
        return work -> new Thread(work).start();
    }

    /** Is told of what nobody foresaw in work that takes time: the person is told that it does not work, and the app goes on. */
    void unforeseen(RuntimeException why) {}

    /** A page of a PDF. @param which from 0 @param width in pixels */
    Drawn page(byte[] pdf, int which, int width) throws IOException {
        return Drawn.page(this, pdf, which, width);
    }

    @NonNull
    @Override
    public Configuration getWorkManagerConfiguration() {
        return new Configuration.Builder().setMinimumLoggingLevel(android.util.Log.ASSERT).build();
    }
}
