package uk.waymark.app;

import android.content.Context;
import androidx.annotation.NonNull;
import androidx.work.BackoffPolicy;
import androidx.work.Constraints;
import androidx.work.ExistingWorkPolicy;
import androidx.work.NetworkType;
import androidx.work.OneTimeWorkRequest;
import androidx.work.WorkManager;
import androidx.work.Worker;
import androidx.work.WorkerParameters;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import uk.waymark.client.Outbox;

/** Sends what was written as soon as there is a connection, also when the app is closed. */
public final class Sending extends Worker {
    private static final String NAME = "send";

    public Sending(@NonNull Context context, @NonNull WorkerParameters parameters) {
        super(context, parameters);
    }

    /** Asks for it. A run that goes on takes in what was written meanwhile; another follows it all the same, which then finds nothing. */
    static void soon(Context context) {
        WorkManager.getInstance(context).enqueueUniqueWork(NAME, ExistingWorkPolicy.APPEND_OR_REPLACE,
                new OneTimeWorkRequest.Builder(Sending.class)
                        .setConstraints(new Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build())
                        .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, 30, TimeUnit.SECONDS).build());
    }

    static void cancel(Context context) {
        WorkManager.getInstance(context).cancelUniqueWork(NAME);
    }

    @NonNull
    @Override
    public Result doWork() {
        Optional<Core.Now> now = ((App) getApplicationContext()).core().now();
        if (!now.isPresent()) {
            return Result.success();
        }
        Outbox.Outcome outcome = now.get().outbox().send();
        return outcome == Outbox.Outcome.LATER ? Result.retry() : Result.success(); // after the next sign-in it is asked for again
    }
}
