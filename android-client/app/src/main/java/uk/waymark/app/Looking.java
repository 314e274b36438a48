package uk.waymark.app;

import android.content.Context;
import androidx.annotation.NonNull;
import androidx.work.Constraints;
import androidx.work.ExistingPeriodicWorkPolicy;
import androidx.work.NetworkType;
import androidx.work.PeriodicWorkRequest;
import androidx.work.WorkManager;
import androidx.work.Worker;
import androidx.work.WorkerParameters;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import uk.waymark.client.Seen;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.MyNotification;
import uk.waymark.client.model.MyNotificationList;

/** Looks for news a few times a day, for phones that Firebase cannot wake. */
public final class Looking extends Worker {
    private static final String NAME = "look";
    private static final String NEWEST = "newest";

    public Looking(@NonNull Context context, @NonNull WorkerParameters parameters) {
        super(context, parameters);
    }

    static void regularly(Context context) {
        WorkManager.getInstance(context).enqueueUniquePeriodicWork(NAME, ExistingPeriodicWorkPolicy.KEEP,
                new PeriodicWorkRequest.Builder(Looking.class, 4, TimeUnit.HOURS)
                        .setConstraints(new Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()).build());
    }

    static void stop(Context context) {
        WorkManager.getInstance(context).cancelUniqueWork(NAME);
    }

    @NonNull
    @Override
    public Result doWork() {
        look(getApplicationContext());
        return Result.success();
    }

    /** Asks once whether there is something new, and says so where there is. */
    static void look(Context context) {
        Core core = ((App) context.getApplicationContext()).core();
        Optional<Core.Now> now = core.now();
        if (!now.isPresent() || !now.get().line().signedIn()) {
            return;
        }
        Seen<MyNotificationList> seen = now.get().reads().read("/v1/me/notifications?limit=1", Core.language(context),
                json -> JSON.getGson().fromJson(json, MyNotificationList.class));
        seen.value().flatMap(list -> list.getItems().stream().findFirst()).ifPresent(newest -> tell(context, core, newest));
    }

    private static void tell(Context context, Core core, MyNotification newest) {
        String id = newest.getId().toString();
        boolean known = core.kept(NEWEST).map(id::equals).orElse(false);
        core.keep(NEWEST, id);
        if (!known && newest.getReadAt() == null) {
            News.show(context);
        }
    }
}
