package uk.waymark.conversations;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.EachForce;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.KnownStaff;
import uk.waymark.staff.WorkItems;

/** Who of the staff is away, and who reads instead. What waits does not stay with whoever has gone. */
@Singleton
final class Absences {
    private static final String SELECT = "select subject, from_at, until_at, cover, collar_number from waymark.staff_absence where force_id = ";
    private static final String NOW = "from_at <= ? and until_at > ?";
    private static final Logger LOG = LoggerFactory.getLogger(Absences.class);
    private final ActingAs acting;
    private final ConversationStore store;
    private final WorkItems workItems;
    private final Audit audit;
    private final CaseClock clock;
    private final KnownStaff known;
    private final EachForce forces;
    private final DutyRosters rosters;

    Absences(ActingAs acting, EachForce forces, ConversationStore store, WorkItems workItems, Audit audit, CaseClock clock, KnownStaff known,
             DutyRosters rosters) {
        this.rosters = rosters;
        this.forces = forces;
        this.known = known;
        this.store = store;
        this.workItems = workItems;
        this.acting = acting;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param until null where a duty roster does not say when they are back @param cover who reads instead, or null @param collarNumber of an officer, or null */
    record Absence(String subject, Instant from, Instant until, String cover, String collarNumber) { }

    /**
     * Of whoever has the conversation: the member of staff, or the officer whom the case names. What somebody put down goes before what the
     * duty roster says, since it may name a cover.
     *
     * @param c of a transaction of the force
     */
    Optional<Absence> of(Connection c, Conversation in, Instant now) {
        if (in.heldBy() != null) {
            return of(c, in.force(), in.heldBy(), now);
        }
        return in.goesTo() != Conversation.Goes.OFFICER || in.officer() == null ? Optional.empty()
            : Sql.one(c, SELECT + "? and collar_number = ? and " + NOW + " order by until_at desc limit 1", Absences::row,
                in.force(), in.officer(), now, now).or(() -> rosters.off(c, in.force(), in.officer(), now));
    }

    private Optional<Absence> of(Connection c, UUID force, String subject, Instant now) {
        return Sql.one(c, SELECT + "? and subject = ? and " + NOW, Absences::row, force, subject, now, now)
            .or(() -> Sql.one(c, SELECT + "? and subject = ? and collar_number is not null", Absences::row, force, subject)
                .flatMap(known -> rosters.off(c, force, known.collarNumber(), now)));
    }

    /** Who reads now instead of whoever is away; empty for everybody. */
    Optional<String> cover(Connection c, UUID force, Absence away, Instant now) {
        return Optional.ofNullable(away.cover()).flatMap(cover -> reader(c, force, cover, now));
    }

    /** Who reads now what is this colleague's: they themselves, or whoever covers and is not away as well; empty for everybody. */
    Optional<String> reader(Connection c, UUID force, String colleague, Instant now) {
        Set<String> asked = new HashSet<>();
        String reads = colleague;
        while (reads != null && asked.add(reads)) {
            Optional<Absence> away = of(c, force, reads, now);
            if (away.isEmpty()) {
                return Optional.of(reads);
            }
            reads = away.get().cover();
        }
        return Optional.empty();
    }

    /**
     * What waits for an answer goes to whoever covers, where whoever has it is away; what sounds like danger, to everybody.
     *
     * @param c of a transaction of staff or a worker of the force
     */
    void passOn(Connection c, Conversation in, Instant now) {
        passOn(c, in, now, null);
    }

    /** @param gone who is away whatever they took on meanwhile, or null; anybody else who did so is there after all, and keeps it */
    private void passOn(Connection c, Conversation in, Instant now, String gone) {
        if (in.waitingMessage() != null) {
            workItems.idOf(c, Incoming.item(Incoming.ANSWER, in.waitingMessage())).ifPresent(item -> {
                if (workItems.held(c, item).isEmpty()) {
                    of(c, in, now).flatMap(away -> cover(c, in.force(), away, now))
                        .ifPresent(reader -> workItems.claim(c, item, reader));
                } else {
                    giveOn(c, in.force(), item, now, gone).flatMap(from -> reader(c, in.force(), from, now))
                        .ifPresent(reader -> workItems.claim(c, item, reader));
                }
            });
        }
        if (in.danger()) {
            workItems.idOf(c, Incoming.item(Incoming.DANGER, in.dangerMessage()))
                .ifPresent(item -> giveOn(c, in.force(), item, now, gone));
        }
    }

    /** @return who had it, and has it no more */
    private Optional<String> giveOn(Connection c, UUID force, UUID item, Instant now, String gone) {
        Optional<String> from = workItems.held(c, item)
            .filter(held -> of(c, force, held.by(), now).filter(away -> held.by().equals(gone) || !held.since().isAfter(away.from())).isPresent())
            .map(WorkItems.Held::by);
        from.ifPresent(had -> workItems.giveBack(c, item));
        return from;
    }

    /** Absences that were put down before they began. */
    @Scheduled(initialDelay = "20s", fixedDelay = "1m")
    void look() {
        try {
            forces.run("what waits for staff who are away", this::look);
        } catch (RuntimeException e) {
            LOG.warn("what waits for staff who are away could not be passed on; in a minute it will be tried again", e);
        }
    }

    /** Each by itself: what cannot be passed on keeps nothing else with whoever is away. */
    private void look(UUID force) {
        List<UUID> theirs = acting.as(new Caller.Worker(force), (Connection c) -> Sql.list(c, """
            select distinct i.subject_id from waymark.work_item i
              join waymark.staff_absence a on a.force_id = i.force_id and a.subject = i.claimed_by
             where i.force_id = ? and i.completed_at is null and i.kind = any (?) and i.claimed_at <= a.from_at and a.from_at <= ?
               and a.until_at > ? order by i.subject_id""", r -> Sql.uuid(r, "subject_id"), force,
            new String[] {Incoming.ANSWER, Incoming.DANGER}, clock.instant(), clock.instant()));
        for (UUID id : theirs) {
            try {
                acting.as(new Caller.Worker(force), (Connection c) -> {
                    store.locked(c, id).ifPresent(in -> passOn(c, in, clock.instant()));
                    return null;
                });
            } catch (RuntimeException e) {
                LOG.error("what waits for somebody who is away could not be passed on; in a minute it will be tried again", e);
            }
        }
    }

    /** @throws ProblemException 404 where nothing was ever said */
    Absence own(Caller.Staff staff) {
        return acting.as(staff, c -> Sql.one(c, SELECT + "? and subject = ?", Absences::row, staff.force(), staff.subject())
            .orElseThrow(ProblemException::notFound));
    }

    /**
     * One's own. Which collar number is whose is for the identity provider or a supervisor to say: with somebody else's, their conversations
     * would go elsewhere.
     *
     * @throws ProblemException as {@link #put}; 422 for a collar number that is not known to be theirs
     */
    Absence putOwn(Caller.Staff staff, Absence wanted) {
        String theirs = staff.self().collarNumber();
        if (wanted.collarNumber() != null && !wanted.collarNumber().equals(theirs)) {
            boolean known = acting.as(staff, c -> Sql.one(c, SELECT + "? and subject = ?", Absences::row, staff.force(), staff.subject()))
                .filter(a -> wanted.collarNumber().equals(a.collarNumber())).isPresent();
            if (!known) {
                throw ProblemException.unprocessable("/collar_number", "This is not known to be yours. Leave it out, or have a supervisor put "
                    + "your absence down with it: PUT /v1/staff/absences/{name}.");
            }
        }
        return put(staff, new Absence(staff.subject(), wanted.from(), wanted.until(), wanted.cover(),
            wanted.collarNumber() == null ? theirs : wanted.collarNumber()));
    }

    /**
     * In place of what was said before.
     *
     * @throws ProblemException 422 where it ends before it begins, who is away covers, or nobody knows who covers
     */
    Absence put(Caller.Staff staff, Absence wanted) {
        if (!wanted.from().isBefore(wanted.until())) {
            throw ProblemException.unprocessable("/until", "It has to end after it begins.");
        }
        if (wanted.subject().equals(wanted.cover())) {
            throw ProblemException.unprocessable("/cover", "Name somebody else, or nobody: then it goes to everybody.");
        }
        return acting.as(staff, c -> {
            known.check(c, staff, wanted.cover(), "/cover");
            Sql.run(c, """
                insert into waymark.staff_absence (force_id, subject, from_at, until_at, cover, collar_number, set_by, set_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (force_id, subject) do update set from_at = excluded.from_at, until_at = excluded.until_at,
                   cover = excluded.cover, collar_number = coalesce(excluded.collar_number, staff_absence.collar_number),
                   set_by = excluded.set_by, set_at = excluded.set_at""", staff.force(), wanted.subject(), wanted.from(), wanted.until(),
                wanted.cover(), wanted.collarNumber(), staff.subject(), clock.instant());
            audit.record(c, staff, "absence_set", null, null);
            Absence put = Sql.one(c, SELECT + "? and subject = ?", Absences::row, staff.force(), wanted.subject()).orElseThrow();
            Instant now = clock.instant();
            // the absence that was put down, and not what the roster says of them
            if (!put.from().isAfter(now) && put.until().isAfter(now)) {
                acting.goOn(c, new Caller.Worker(staff.force()));
                store.lockedWaitingFor(c, staff.force(), wanted.subject()).forEach(in -> passOn(c, in, now, wanted.subject()));
            }
            return put;
        });
    }

    private static Absence row(ResultSet r) throws SQLException {
        return new Absence(r.getString("subject"), Sql.instant(r, "from_at"), Sql.instant(r, "until_at"), r.getString("cover"),
            r.getString("collar_number"));
    }
}
