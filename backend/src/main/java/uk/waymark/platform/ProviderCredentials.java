package uk.waymark.platform;

import java.sql.Connection;
import java.util.List;
import java.util.TreeMap;

/**
 * Whether there is a secret for every account at a message provider and every adapter that is on. The rows name it, the
 * surroundings hold it.
 */
public final class ProviderCredentials {
    private ProviderCredentials() { }

    /** @return one line a setting that is missing, as {@link Settings.Unfit} has them */
    public static List<String> missing(Connection owner, Settings settings) {
        var complaints = new TreeMap<String, String>();
        Sql.list(owner, "select credential_ref from waymark.provider_account", r -> r.getString(1)).stream()
            .filter(ref -> settings.providerToken(ref).isEmpty())
            .forEach(ref -> complaints.put(Settings.providerSetting(ref),
                Settings.providerSetting(ref) + " is not set (auth token of a Twilio account that the database names)"));
        Sql.list(owner, "select credential_ref from waymark.adapter where enabled and credential_ref is not null", r -> r.getString(1))
            .stream().filter(ref -> settings.adapterSecret(ref).isEmpty())
            .forEach(ref -> complaints.put(Settings.adapterSetting(ref),
                Settings.adapterSetting(ref) + " is not set (client secret of an adapter that the database names)"));
        return List.copyOf(complaints.values());
    }
}
