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
        Push.start(this);
    }

    final synchronized Core core() {
        if (core == null) {
            core = new Core(this, keys(), forces(), work());
        }
        return core;
    }

    /** Where the key is that everything kept is sealed with. */
    protected AesSealing.Keys keys() {
        return new KeystoreKeys();
    }

    /** The directory of forces. */
    protected List<Force> forces() {
        return Force.directory(Core.asset(this, "forces.json"));
    }

    /** What runs that takes time. */
    protected Executor work() {
        return Executors.newFixedThreadPool(2);
    }

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
