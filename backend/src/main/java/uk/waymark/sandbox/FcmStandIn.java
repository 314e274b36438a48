package uk.waymark.sandbox;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.waymark.messaging.AppWords;
import uk.waymark.messaging.PushRegistrations;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Settings;
import uk.waymark.platform.Sql;

/**
 * Stands in for Firebase Cloud Messaging, and for the app that it wakes: takes a key as Firebase does, and puts on the phone
 * what the app would show, in the app's own words. Which phone an app is on it knows from the account that registered the app,
 * as Firebase knows it from the app itself.
 */
@Singleton
@Requires(env = "sandbox")
final class FcmStandIn {
    /** Firebase's answer for an app that is gone. */
    static final Map<String, Object> UNREGISTERED = Map.of("error", Map.of("code", 404,
        "message", "Requested entity was not found.", "status", "NOT_FOUND", "details", List.of(Map.of(
            "@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode", "UNREGISTERED"))));
    private static final String UNINSTALLED = "uninstalled";
    private final ActingAs acting;
    private final Sealing sealing;
    private final Phones phones;
    private final Ids ids;
    private final CaseClock clock;

    FcmStandIn(ActingAs acting, Sealing sealing, Phones phones, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.sealing = sealing;
        this.phones = phones;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether an Authorization header holds the sandbox's access token, and the project is the sandbox's. */
    static boolean admits(String authorization, String project) {
        byte[] expected = ("Bearer " + Settings.SANDBOX_MARK).getBytes(StandardCharsets.UTF_8);
        return authorization != null && project.equals(SandboxForces.FIREBASE_PROJECT)
            && MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
    }

    private record App(String number, String language) { }

    /** @return the name of the message that has woken the app, or nothing where the app is gone */
    Optional<String> accept(String token) {
        return app(token).map(app -> {
            String name = "projects/" + SandboxForces.FIREBASE_PROJECT + "/messages/" + ids.next();
            if (app.number() != null) { // an account without a number has no phone here
                phones.receive(new Phones.Text(name, SandboxForces.FIREBASE_PROJECT, Phones.PUSH, app.number(), "app",
                    AppWords.in(app.language()), clock.instant()));
            }
            return name;
        });
    }

    private Optional<App> app(String token) {
        return token.startsWith(UNINSTALLED) ? Optional.empty() : acting.as(new Caller.Nobody(), c -> Sql.one(c,
            "select account_id, number, language from sandbox.phone_of(?)",
            r -> new App(sealing.openText("account.number", Sql.uuid(r, "account_id"), r.getBytes("number")),
                r.getString("language")),
            (Object) sealing.keys(PushRegistrations.KEY, token)));
    }
}
