package uk.waymark.changes;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.account.DeviceSignedIn;
import uk.waymark.messaging.ContactChannels.Safety;
import uk.waymark.messaging.NoticeBars;
import uk.waymark.messaging.Standing;
import uk.waymark.messaging.Standings;
import uk.waymark.notifications.NewMessage;
import uk.waymark.notifications.Outbox;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sql;

/** Another device has signed in: the account's other ones are told, in words that say nothing. Not of the very first. */
@Singleton
class NewDevices {
    private final ActingAs acting;
    private final Outbox outbox;
    private final ChangeSettings settings;
    private final CaseClock clock;
    private final Standings standings;

    NewDevices(ActingAs acting, Outbox outbox, ChangeSettings settings, CaseClock clock, Standings standings) {
        this.standings = standings;
        this.acting = acting;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    private record Beside(UUID person, UUID force) { }

    /** One person of the account stands for all, since the devices are the account's: one who can be told safely. */
    @EventListener
    void signedIn(DeviceSignedIn event) {
        List<Beside> all = Sql.list(event.connection(), "select person_id, force_id from waymark.gate_people_beside(?)",
            r -> new Beside(Sql.uuid(r, "person_id"), Sql.uuid(r, "force_id")), event.session());
        all.stream().filter(one -> safe(event.connection(), one)).findFirst().or(() -> all.stream().findFirst())
            .ifPresent(one -> tell(event, one));
    }

    private boolean safe(Connection c, Beside one) {
        acting.goOn(c, new Caller.Worker(one.force()));
        Standing standing = standings.of(c, new UUID[] {one.person()}).get(one.person());
        acting.goOn(c, new Caller.Nobody());
        return standing != null && standing.order().stream().anyMatch(w -> standing.effective(w) == Safety.SAFE);
    }

    private void tell(DeviceSignedIn event, Beside one) {
        Instant now = clock.instant();
        acting.goOn(event.connection(), new Caller.Worker(one.force()));
        outbox.enqueue(event.connection(), new NewMessage(one.force(), one.person(), NoticeBars.MESSAGE_CLASS,
            NoticeBars.NEW_SIGN_IN, Map.of(), "sign-in:" + event.session(), event.session(), now,
            now.plus(settings.tried("new_sign_in"))));
        acting.goOn(event.connection(), new Caller.Nobody());
    }
}
