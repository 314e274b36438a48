package uk.waymark.app;

import android.content.Context;
import androidx.annotation.NonNull;
import androidx.work.BackoffPolicy;
import androidx.work.Constraints;
import androidx.work.ExistingWorkPolicy;
import androidx.work.NetworkType;
import androidx.work.OneTimeWorkRequest;
import androidx.work.WorkInfo;
import androidx.work.WorkManager;
import androidx.work.Worker;
import androidx.work.WorkerParameters;
import com.google.common.util.concurrent.ListenableFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import uk.waymark.client.Outbox;

/** Sends what was written as soon as there is a connection, also when the app is closed. */
public final class Sending extends Worker {
    private static final String NAME = "send";

    public Sending(@NonNull Context context, @NonNull WorkerParameters parameters) {
        super(context, parameters);
    }

    /**
     * Asks for it, for whoever is here now. One that waits for a line takes in what is written meanwhile, one that waits after a try begins
     * anew; behind one that is on its way another follows, since that may have seen the last row already.
     */
    static void soon(Context context) {
        WorkManager work = WorkManager.getInstance(context);
        Core core = ((App) context.getApplicationContext()).core();
        long age = core.age();
        ListenableFuture<List<WorkInfo>> before = work.getWorkInfosForUniqueWork(NAME);
        before.addListener(() -> how(before).ifPresent(policy -> core.stillHere(age, () -> work.enqueueUniqueWork(NAME, policy,
                new OneTimeWorkRequest.Builder(Sending.class)
                        .setConstraints(new Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build())
                        .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, 30, TimeUnit.SECONDS).build()))), Runnable::run);
    }

    private static Optional<ExistingWorkPolicy> how(Future<List<WorkInfo>> before) {
        List<WorkInfo> there;
        try {
            there = before.get();
        } catch (ExecutionException | InterruptedException e) {
            return Optional.of(ExistingWorkPolicy.APPEND_OR_REPLACE); // once too often does no harm
        }
        if (there.stream().anyMatch(w -> w.getState() == WorkInfo.State.ENQUEUED && w.getRunAttemptCount() > 0)) {
            return Optional.of(ExistingWorkPolicy.REPLACE);
        }
        boolean waits = there.stream().anyMatch(w -> w.getState() == WorkInfo.State.ENQUEUED || w.getState() == WorkInfo.State.BLOCKED);
        return waits ? Optional.empty() : Optional.of(ExistingWorkPolicy.APPEND_OR_REPLACE);
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
