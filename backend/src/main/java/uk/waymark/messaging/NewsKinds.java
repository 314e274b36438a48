package uk.waymark.messaging;

import java.sql.Connection;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What kinds of events messages are about: asked of whoever knows the cases. */
public interface NewsKinds {

    /**
     * @param type    of the event as on the wire, such as {@code suspect_bailed}; of one that takes another back, the other's
     * @param suspect whether it says that somebody was under suspicion
     */
    record News(String type, boolean suspect) { }

    /**
     * @param c        of a transaction that acts for the force
     * @param subjects what messages are about; what is no event of a case is not in the answer
     */
    Map<UUID, News> of(Connection c, Collection<UUID> subjects);
}
