package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import uk.waymark.notifications.Inbound;
import uk.waymark.platform.Sql;

/** A message about the very event that a court date stands by now. */
@Singleton
final class AskedByEvent implements AboutHearing {

    @Override
    public List<Asked> of(Connection c, Inbound.Question message) {
        return message.subjectRef() == null ? List.of() : Sql.list(c,
            "select id from waymark.hearing where event_id = ? order by id", r -> new Asked(Sql.uuid(r, "id"), null),
            message.subjectRef());
    }
}
