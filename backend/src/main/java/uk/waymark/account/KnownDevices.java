package uk.waymark.account;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * Devices that have signed in on a number before. They have limits of their own, so that somebody who only knows the number
 * cannot use its owner's up. Keyed hashes, known to limits alone; asking costs the same for every number and device.
 */
@Singleton
final class KnownDevices {
    private static final Caller NOBODY = new Caller.Nobody();
    private final ActingAs acting;
    private final SignInSettings settings;
    private final Sealing sealing;
    private final MachineClock clock;

    KnownDevices(ActingAs acting, SignInSettings settings, Sealing sealing, MachineClock clock) {
        this.acting = acting;
        this.settings = settings;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** @param device the app's own random id, or null @return what it is known as */
    Optional<String> find(String number, String device) {
        String id = id(number, device);
        return acting.as(NOBODY, c -> Sql.one(c, "select id from waymark.known_device where id = ? and expires_at > ?",
            r -> r.getString("id"), id, clock.instant()));
    }

    /** This device has signed in on the number. */
    void remember(String number, String device) {
        if (device != null) {
            acting.as(NOBODY, c -> Sql.run(c, """
                insert into waymark.known_device (id, expires_at) values (?, ?)
                on conflict (id) do update set expires_at = excluded.expires_at""",
                id(number, device), clock.instant().plus(settings.knownDevice())));
        }
    }

    private String id(String number, String device) {
        return HexFormat.of().formatHex(sealing.key("device", number + ' ' + (device == null ? "" : device)));
    }
}
