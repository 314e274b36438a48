package uk.waymark.outbound;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/** What a force's system, or its staff, say of what was put out. Whoever put it is told once, in the transaction that records it. */
@Singleton
public final class Arrivals {
    static final String REFUSED = "outbound_refused";
    static final String LATE = "outbound_late";
    /** Why something is refused that cannot be opened here: no system is ever given it, and nothing waits behind it. */
    public static final String UNREADABLE = "unreadable";
    private static final String REFERENCE = "outbound_parcel.reference";
    private final Map<String, PassedOn> tellers;
    private final WorkItems workItems;
    private final OutboundTimes times;
    private final Outages outages;
    private final Sealing sealing;
    private final Audit audit;
    private final CaseClock clock;

    Arrivals(List<PassedOn> tellers, WorkItems workItems, OutboundTimes times, Outages outages, Sealing sealing,
             Audit audit, CaseClock clock) {
        this.tellers = tellers.stream().collect(Collectors.toMap(PassedOn::type, Function.identity()));
        this.workItems = workItems;
        this.times = times;
        this.outages = outages;
        this.sealing = sealing;
        this.audit = audit;
        this.clock = clock;
    }

    /** What saying it came to. */
    public enum Said {
        /** It is so from now on. */
        NOTED,
        /** It was so before, or nothing follows from it any more. */
        KNOWN,
        /** The other side has said before that it has it: it cannot refuse it now. */
        ARRIVED_BEFORE,
        /** The force has nothing of this id. */
        NOT_THERE
    }

    private record Row(UUID id, UUID force, long number, String type, UUID caseId, UUID person, UUID subject, String state,
                       boolean replaces, int items) {
        private boolean open() {
            return "waiting".equals(state) || "refused".equals(state);
        }

        private String item() {
            return "outbound:" + id + ':' + items;
        }
    }

    /**
     * The other side has said that it has it; whoever says so, and however often.
     *
     * @param c of a transaction of a system, staff or a worker of the force
     * @param reference what it calls it, or null
     */
    public Said acknowledged(Connection c, Caller by, UUID id, String reference) {
        return arrived(c, by, id, reference, false);
    }

    /** Staff have put it into the force's system themselves. */
    Said handled(Connection c, Caller by, UUID id) {
        return arrived(c, by, id, null, true);
    }

    private Said arrived(Connection c, Caller by, UUID id, String reference, boolean byHand) {
        Optional<Row> found = locked(c, id);
        if (found.isEmpty()) {
            return Said.NOT_THERE;
        }
        Row row = found.get();
        boolean takenBack = "withdrawn".equals(row.state()) && !byHand;
        if (!row.open() && !takenBack) {
            return Said.KNOWN;
        }
        Instant now = clock.instant();
        Sql.run(c, """
            update waymark.outbound_parcel set state = ?, settled_at = ?, reference = ?, lease = null, lease_until = null, late_at = null
             where id = ?""", byHand ? "handled" : "acknowledged", now, sealing.sealText(REFERENCE, id, reference), id);
        workItems.settle(c, row.item());
        if (row.replaces()) {
            supersede(c, row, now);
        }
        audit.record(c, by, byHand ? "outbound_handled" : "outbound_acknowledged", row.caseId(), row.person());
        PassedOn teller = tellers.get(row.type());
        if (teller != null && takenBack) {
            teller.arrivedAllTheSame(c, row.subject());
        } else if (teller != null) {
            teller.passedOn(c, row.force(), row.subject(), reference, now);
        }
        return Said.NOTED;
    }

    /** Whether whoever put it lets it leave now. @param c of a transaction of a system or a worker of the force */
    public boolean mayLeave(Connection c, Waiting waiting) {
        PassedOn teller = tellers.get(waiting.type());
        return teller == null || teller.mayLeave(c, waiting);
    }

    /** What said the same before and has not arrived is void. */
    private void supersede(Connection c, Row later, Instant now) {
        Sql.list(c, """
            update waymark.outbound_parcel set state = 'superseded', settled_at = ?, lease = null, lease_until = null, late_at = null
             where case_id = ? and type = ? and person_id is not distinct from ? and number < ? and state in ('waiting', 'refused')
            returning 'outbound:' || id || ':' || items as item""", r -> r.getString("item"), now, later.caseId(), later.type(),
            later.person(), later.number()).forEach(item -> workItems.settle(c, item));
    }

    /**
     * The other side will have none of it: staff are asked to see to it.
     *
     * @param why a short code in snake_case
     * @param says its reason in words, or null; staff read it
     */
    public Said refused(Connection c, Caller by, UUID id, String why, String says) {
        Optional<Row> found = locked(c, id);
        if (found.isEmpty() || !"waiting".equals(found.get().state())) {
            return found.isEmpty() ? Said.NOT_THERE : "acknowledged".equals(found.get().state()) ? Said.ARRIVED_BEFORE : Said.KNOWN;
        }
        Row row = found.get();
        Sql.run(c, """
            update waymark.outbound_parcel
               set state = 'refused', why = ?, settled_at = ?, lease = null, lease_until = null, late_at = null
             where id = ?""", why, clock.instant(), id);
        audit.record(c, by, "outbound_refused", row.caseId(), row.person());
        ask(c, row, REFUSED, why, says);
        return Said.NOTED;
    }

    /** It has waited for too long: staff are told, once, unless whoever put it says that they know or that somebody is at it. */
    public void late(Connection c, UUID id) {
        locked(c, id).filter(row -> "waiting".equals(row.state())).ifPresent(row -> {
            Instant now = clock.instant();
            int first = Sql.run(c, "update waymark.outbound_parcel set late_at = null where id = ? and late_at <= ?", id, now);
            if (first == 1) {
                PassedOn teller = tellers.get(row.type());
                switch (teller == null ? PassedOn.Late.TELL : teller.late(c, row.subject())) {
                    case TELL -> tell(c, row);
                    case WAIT -> Sql.run(c, "update waymark.outbound_parcel set late_at = ? where id = ?",
                        times.lateAt(row.type(), now), id);
                    case KNOWN -> { }
                }
            }
        });
    }

    private void tell(Connection c, Row row) {
        if (times.urgent(row.type())) {
            ask(c, row, LATE, "urgent", null);
        } else if (!outages.joined(c, row.force(), row.id())) {
            ask(c, row, LATE, "not_taken", null);
        }
    }

    /** It waits anew, and may be called at once; unless a later one says all of it. */
    void again(Connection c, UUID id) {
        locked(c, id).filter(Row::open).ifPresent(row -> {
            Instant now = clock.instant();
            boolean overtaken = row.replaces() && Sql.one(c, """
                select exists (select 1 from waymark.outbound_parcel
                                where case_id = ? and type = ? and person_id is not distinct from ? and number > ?
                                  and state <> 'refused') as later""", r -> r.getBoolean("later"), row.caseId(), row.type(),
                row.person(), row.number()).orElseThrow();
            Sql.run(c, """
                update waymark.outbound_parcel set state = ?, settled_at = ?, attempts = 0, retry_at = null, late_at = ?, late_in = null
                 where id = ?""",
                overtaken ? "superseded" : "waiting", overtaken ? now : null, overtaken ? null : times.lateAt(row.type(), now), id);
        });
    }

    /** The item before, where it is open, says less than this one. */
    private void ask(Connection c, Row row, String kind, String why, String says) {
        workItems.settle(c, row.item());
        int items = row.items() + 1;
        Sql.run(c, "update waymark.outbound_parcel set items = ? where id = ?", items, row.id());
        workItems.open(c, new NewWorkItem(kind, "outbound:" + row.id() + ':' + items, row.caseId(), row.person(), row.id(), why,
            times.detail(kind, row.type(), why, says), times.due(kind, row.type(), clock.instant())));
    }

    /** Nothing becomes of what an item is about, a parcel or an outage, until the transaction of staff ends. */
    void hold(Connection c, UUID subject) {
        outages.hold(c);
        locked(c, subject);
    }

    private Optional<Row> locked(Connection c, UUID id) {
        return Sql.one(c, """
            select id, force_id, number, type, case_id, person_id, subject_id, state, replaces, items from waymark.outbound_parcel
             where id = ? and force_id = waymark.ctx_force() for update""",
            r -> new Row(Sql.uuid(r, "id"), Sql.uuid(r, "force_id"), r.getLong("number"), r.getString("type"), Sql.uuid(r, "case_id"),
                Sql.uuid(r, "person_id"), Sql.uuid(r, "subject_id"), r.getString("state"), r.getBoolean("replaces"), r.getInt("items")),
            id);
    }
}
