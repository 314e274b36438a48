package uk.waymark.app;

import android.content.Context;
import androidx.annotation.NonNull;
import androidx.work.Constraints;
import androidx.work.Data;
import androidx.work.ExistingPeriodicWorkPolicy;
import androidx.work.ExistingWorkPolicy;
import androidx.work.NetworkType;
import androidx.work.OneTimeWorkRequest;
import androidx.work.PeriodicWorkRequest;
import androidx.work.WorkManager;
import androidx.work.Worker;
import androidx.work.WorkerParameters;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import uk.waymark.client.Reads;
import uk.waymark.client.Seen;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.MyNotification;
import uk.waymark.client.model.MyNotificationList;

/**
 * Looks whether there is news, and tells of it when this phone may light up: once Firebase has woken the app, and a few times a day on
 * phones that it cannot wake.
 */
public final class Looking extends Worker {
    private static final String REGULARLY = "look";
    private static final String WOKEN = "woken";
    private static final String LATER = "look later";
    private static final String ALL = "looking"; // a tag of each
    private static final String KEY = "key";
    private static final String NEWEST = "newest";
    private static final String LIST = "/v1/me/notifications?limit=20";

    public Looking(@NonNull Context context, @NonNull WorkerParameters parameters) {
        super(context, parameters);
    }

    static void regularly(Context context) {
        WorkManager.getInstance(context).enqueueUniquePeriodicWork(REGULARLY, ExistingPeriodicWorkPolicy.KEEP,
                new PeriodicWorkRequest.Builder(Looking.class, 4, TimeUnit.HOURS).addTag(ALL)
                        .setConstraints(new Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()).build());
    }

    static void notRegularly(Context context) {
        WorkManager.getInstance(context).cancelUniqueWork(REGULARLY);
    }

    /** Firebase has woken the app. It does not wait for a line: no answer is no reason to tell nothing. @param key what it was woken with */
    static void woken(Context context, String key) {
        WorkManager.getInstance(context).enqueueUniqueWork(WOKEN, ExistingWorkPolicy.APPEND_OR_REPLACE, once(key, Duration.ZERO));
    }

    private static void later(Context context, String key, Duration wait) {
        WorkManager.getInstance(context).enqueueUniqueWork(LATER + (key == null ? "" : " " + key), ExistingWorkPolicy.REPLACE, once(key, wait));
    }

    private static OneTimeWorkRequest once(String key, Duration wait) {
        return new OneTimeWorkRequest.Builder(Looking.class).addTag(ALL).setInitialDelay(wait.getSeconds(), TimeUnit.SECONDS)
                .setInputData(new Data.Builder().putString(KEY, key).build()).build();
    }

    /** Nobody is told any more. */
    static void stop(Context context) {
        WorkManager.getInstance(context).cancelAllWorkByTag(ALL);
    }

    @NonNull
    @Override
    public Result doWork() {
        Core core = ((App) getApplicationContext()).core();
        look(getApplicationContext(), getInputData().getString(KEY), core.clock().instant());
        return Result.success();
    }

    /**
     * Asks once whether there is something to tell of, and tells of it, or will when the phone may light up.
     *
     * @param key what the app was woken with; null where it was not
     */
    static void look(Context context, String key, Instant at) {
        Core core = ((App) context.getApplicationContext()).core();
        long age = core.age();
        Optional<Core.Now> now = core.now();
        if (!now.isPresent() || !now.get().line().signedIn()) {
            return;
        }
        boolean asks = mayAsk(core, now.get());
        String language = Core.language(context);
        Seen<JsonObject> said = preferences(now.get().reads(), language, asks);
        Seen<MyNotificationList> sent = asks ? sent(now.get().reads(), language) : null;
        if (sent != null && sent.trouble() == Seen.Trouble.SIGN_IN) {
            return; // whoever holds the phone is nobody any more
        }
        Optional<MyNotificationList> list = sent == null || sent.trouble() != Seen.Trouble.NONE ? Optional.empty() : sent.value();
        Optional<LightingUp> may = said.value().map(s -> new LightingUp(s, key != null));
        boolean tells;
        Optional<Instant> when;
        if (key != null) {
            tells = !list.filter(l -> read(l, key)).isPresent() && !may.filter(LightingUp::never).isPresent();
            when = may.filter(m -> !m.atNight()).map(m -> m.next(at)).orElse(Optional.of(at));
        } else if (list.isPresent() && may.isPresent()) {
            tells = somethingNew(core, list.get()) && may.get().unasked();
            when = may.get().next(at);
        } else {
            return; // at the next look
        }
        core.stillHere(age, () -> {
            if (tells && when.isPresent() && when.get().isAfter(at)) {
                later(context, key, Duration.between(at, when.get()));
                return;
            }
            list.flatMap(l -> l.getItems().stream().findFirst()).ifPresent(n -> core.keep(NEWEST, n.getId().toString()));
            if (tells && when.isPresent()) {
                News.show(context);
            }
        });
    }

    /**
     * In discreet mode, which is always on in a case with a safety flag, a sign-in lasts half an hour from when it was last used. What the
     * phone does by itself must not make it last longer: there it asks only while no new tokens are needed.
     */
    private static boolean mayAsk(Core core, Core.Now now) {
        return core.kept(DatesScreen.DISCREET).filter("false"::equals).isPresent() || now.line().ready();
    }

    private static Seen<JsonObject> preferences(Reads reads, String language, boolean asks) {
        Reads.Parser<JsonObject> parser = json -> JsonParser.parseString(json).getAsJsonObject();
        return asks ? reads.read(ContactPart.PATH, language, parser) : reads.last(ContactPart.PATH, language, parser);
    }

    private static Seen<MyNotificationList> sent(Reads reads, String language) {
        Seen<MyNotificationList> seen = reads.read(LIST, language, json -> JSON.getGson().fromJson(json, MyNotificationList.class));
        reads.forget(LIST, language); // nobody looks at it here
        return seen;
    }

    /** Something that is not there yet is not read. */
    private static boolean read(MyNotificationList list, String key) {
        return list.getItems().stream().anyMatch(n -> n.getId().toString().equals(key) && n.getReadAt() != null);
    }

    /** Whether anything since the last look is unread; at the first look, whether the newest is. */
    private static boolean somethingNew(Core core, MyNotificationList list) {
        Optional<String> known = core.kept(NEWEST);
        List<MyNotification> items = list.getItems();
        for (int i = 0; i < (known.isPresent() ? items.size() : Math.min(1, items.size())); i++) {
            if (known.isPresent() && items.get(i).getId().toString().equals(known.get())) {
                return false;
            }
            if (items.get(i).getReadAt() == null) {
                return true;
            }
        }
        return false;
    }
}
