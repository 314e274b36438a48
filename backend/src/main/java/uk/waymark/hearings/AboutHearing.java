package uk.waymark.hearings;

import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.notifications.Inbound;

/**
 * Which court dates a message was about; one implementation a kind of message, all of them asked. What none of them knows asked
 * about no court date, and a reply to it is for staff to read.
 */
interface AboutHearing {

    /** @param version of the hearing that the message told of; null where that is not known: as it stands */
    record Asked(UUID hearing, Integer version) { }

    /** @param c of a transaction of a worker of the force */
    List<Asked> of(Connection c, Inbound.Question message);
}
