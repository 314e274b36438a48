package uk.waymark.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.WorkItems;

/**
 * Where every feature leaves what a force's own system has to have. What is put commits or goes with the caller's transaction: it
 * leaves if, and only if, what it tells about is so.
 */
@Singleton
public final class Outbound {
    static final String DATA = "outbound_parcel.data";
    private static final JsonMapper JSON = new JsonMapper();
    private final Sealing sealing;
    private final Ids ids;
    private final CaseClock clock;
    private final OutboundTimes times;
    private final WorkItems workItems;

    Outbound(Sealing sealing, Ids ids, CaseClock clock, OutboundTimes times, WorkItems workItems) {
        this.sealing = sealing;
        this.ids = ids;
        this.clock = clock;
        this.times = times;
        this.workItems = workItems;
    }

    /**
     * Puts something out, once per dedupe key. What says everything anew voids what has not left yet; what is being handed over now is
     * void once the later one has arrived.
     *
     * @param connection of a transaction of the person it is about, or of staff, a system or a worker of the force; the database
     *     refuses any other
     * @return whether it is new
     */
    public boolean put(Connection connection, NewParcel parcel) {
        UUID id = ids.next();
        Instant now = clock.instant();
        boolean fresh = Sql.one(connection, "select waymark.put_outbound(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as new", r -> r.getBoolean("new"),
            id, parcel.force(), parcel.type(), parcel.caseId(), parcel.personId(), parcel.subject(), parcel.dedupeKey(),
            sealing.seal(DATA, id, bytes(parcel)), parcel.replaces(), now, times.lateAt(parcel.type(), now)).orElseThrow();
        if (fresh && parcel.replaces()) {
            supersede(connection, parcel, id, now);
        }
        return fresh;
    }

    /**
     * Nobody is given what was safe yesterday before what is not today, and words that nobody takes do not pile up. In a transaction of
     * a person nothing is seen of those before: there it is as late as on arrival.
     */
    private void supersede(Connection c, NewParcel later, UUID id, Instant now) {
        Sql.list(c, """
            update waymark.outbound_parcel set state = 'superseded', settled_at = ?, lease = null, lease_until = null, late_at = null
             where id in (select e.id from waymark.outbound_parcel e
                           where e.force_id = waymark.ctx_force() and e.case_id = ? and e.type = ? and e.person_id is not distinct from ?
                             and e.number < (select l.number from waymark.outbound_parcel l where l.id = ?)
                             and e.state in ('waiting', 'refused') and (e.lease_until is null or e.lease_until < clock_timestamp())
                             for update skip locked)
            returning 'outbound:' || id || ':' || items as item""", r -> r.getString("item"), now, later.caseId(), later.type(),
            later.personId(), id).forEach(item -> workItems.settle(c, item));
    }

    /**
     * Takes back what was put of this type about this subject and has not arrived. What is being handed over at this moment may
     * arrive all the same: {@link PassedOn#arrivedAllTheSame} says so.
     *
     * @param connection of a transaction of a system, staff or a worker of the force
     * @return whether anything of it was handed over before, or is at this moment, and nobody has said that it did not arrive: it may be there
     */
    public boolean withdraw(Connection connection, String type, UUID subject) {
        record Taken(String item, boolean tried) { }
        List<Taken> taken = Sql.list(connection, """
            with before as (select id, state = 'waiting' and (attempts > 0 or lease is not null) as tried from waymark.outbound_parcel
                             where force_id = waymark.ctx_force() and type = ? and subject_id = ? and state in ('waiting', 'refused') for update)
            update waymark.outbound_parcel p
               set state = 'withdrawn', settled_at = ?, lease = null, lease_until = null, late_at = null
              from before b where p.id = b.id
            returning 'outbound:' || p.id || ':' || p.items as item, b.tried""", r -> new Taken(r.getString("item"), r.getBoolean("tried")), type,
            subject, clock.instant());
        taken.forEach(one -> workItems.settle(connection, one.item()));
        return taken.stream().anyMatch(Taken::tried);
    }

    /** Whether anything that was put about this has not arrived yet. @param connection of a transaction of the force */
    public boolean waits(Connection connection, UUID subject) {
        return Sql.one(connection, """
            select exists (select 1 from waymark.outbound_parcel
                            where subject_id = ? and state in ('waiting', 'refused')) as waits""",
            r -> r.getBoolean("waits"), subject).orElseThrow();
    }

    private byte[] bytes(NewParcel parcel) {
        try {
            return JSON.writeValueAsBytes(parcel.data());
        } catch (JsonProcessingException e) {
            // without its message, which may quote what a person wrote
            throw new IllegalStateException("a parcel cannot be written as JSON: " + parcel.type());
        }
    }
}
