package uk.waymark.outbound;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Of what is late for a force's system the first thing has an item of its own. From the second on one item stands for all, with how many
 * there are of what: in a long outage nobody finds anything else in a queue with an item for each.
 */
@Singleton
public final class Outages {
    private static final String REASON = "outage";
    private final WorkItems workItems;
    private final OutboundTimes times;
    private final Ids ids;
    private final CaseClock clock;

    Outages(WorkItems workItems, OutboundTimes times, Ids ids, CaseClock clock) {
        this.workItems = workItems;
        this.times = times;
        this.ids = ids;
        this.clock = clock;
    }

    /** One of which nothing waits any more. */
    public record Over(UUID id, UUID force) { }

    /**
     * One more is late.
     *
     * @param c of a transaction of a worker of the force, which holds the parcel
     * @return false where it is the only one: it has an item of its own
     */
    boolean joined(Connection c, UUID force, UUID parcel) {
        oneByOne(c, force);
        Optional<UUID> open = Sql.one(c, "select id from waymark.outbound_outage where force_id = ? and ended_at is null",
            r -> Sql.uuid(r, "id"), force);
        boolean alone = open.isEmpty() && !Sql.one(c, """
            select exists (select 1 from waymark.outbound_parcel
                            where force_id = ? and state = 'waiting' and late_in is not null and id <> ?) as others""",
            r -> r.getBoolean("others"), force, parcel).orElseThrow();
        if (alone) {
            Sql.run(c, "update waymark.outbound_parcel set late_in = id where id = ?", parcel);
            return false;
        }
        UUID outage = open.orElseGet(() -> begin(c, force));
        Sql.run(c, "update waymark.outbound_parcel set late_in = ? where id = ?", outage, parcel);
        say(c, outage);
        return true;
    }

    /** So that two at once are not both the first, and none joins what is being ended. */
    private static void oneByOne(Connection c, UUID force) {
        Sql.call(c, "select pg_advisory_xact_lock(hashtextextended(?, 0))", "outbound late " + force);
    }

    /** Nothing joins an outage of the force that the transaction acts for, and none is ended, until it ends. */
    void hold(Connection c) {
        Sql.one(c, "select waymark.ctx_force() as force", r -> Sql.uuid(r, "force")).ifPresent(force -> oneByOne(c, force));
    }

    /** Those with an item of their own are of it from now on. */
    private UUID begin(Connection c, UUID force) {
        UUID outage = ids.next();
        Instant now = clock.instant();
        Sql.run(c, "insert into waymark.outbound_outage (id, force_id, began_at) values (?, ?, ?)", outage, force, now);
        Sql.list(c, """
            update waymark.outbound_parcel set late_in = ? where force_id = ? and state = 'waiting' and late_in is not null
            returning 'outbound:' || id || ':' || items as item""", r -> r.getString("item"), outage, force)
            .forEach(item -> workItems.settle(c, item));
        workItems.open(c, item(c, outage));
        return outage;
    }

    private void say(Connection c, UUID outage) {
        workItems.replace(c, item(c, outage));
    }

    private NewWorkItem item(Connection c, UUID outage) {
        String count = Sql.list(c, """
            select type, count(*) as waiting from waymark.outbound_parcel where force_id = waymark.ctx_force() and late_in = ?
               and state = 'waiting' group by type order by type""", r -> r.getString("type") + ": " + r.getLong("waiting"), outage)
            .stream().collect(Collectors.joining(", "));
        Instant since = Sql.one(c, "select began_at from waymark.outbound_outage where id = ?", r -> Sql.instant(r, "began_at"), outage)
            .orElseThrow();
        return new NewWorkItem(Arrivals.LATE, key(outage), null, null, outage, REASON,
            times.detail(Arrivals.LATE, "", REASON, null).replace("{count}", count), times.due(Arrivals.LATE, "", since));
    }

    private static String key(UUID outage) {
        return "outbound_outage:" + outage;
    }

    /** Whether anything of it waits; false where this is no outage. Nothing joins it until the transaction ends. */
    boolean waits(Connection c, UUID force, UUID outage) {
        oneByOne(c, force);
        return Sql.one(c, """
            select 1 from waymark.outbound_parcel p join waymark.outbound_outage o on o.id = p.late_in
             where p.force_id = waymark.ctx_force() and o.id = ? and p.state = 'waiting' limit 1""", r -> true, outage).orElse(false);
    }

    /** All of it waits anew, and may be called at once; without what a later one says all of. In a few statements, however much it is. */
    void again(Connection c, UUID outage) {
        Instant now = clock.instant();
        Sql.list(c, "select distinct type from waymark.outbound_parcel where force_id = waymark.ctx_force() and late_in = ? and state = 'waiting'",
            r -> r.getString("type"), outage).forEach(type -> Sql.run(c, """
                update waymark.outbound_parcel p
                   set state = case when o.overtaken then 'superseded' else 'waiting' end,
                       settled_at = case when o.overtaken then ?::timestamptz end, late_at = case when o.overtaken then null else ?::timestamptz end,
                       attempts = 0, retry_at = null, late_in = null
                  from (select e.id, e.replaces and exists (select 1 from waymark.outbound_parcel l
                                where l.case_id = e.case_id and l.type = e.type and l.person_id is not distinct from e.person_id
                                  and l.number > e.number and l.state <> 'refused') as overtaken
                          from waymark.outbound_parcel e
                         where e.force_id = waymark.ctx_force() and e.late_in = ? and e.type = ? and e.state = 'waiting') o
                 where p.id = o.id and p.state = 'waiting'""", now, times.lateAt(type, now), outage, type));
    }

    /** Staff have dealt with it. */
    void end(Connection c, UUID outage) {
        Sql.run(c, "update waymark.outbound_outage set ended_at = ? where id = ? and ended_at is null", clock.instant(), outage);
        workItems.settle(c, key(outage));
    }

    /** It has come right by itself, unless something has joined it since that was seen. */
    public void endIfOver(Connection c, Over over) {
        if (!waits(c, over.force(), over.id())) {
            end(c, over.id());
        }
    }

    /** @param c of a transaction of nobody's */
    public List<Over> over(Connection c) {
        return Sql.list(c, "select id, force_id from waymark.gate_outages_over()",
            r -> new Over(Sql.uuid(r, "id"), Sql.uuid(r, "force_id")));
    }
}
