package uk.waymark.outbound;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Set;
import java.util.UUID;
import uk.waymark.staff.BehindItem;
import uk.waymark.staff.WorkItems;

/**
 * What waits for a force's system behind an item of the queue: its outages first, then the parcel, and the item last, as wherever a worker
 * tells of what is late or ends an outage.
 */
@Singleton
final class OutboundItems implements BehindItem {
    private static final Set<String> KINDS = Set.of(Arrivals.LATE, Arrivals.REFUSED);
    private final WorkItems workItems;
    private final Arrivals arrivals;

    OutboundItems(WorkItems workItems, Arrivals arrivals) {
        this.workItems = workItems;
        this.arrivals = arrivals;
    }

    @Override
    public void hold(Connection c, UUID item) {
        workItems.subject(c, item, KINDS).ifPresent(subject -> arrivals.hold(c, subject));
    }
}
