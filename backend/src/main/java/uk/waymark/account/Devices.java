package uk.waymark.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** Where an account is signed in. An ended session's tokens stop at the next call, on every instance. */
@Singleton
final class Devices {
    static final String NAME = "device_session.name";
    private final ActingAs acting;
    private final Sealing sealing;
    private final Audit audit;
    private final MachineClock clock;
    private final Activity activity;

    Devices(ActingAs acting, Sealing sealing, Audit audit, MachineClock clock, Activity activity) {
        this.acting = acting;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
        this.activity = activity;
    }

    record Device(UUID id, String name, String platform, Instant signedInAt, Instant lastSeenAt) { }

    /** Last used first; this one alone where the person keeps such lists back. @param before where to go on, or null for the start */
    List<Device> page(Caller.OwnView view, Instant before, UUID beforeId, int limit) {
        UUID own = view instanceof Caller.Person person ? person.session() : null;
        return acting.as(view, c -> Sql.list(c, """
            select id, name, platform, signed_in_at, last_seen_at from waymark.device_session
             where ended_at is null and (?::timestamptz is null or (last_seen_at, id) < (?, ?::uuid)) and (? or id = ?)
             order by last_seen_at desc, id desc limit ?""",
            r -> new Device(Sql.uuid(r, "id"), sealing.openText(NAME, Sql.uuid(r, "id"), r.getBytes("name")),
                r.getString("platform"), Sql.instant(r, "signed_in_at"), Sql.instant(r, "last_seen_at")),
            before, before, beforeId, activity.shown(c, view), own, limit));
    }

    void signOut(Caller.Person person) {
        acting.as(person, c -> end(c, person.session(), "signed_out"));
    }

    /** @throws ProblemException 404 where it is not this account's, or signed out already */
    void remove(Caller.Person person, UUID device) {
        acting.as(person, c -> {
            if (end(c, device, "removed") == 0) {
                throw ProblemException.notFound();
            }
            audit.record(c, person, "device_removed", null, null);
            return null;
        });
    }

    void removeAll(Caller.Person person) {
        acting.as(person, c -> {
            Sql.run(c, "update waymark.device_session set ended_at = ?, end_reason = 'removed' where ended_at is null",
                clock.instant());
            audit.record(c, person, "devices_removed", null, null);
            return null;
        });
    }

    private int end(Connection c, UUID session, String reason) {
        return Sql.run(c,
            "update waymark.device_session set ended_at = ?, end_reason = ? where id = ? and ended_at is null",
            clock.instant(), reason, session);
    }
}
