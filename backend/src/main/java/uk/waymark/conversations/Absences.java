package uk.waymark.conversations;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.staff.KnownStaff;

/** Who of the staff is away, and who reads instead. */
@Singleton
final class Absences {
    private static final String SELECT = "select subject, from_at, until_at, cover, collar_number from waymark.staff_absence where force_id = ";
    private final ActingAs acting;
    private final Audit audit;
    private final CaseClock clock;
    private final KnownStaff known;
    private final DutyRosters rosters;

    Absences(ActingAs acting, Audit audit, CaseClock clock, KnownStaff known, DutyRosters rosters) {
        this.rosters = rosters;
        this.known = known;
        this.acting = acting;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param cover who reads instead, or null @param collarNumber of an officer, or null */
    record Absence(String subject, Instant from, Instant until, String cover, String collarNumber) { }

    /**
     * Of whoever has the conversation: the member of staff, or the officer whom the case names. What somebody put down goes before what the
     * duty roster says, since it may name a cover.
     *
     * @param c of a transaction of the force
     */
    Optional<Absence> of(Connection c, Conversation in, Instant now) {
        if (in.heldBy() != null) {
            return Sql.one(c, SELECT + "? and subject = ? and from_at <= ? and until_at > ?", Absences::row, in.force(), in.heldBy(), now, now)
                .or(() -> Sql.one(c, SELECT + "? and subject = ?", Absences::row, in.force(), in.heldBy()).map(Absence::collarNumber)
                    .flatMap(theirs -> rosters.off(c, in.force(), theirs, now)));
        }
        return in.goesTo() != Conversation.Goes.OFFICER || in.officer() == null ? Optional.empty()
            : Sql.one(c, SELECT + "? and collar_number = ? and from_at <= ? and until_at > ? order by until_at desc limit 1", Absences::row,
                in.force(), in.officer(), now, now).or(() -> rosters.off(c, in.force(), in.officer(), now));
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
            return Sql.one(c, SELECT + "? and subject = ?", Absences::row, staff.force(), wanted.subject()).orElseThrow();
        });
    }

    private static Absence row(ResultSet r) throws SQLException {
        return new Absence(r.getString("subject"), Sql.instant(r, "from_at"), Sql.instant(r, "until_at"), r.getString("cover"),
            r.getString("collar_number"));
    }
}
