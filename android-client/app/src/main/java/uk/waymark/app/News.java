package uk.waymark.app;

import android.Manifest;
import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.content.pm.PackageManager;
import android.os.Build;
import androidx.core.app.NotificationCompat;
import androidx.core.app.NotificationManagerCompat;
import androidx.core.content.ContextCompat;

/** The one notification there is: it says that there is something new, and nothing of what. */
final class News {
    private static final String CHANNEL = "news";
    private static final String TAG = "news"; // one for all: a later one takes its place
    private static final String LANGUAGE = "language";

    private News() {}

    static void makeChannel(Context context) {
        NotificationChannel channel = new NotificationChannel(CHANNEL, context.getString(R.string.news_channel),
                NotificationManager.IMPORTANCE_DEFAULT);
        channel.setLockscreenVisibility(Notification.VISIBILITY_SECRET);
        channel.setShowBadge(false);
        context.getSystemService(NotificationManager.class).createNotificationChannel(channel);
    }

    /** The language that the person has chosen for what they are sent, as {@code /v1/me} last said. */
    static void language(Core core, String language) {
        core.keep(LANGUAGE, language);
    }

    /** The same. @param otherwise where it is not known here */
    static String chosen(Core core, String otherwise) {
        return core.kept(LANGUAGE).orElse(otherwise);
    }

    /** Whether the phone lets the app tell of anything. */
    static boolean allowed(Context context) {
        return (Build.VERSION.SDK_INT < 33
                || ContextCompat.checkSelfPermission(context, Manifest.permission.POST_NOTIFICATIONS) == PackageManager.PERMISSION_GRANTED)
                && NotificationManagerCompat.from(context).areNotificationsEnabled();
    }

    static void show(Context context) {
        if (!allowed(context)) {
            return;
        }
        Core core = ((App) context.getApplicationContext()).core();
        String words = words(context, chosen(core, Core.language(context)));
        PendingIntent open = PendingIntent.getActivity(context, 0, new Intent(context, StartScreen.class),
                PendingIntent.FLAG_IMMUTABLE | PendingIntent.FLAG_UPDATE_CURRENT);
        Notification notification = new NotificationCompat.Builder(context, CHANNEL)
                .setSmallIcon(R.drawable.ic_news).setContentText(words).setContentIntent(open).setAutoCancel(true)
                .setStyle(new NotificationCompat.BigTextStyle().bigText(words))
                .setVisibility(NotificationCompat.VISIBILITY_SECRET).setLocalOnly(true).build();
        NotificationManagerCompat.from(context).notify(TAG, 1, notification);
    }

    private static String words(Context context, String language) {
        android.content.res.Configuration configuration = new android.content.res.Configuration(context.getResources().getConfiguration());
        configuration.setLocale(new java.util.Locale(language));
        return context.createConfigurationContext(configuration).getString(R.string.news);
    }

    static void clear(Context context) {
        NotificationManagerCompat.from(context).cancelAll();
    }
}
