package uk.waymark.staff;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.DataFile;
import uk.waymark.platform.DueWork;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/**
 * Who has which item: a claim that comes to nothing lapses, so that somebody else takes it on; and what one member of staff has can be
 * given to another, one by one or all at once. How long a claim holds is data: {@code staff/queue.properties}.
 */
@Singleton
class Assignments implements DueWork {
    private static final String TO = "/to";
    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);
    private final ActingAs acting;
    private final EachForce forces;
    private final Audit audit;
    private final CaseClock clock;
    private final KnownStaff known;
    private final List<BehindItem> behind;
    private final Duration holds;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Assignments(ActingAs acting, EachForce forces, Audit audit, CaseClock clock, KnownStaff known, List<BehindItem> behind) {
        this.forces = forces;
        this.known = known;
        this.behind = List.copyOf(behind);
        this.acting = acting;
        this.audit = audit;
        this.clock = clock;
        holds = DataFile.of("/staff/queue.properties").duration("claim_holds");
    }

    private record Held(UUID id, UUID caseId, UUID personId) { }

    /**
     * Gives an item to somebody, whoever has it.
     *
     * @param to as their identity provider names them
     * @throws ProblemException 404; 409 where it is completed or not theirs to give; 422 for a name that nobody has worked under
     */
    void assign(Caller.Staff staff, UUID id, String to) {
        acting.as(staff, c -> {
            behind.forEach(b -> b.hold(c, id));
            OpenItem item = OpenItem.locked(c, id).allowedTo(staff);
            if (to.equals(item.about())) {
                throw ProblemException.conflict("about-themselves", "This is about what they did", "Give it to another supervisor.");
            }
            known.check(c, staff, to, TO);
            give(c, staff, new Held(id, item.caseId(), item.personId()), to);
            return null;
        });
    }

    /**
     * Nobody has it any more.
     *
     * @throws ProblemException 404; 409 where it is completed, or somebody else has it
     */
    void giveBack(Caller.Staff staff, UUID id) {
        acting.as(staff, c -> {
            behind.forEach(b -> b.hold(c, id));
            OpenItem item = OpenItem.locked(c, id).allowedTo(staff);
            String name = WorkQueue.name(staff);
            if (Sql.run(c, "update waymark.work_item set claimed_by = null, claimed_at = null where id = ? and claimed_by = ?", id, name) == 1) {
                behind.forEach(b -> b.givenBack(c, staff, id));
                audit.record(c, staff, "queue_item_given_back", item.caseId(), item.personId());
            } else if (Sql.one(c, "select 1 from waymark.work_item where id = ? and claimed_by is not null", r -> true, id).isPresent()) {
                throw ProblemException.conflict("not-claimed", "You have not taken it on", "Somebody else has it. Ask them, or give it to somebody.");
            }
            return null;
        });
    }

    /**
     * All that one member of staff has. What the caller may not see, or must not be given to the other, stays.
     *
     * @param from whoever has it, who may have left
     * @return how many moved
     * @throws ProblemException 422 for a name that nobody has worked under
     */
    int assignAll(Caller.Staff staff, String from, String to) {
        return acting.as(staff, c -> {
            known.check(c, staff, to, TO);
            List<UUID> theirs = Sql.list(c, "select id from waymark.work_item where claimed_by = ? and completed_at is null order by id",
                r -> Sql.uuid(r, "id"), from);
            theirs.forEach(id -> behind.forEach(b -> b.hold(c, id)));
            List<Held> held = Sql.list(c, "select id, case_id, person_id, " + OpenItem.CLOSED + """
                 from waymark.work_item
                where id = any (?) and claimed_by = ? and completed_at is null and about_staff is distinct from ?
                  and about_staff is distinct from ?
                order by id for update""",
                r -> r.getBoolean("closed") ? null : new Held(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id")),
                theirs.toArray(UUID[]::new), from, to, staff.subject()).stream().filter(Objects::nonNull).toList();
            held.forEach(item -> give(c, staff, item, to));
            return held.size();
        });
    }

    private void give(Connection c, Caller.Staff staff, Held item, String to) {
        Sql.run(c, "update waymark.work_item set claimed_by = ?, claimed_at = ? where id = ?", to, clock.instant(), item.id());
        behind.forEach(b -> b.given(c, item.id(), to));
        audit.record(c, staff, "queue_item_assigned", item.caseId(), item.personId());
    }

    @Scheduled(initialDelay = "15s", fixedDelay = "1m")
    void look() {
        try {
            drain();
        } catch (RuntimeException e) {
            LOG.warn("claims that lapse could not be looked into; in a minute it will be tried again", e);
        }
    }

    /** One caller at a time, so that whoever returns knows that it is done. */
    @Override
    public void drain() {
        oneAtATime.lock();
        try {
            lapse(clock.instant().minus(holds));
        } finally {
            oneAtATime.unlock();
        }
    }

    private void lapse(Instant before) {
        forces.run("claims that lapse", force -> {
            var worker = new Caller.Worker(force);
            acting.as(worker, c -> {
                List<Held> lapsed = Sql.list(c, """
                    select id, case_id, person_id from waymark.work_item
                     where force_id = waymark.ctx_force() and completed_at is null and claimed_by is not null and claimed_at <= ?
                     order by id for update skip locked""",
                    r -> new Held(Sql.uuid(r, "id"), Sql.uuid(r, "case_id"), Sql.uuid(r, "person_id")), before);
                lapsed.removeIf(item -> behind.stream().anyMatch(b -> b.lapsesByItself(c, item.id())));
                for (Held item : lapsed) {
                    Sql.run(c, "update waymark.work_item set claimed_by = null, claimed_at = null where id = ?", item.id());
                    audit.record(c, worker, "queue_claim_lapsed", item.caseId(), item.personId());
                }
                return lapsed.size();
            });
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        Instant now = clock.instant();
        return forces.all().stream().map(force -> acting.as(new Caller.Worker(force), c -> Sql.one(c, """
                select min(claimed_at) as claimed from waymark.work_item
                 where force_id = waymark.ctx_force() and completed_at is null and claimed_by is not null and claimed_at > ?""",
                r -> Optional.ofNullable(Sql.instant(r, "claimed")), now.minus(holds)).flatMap(at -> at).orElse(null)))
            .filter(Objects::nonNull).min(Instant::compareTo).map(at -> at.plus(holds));
    }
}
