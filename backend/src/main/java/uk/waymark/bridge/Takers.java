package uk.waymark.bridge;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** Whether a force has a system that takes what is put out for it: called, or fetching by itself. Where it has none, whoever puts something leaves it to staff as well. */
@Singleton
public final class Takers {
    private final String[] kinds;

    Takers(List<DeliverAdapter> adapters) {
        this.kinds = adapters.stream().map(DeliverAdapter::kind).toArray(String[]::new);
    }

    /** @param c of a transaction of the force */
    public boolean any(Connection c, UUID force) {
        return Sql.one(c, """
            select exists (select 1 from waymark.adapter a where a.force_id = ? and a.enabled and a.kind = any(?))
                   or exists (select 1 from waymark.outbound_reader o where o.force_id = ?) as any""",
            r -> r.getBoolean("any"), force, kinds, force).orElseThrow();
    }
}
