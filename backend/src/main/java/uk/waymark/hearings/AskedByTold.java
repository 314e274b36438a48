package uk.waymark.hearings;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import uk.waymark.notifications.Inbound;
import uk.waymark.platform.Sql;

/** What it is written down that a message told of, with the version that it told. */
@Singleton
final class AskedByTold implements AboutHearing {

    @Override
    public List<Asked> of(Connection c, Inbound.Question message) {
        return Sql.list(c, """
            select hearing_id, max(version) as version from waymark.hearing_told
             where message_id = ? and person_id = ? group by hearing_id order by hearing_id""",
            r -> new Asked(Sql.uuid(r, "hearing_id"), r.getInt("version")), message.messageId(), message.recipientRef());
    }
}
