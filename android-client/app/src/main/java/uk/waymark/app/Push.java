package uk.waymark.app;

import android.content.Context;
import androidx.annotation.NonNull;
import com.google.android.gms.common.ConnectionResult;
import com.google.android.gms.common.GoogleApiAvailabilityLight;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;
import java.util.Map;
import uk.waymark.client.Vault;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.DevicePlatform;
import uk.waymark.client.model.PushRegistration;

/** Firebase Cloud Messaging: what comes says nothing; it only wakes the app. */
public final class Push extends FirebaseMessagingService {
    private static final String PATH = "/v1/me/push-registration";
    private static volatile boolean forgetting;

    @Override
    public void onMessageReceived(@NonNull RemoteMessage message) {
        if (((App) getApplication()).core().signedIn()) {
            String key = message.getData().get("key");
            Looking.woken(this, key == null ? "" : key);
        }
    }

    @Override
    public void onNewToken(@NonNull String token) {
        register(getApplicationContext(), token);
    }

    /** Whether this phone can be woken for the chosen force. */
    static boolean possible(Context context) {
        Map<String, String> options = ((App) context.getApplicationContext()).core().now()
                .map(n -> n.force().firebase()).orElse(Map.of());
        return options.containsKey("application_id") && GoogleApiAvailabilityLight.getInstance()
                .isGooglePlayServicesAvailable(context) == ConnectionResult.SUCCESS;
    }

    /** Begins to be told, where somebody is signed in: by Firebase, or where that cannot be by looking. */
    static void start(Context context) {
        Core core = ((App) context.getApplicationContext()).core();
        if (!core.signedIn()) {
            return;
        }
        if (!possible(context)) {
            Looking.regularly(context);
            return;
        }
        Looking.notRegularly(context);
        if (forgetting) {
            return; // it begins anew once that is done
        }
        Map<String, String> options = core.now().get().force().firebase();
        if (FirebaseApp.getApps(context).isEmpty()) {
            FirebaseApp.initializeApp(context, new FirebaseOptions.Builder().setProjectId(options.get("project_id"))
                    .setApplicationId(options.get("application_id")).setApiKey(options.get("api_key"))
                    .setGcmSenderId(options.get("sender_id")).build());
        }
        FirebaseMessaging.getInstance().getToken().addOnSuccessListener(token -> register(context, token));
    }

    private static void register(Context context, String token) {
        Core core = ((App) context.getApplicationContext()).core();
        long age = core.age();
        if (!core.signedIn()) {
            return;
        }
        PushRegistration registration = new PushRegistration();
        registration.setToken(token);
        registration.setPlatform(DevicePlatform.ANDROID);
        try {
            core.stillHere(age, () -> core.now().get().outbox().change("push", PATH, JSON.getGson().toJson(registration), null, null));
        } catch (Vault.VaultException e) {
            return; // a full phone: at the next start of the app
        }
        Sending.soon(context);
    }

    /** The server drops the token with the session; Firebase is told to forget it too. */
    static void forget(Context context) {
        Looking.stop(context);
        if (FirebaseApp.getApps(context).isEmpty() || forgetting) {
            return;
        }
        forgetting = true;
        FirebaseApp app = FirebaseApp.getInstance();
        FirebaseMessaging.getInstance().deleteToken().addOnCompleteListener(done -> { // before, it would have nothing to delete it with
            app.delete(); // another force has other options
            forgetting = false;
            start(context); // somebody may have signed in meanwhile
        });
    }
}
