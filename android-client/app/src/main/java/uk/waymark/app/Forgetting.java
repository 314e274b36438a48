package uk.waymark.app;

import android.content.Context;
import androidx.annotation.NonNull;
import androidx.work.ExistingPeriodicWorkPolicy;
import androidx.work.PeriodicWorkRequest;
import androidx.work.WorkManager;
import androidx.work.Worker;
import androidx.work.WorkerParameters;
import java.util.concurrent.TimeUnit;

/** Looks once a day whether what is kept has been kept for too long, on a phone on which nobody opens the app any more. */
public final class Forgetting extends Worker {
    private static final String NAME = "forget";

    public Forgetting(@NonNull Context context, @NonNull WorkerParameters parameters) {
        super(context, parameters);
    }

    /** Begins that, where it has not begun; it needs no connection, and goes on after a restart of the phone. */
    static void daily(Context context) {
        WorkManager.getInstance(context).enqueueUniquePeriodicWork(NAME, ExistingPeriodicWorkPolicy.KEEP,
                new PeriodicWorkRequest.Builder(Forgetting.class, 1, TimeUnit.DAYS).setInitialDelay(1, TimeUnit.DAYS).build());
    }

    static void stop(Context context) {
        WorkManager.getInstance(context).cancelUniqueWork(NAME);
    }

    @NonNull
    @Override
    public Result doWork() {
        ((App) getApplicationContext()).core().expire();
        return Result.success();
    }
}
