package uk.waymark.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.notifications.firebase.FirebaseAccount;
import uk.waymark.notifications.firebase.FirebaseAccounts;
import uk.waymark.notifications.firebase.Registration;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/**
 * The apps that people can be told on, one a signed-in device. A token belongs to whoever registered it last, and goes when
 * the session ends, however it ends, or when Firebase knows it no more.
 */
@Singleton
public final class PushRegistrations implements FirebaseAccounts {
    /** What keyed hashes of tokens are made for. */
    public static final String KEY = "push";
    private static final String TOKEN = "push_registration.token";
    /** Those that signed in first: whoever signs in on many more pushes nobody out. */
    private static final int MOST = 10;

    private final ActingAs acting;
    private final ProviderAccounts accounts;
    private final Sealing sealing;
    private final Ids ids;
    private final MachineClock clock;
    private final MeterRegistry meters;

    PushRegistrations(ActingAs acting, ProviderAccounts accounts, Sealing sealing, Ids ids, MachineClock clock,
                      MeterRegistry meters) {
        this.acting = acting;
        this.accounts = accounts;
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Registers the app of the session that asks, in place of the one it had; taken from another session that had it.
     *
     * @param token    as Firebase gave it to the app
     * @param platform of the contract's {@code DevicePlatform}
     */
    public void put(Caller.Person person, String token, String platform) {
        UUID id = ids.next();
        boolean registered = acting.as(person, c -> Sql.one(c,
            "select waymark.gate_register_push(?, ?, ?, ?, ?, ?) as registered", r -> r.getBoolean("registered"),
            id, platform, sealing.sealText(TOKEN, id, token), sealing.key(KEY, token),
            sealing.keys(KEY, token), clock.instant()).orElseThrow());
        if (!registered) {
            throw ProblemException.signInNeeded();
        }
    }

    /** Drops the app of the session that asks, if it has one. */
    public void remove(Caller.Person person) {
        acting.as(person, c -> Sql.run(c, "delete from waymark.push_registration where session_id = ?",
            person.session()));
    }

    /** Whether anything can be pushed for a force now. Not to be asked within a transaction. */
    boolean used(UUID force) {
        return accounts.firebase(force).isPresent();
    }

    /** The apps of these persons of a worker's own force, each person's first signed-in first. */
    Map<UUID, List<Registration>> of(Connection c, UUID[] persons) {
        record Found(UUID person, Registration app) { }
        return Sql.list(c, "select person_id, registration_id, token from waymark.gate_push_devices(?, ?)",
            r -> {
                UUID id = Sql.uuid(r, "registration_id");
                return new Found(Sql.uuid(r, "person_id"),
                    new Registration(id, sealing.openText(TOKEN, id, r.getBytes("token"))));
            }, persons, clock.instant()).stream()
            .collect(Collectors.groupingBy(Found::person, Collectors.mapping(Found::app,
                Collectors.collectingAndThen(Collectors.toList(), apps -> apps.stream().limit(MOST).toList()))));
    }

    @Override
    public FirebaseAccount forTenant(UUID tenant) {
        return accounts.firebase(tenant)
            .orElseThrow(() -> new NoSuchElementException("no Firebase project with a credential for this tenant"));
    }

    /** By the registration's id, which is another one for every token: whatever was registered since then stays. */
    @Override
    public void gone(UUID registration) {
        boolean dropped = acting.as(new Caller.Nobody(), c -> Sql.one(c, "select waymark.gate_drop_push(?) as dropped",
            r -> r.getBoolean("dropped"), registration).orElseThrow());
        meters.counter("waymark.push.unregistered", "dropped", Boolean.toString(dropped)).increment();
    }
}
