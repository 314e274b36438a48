package uk.waymark.hearings.wishes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.hearings.wishes.CourtWishes.Wish;
import uk.waymark.hearings.wishes.CourtWishes.Words;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Days to avoid and needs, as staff read them and put them down for whoever said them to somebody. */
@Singleton
final class StaffWishes {
    private static final int NAME_LENGTH = 100;
    private final ActingAs acting;
    private final CourtWishes wishes;
    private final PassingOn passing;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    StaffWishes(ActingAs acting, CourtWishes wishes, PassingOn passing, Audit audit, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.wishes = wishes;
        this.passing = passing;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param wishes case by case; restricted ones for named people only */
    record Seen(List<Wish> wishes, String tag) { }

    /** @throws ProblemException 404 */
    Seen read(Caller.Staff staff, UUID person, Kind kind) {
        return acting.as(staff, c -> {
            known(c, person);
            audit.record(c, staff, kind == Kind.NEEDS ? "needs_read" : "availability_read", null, person);
            return seen(c, person, kind);
        });
    }

    /**
     * What the person said to somebody, for one case; it counts from then on as if they had said it here.
     *
     * @param why how staff came to put it down
     * @throws ProblemException 404 for who takes no part in the case; 409 for the dead; 412, 428
     */
    Seen put(Caller.Staff staff, UUID person, UUID caseId, Kind kind, Words words, String why, String ifMatch) {
        return acting.as(staff, c -> {
            if (known(c, person)) {
                throw ProblemException.conflict("nobody-to-tell", "There is nobody to tell", "The person has died.");
            }
            Sql.one(c, "select 1 from waymark.participant where case_id = ? and person_id = ? and not removed and waymark.case_open(case_id)",
                r -> true, caseId, person).orElseThrow(ProblemException::notFound);
            Seen before = seen(c, person, kind);
            WishViews.checkRead(ifMatch, before.tag());
            Optional<Wish> known = before.wishes().stream().filter(w -> w.caseId().equals(caseId)).findFirst();
            var wish = new Wish(known.map(Wish::id).orElseGet(ids::next), person, caseId, staff.force(), kind, words,
                known.map(Wish::version).orElse(0) + 1, clock.instant(), name(staff), why, null);
            if (!wishes.putByStaff(c, wish)) {
                throw WishViews.changed();
            }
            audit.record(c, staff, kind == Kind.NEEDS ? "needs_recorded" : "availability_recorded", caseId, person);
            Seen after = seen(c, person, kind);
            acting.goOn(c, new Caller.Worker(staff.force()));
            passing.passOn(c, wish);
            return after;
        });
    }

    private static String name(Caller.Staff staff) {
        return staff.subject().substring(0, Math.min(NAME_LENGTH, staff.subject().length()));
    }

    private Seen seen(Connection c, UUID person, Kind kind) {
        List<Wish> said = wishes.of(c, person, kind);
        return new Seen(said, ETags.of(person + kind.stored() + said.stream().map(w -> w.caseId() + ":" + w.version()).toList()));
    }

    /** @return whether they have died @throws ProblemException 404 */
    private static boolean known(Connection c, UUID person) {
        return Sql.one(c, "select deceased from waymark.person where id = ? and waymark.person_open(id)", r -> r.getBoolean("deceased"),
            person).orElseThrow(ProblemException::notFound);
    }
}
