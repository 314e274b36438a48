package uk.waymark.cases;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.waymark.messaging.Reservation;
import uk.waymark.notifications.Decision;
import uk.waymark.notifications.Pending;
import uk.waymark.platform.Sql;

/**
 * Nothing is sent of what an officer has to tell first, whoever queued it: a message of {@link Announcements} is cancelled
 * with the event already; this holds for those of other parts.
 */
@Singleton
final class ToldInPersonFirst implements Reservation {
    private record Key(UUID event, UUID person) { }

    @Override
    public List<Decision> before(Connection c, List<Pending> batch) {
        Set<Key> waits = new HashSet<>(Sql.list(c, """
            select event_id, person_id from waymark.in_person
             where event_id = any (?) and item_key is not null and ended_at is null""",
            r -> new Key(Sql.uuid(r, "event_id"), Sql.uuid(r, "person_id")),
            (Object) batch.stream().map(Pending::subjectRef).filter(s -> s != null).distinct().toArray(UUID[]::new)));
        return batch.stream().<Decision>map(m -> waits.contains(new Key(m.subjectRef(), m.recipientRef()))
            ? new Decision.Cancel("told_in_person_first") : null).toList();
    }
}
