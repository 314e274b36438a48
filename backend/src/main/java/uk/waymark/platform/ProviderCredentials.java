package uk.waymark.platform;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secrets of accounts at message providers, and of adapters that are on. The rows name them, the surroundings hold them.
 */
public final class ProviderCredentials {
    private ProviderCredentials() { }

    /** @param kind of account, as its row has it; @param reference as its row has it */
    public static Optional<String> of(Settings settings, String kind, String reference) {
        return switch (kind) {
            case "firebase" -> settings.firebaseCredentials(reference);
            case "notify" -> settings.notifyKey(reference);
            default -> settings.providerToken(reference);
        };
    }

    /** The name of the setting that holds it. */
    public static String setting(String kind, String reference) {
        return switch (kind) {
            case "firebase" -> Settings.firebaseSetting(reference);
            case "notify" -> Settings.notifySetting(reference);
            default -> Settings.providerSetting(reference);
        };
    }

    /** What it is, for whoever has to set it. */
    public static String what(String kind) {
        return switch (kind) {
            case "firebase" -> "service account of a Firebase project";
            case "notify" -> "API key of a service at GOV.UK Notify";
            default -> "auth token of a Twilio account";
        };
    }

    /** @return one line a setting that is missing, as {@link Settings.Unfit} has them */
    public static List<String> missing(Connection owner, Settings settings) {
        record Account(String kind, String reference) { }
        var complaints = new TreeMap<String, String>();
        Sql.list(owner, "select kind, credential_ref from waymark.provider_account",
                r -> new Account(r.getString("kind"), r.getString("credential_ref"))).stream()
            .filter(a -> of(settings, a.kind(), a.reference()).isEmpty())
            .forEach(a -> complaints.put(setting(a.kind(), a.reference()), setting(a.kind(), a.reference())
                + " is not set (" + what(a.kind()) + " that the database names)"));
        Sql.list(owner, "select credential_ref from waymark.adapter where enabled and credential_ref is not null", r -> r.getString(1))
            .stream().filter(ref -> settings.adapterSecret(ref).isEmpty())
            .forEach(ref -> complaints.put(Settings.adapterSetting(ref),
                Settings.adapterSetting(ref) + " is not set (client secret of an adapter that the database names)"));
        return List.copyOf(complaints.values());
    }
}
