package uk.waymark.cases;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.CrimeReferences;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Ids;
import uk.waymark.platform.MachineClock;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;
import uk.waymark.staff.NewWorkItem;
import uk.waymark.staff.WorkItems;

/**
 * Who of a force's staff may open a restricted case: those whom a supervisor has named, and whoever breaks the glass, for a
 * short time and with a supervisor told. That a case is restricted is the force's own to say, by its flags. Works as the
 * force itself, since for the member of staff the case is mostly not there; the audit log says who it was.
 */
@Singleton
class CaseAccess {
    private static final String REASON = "case_access.reason";
    private final ActingAs acting;
    private final WorkItems workItems;
    private final Sealing sealing;
    private final Audit audit;
    private final Ids ids;
    private final MachineClock clock;
    private final CaseClock caseClock;
    private final Duration opensFor;
    private final Duration due;

    /** @param name subject at the force's identity provider; @param until null for who was named */
    record Member(String name, boolean brokeGlass, Instant since, Instant until) { }

    /** @param members by name */
    record Access(UUID caseId, boolean restricted, List<Member> members) {
        String tag() {
            return ETags.of(caseId + ":" + restricted + ":" + members);
        }

        private boolean names(Caller.Staff staff) {
            return members.stream().anyMatch(m -> !m.brokeGlass() && m.name().equals(staff.subject()));
        }
    }

    /** A case that is open to this member of staff for a while. */
    record Opened(UUID caseId, Instant until) { }

    private record Found(UUID id, boolean restricted) { }

    /** @param opensFor how long breaking the glass opens a case; @param due how long a supervisor has to look into it */
    CaseAccess(ActingAs acting, WorkItems workItems, Sealing sealing, Audit audit, Ids ids, MachineClock clock,
               CaseClock caseClock, @Value("${waymark.break-glass.opens-for:PT1H}") Duration opensFor,
               @Value("${waymark.break-glass.due:PT4H}") Duration due) {
        this.acting = acting;
        this.workItems = workItems;
        this.sealing = sealing;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.caseClock = caseClock;
        this.opensFor = opensFor;
        this.due = due;
    }

    /** @throws ProblemException 404 */
    Access read(Caller.Staff staff, UUID caseId) {
        return acting.as(new Caller.Worker(staff.force()), (Connection c) -> {
            Access access = access(c, caseId);
            audit.record(c, staff, "access_read", caseId, null);
            return access;
        });
    }

    /**
     * Names those who may open the case, in place of those named before.
     *
     * @throws ProblemException 404; 409 where it is not restricted; 412, 428; 422 for who names themselves
     */
    Access name(Caller.Staff staff, UUID caseId, String ifMatch, List<String> names) {
        return acting.as(new Caller.Worker(staff.force()), (Connection c) -> {
            Sql.one(c, "select id from waymark.case_file where id = ? for update", r -> true, caseId)
                .orElseThrow(ProblemException::notFound);
            Access known = access(c, caseId);
            checkRead(ifMatch, known.tag());
            if (!known.restricted()) {
                throw notRestricted();
            }
            if (names.contains(staff.subject()) && !known.names(staff)) {
                throw ProblemException.unprocessable("/names", "Nobody names themselves. Ask another supervisor, or open the "
                    + "case with the reason.");
            }
            write(c, staff, caseId, known, names);
            audit.record(c, staff, "access_changed", caseId, null);
            concerned(c, caseId).forEach(person -> audit.record(c, staff, "access_changed", caseId, person));
            return access(c, caseId);
        });
    }

    private void write(Connection c, Caller.Staff staff, UUID caseId, Access known, List<String> names) {
        Instant now = clock.instant();
        var wanted = new TreeSet<>(names);
        for (Member member : known.members()) {
            if (!member.brokeGlass() && !wanted.remove(member.name())) {
                Sql.run(c, """
                    update waymark.case_access set ended_at = ?
                     where case_id = ? and subject = ? and how = 'named' and ended_at is null""", now, caseId, member.name());
            }
        }
        wanted.forEach(name -> Sql.run(c, """
            insert into waymark.case_access (id, force_id, case_id, subject, how, granted_by, granted_at)
            values (?, ?, ?, ?, 'named', ?, ?)""", ids.next(), staff.force(), caseId, name, staff.subject(), now));
    }

    /**
     * Opens a restricted case for this member of staff; a supervisor is told.
     *
     * @param reason as typed
     * @throws ProblemException 404; 409 where it is not restricted
     */
    Opened breakGlass(Caller.Staff staff, UUID caseId, String reason) {
        return acting.as(new Caller.Worker(staff.force()), (Connection c) -> open(c, staff, Sql.one(c,
            "select id, restricted from waymark.case_file where id = ?", CaseAccess::found, caseId), reason));
    }

    /** As {@link #breakGlass(Caller.Staff, UUID, String)}, for who knows the crime reference only. */
    Opened breakGlassOf(Caller.Staff staff, String crimeReference, String reason) {
        return acting.as(new Caller.Worker(staff.force()), (Connection c) -> open(c, staff, Sql.one(c,
            "select id, restricted from waymark.case_file where crime_reference_key = ?", CaseAccess::found,
            CrimeReferences.key(crimeReference)), reason));
    }

    private static Found found(java.sql.ResultSet r) throws java.sql.SQLException {
        return new Found(Sql.uuid(r, "id"), r.getBoolean("restricted"));
    }

    private Opened open(Connection c, Caller.Staff staff, Optional<Found> found, String reason) {
        Found opened = found.orElseThrow(ProblemException::notFound);
        if (!opened.restricted()) {
            throw notRestricted();
        }
        UUID id = ids.next();
        Instant until = clock.instant().plus(opensFor);
        Sql.run(c, """
            insert into waymark.case_access (id, force_id, case_id, subject, how, reason, granted_by, granted_at, ends_at)
            values (?, ?, ?, ?, 'break_glass', ?, ?, ?, ?)""",
            id, staff.force(), opened.id(), staff.subject(), sealing.sealText(REASON, id, reason), staff.subject(),
            clock.instant(), until);
        workItems.open(c, new NewWorkItem("break_glass", "break_glass:" + id, opened.id(), null, id, "restricted_case",
            "Staff member " + staff.subject() + " opened a restricted case until " + until + " and gave this reason: " + reason,
            caseClock.instant().plus(due), staff.subject(), staff.supervisor()));
        audit.record(c, staff, "glass_broken", opened.id(), null);
        concerned(c, opened.id()).forEach(person -> audit.record(c, staff, "glass_broken", opened.id(), person));
        return new Opened(opened.id(), until);
    }

    private Access access(Connection c, UUID caseId) {
        Found found = Sql.one(c, "select id, restricted from waymark.case_file where id = ?", CaseAccess::found, caseId)
            .orElseThrow(ProblemException::notFound);
        List<Member> members = Sql.list(c, """
            select subject, how, granted_at, ends_at from waymark.case_access
             where case_id = ? and ended_at is null and (ends_at is null or ends_at > ?)""",
            r -> new Member(r.getString("subject"), r.getString("how").equals("break_glass"), Sql.instant(r, "granted_at"),
                Sql.instant(r, "ends_at")), caseId, clock.instant());
        return new Access(caseId, found.restricted(), members.stream().sorted(Comparator.comparing(Member::name)
            .thenComparing(Member::since)).toList());
    }

    private static List<UUID> concerned(Connection c, UUID caseId) {
        return Sql.list(c, "select person_id from waymark.participant where case_id = ? and not removed order by person_id",
            r -> Sql.uuid(r, "person_id"), caseId);
    }

    private static ProblemException notRestricted() {
        return ProblemException.conflict("not-restricted", "This case is open to the force",
            "It carries no flag that restricts it, so nobody has to be named and no glass be broken. Read it as any other.");
    }

    private static void checkRead(String ifMatch, String tag) {
        if (ifMatch == null) {
            throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                "Send the ETag of who may open it now in If-Match.");
        }
        if (!ETags.matches(ifMatch, tag)) {
            throw ProblemException.of(HttpStatus.PRECONDITION_FAILED, "precondition-failed", "Somebody changed it since",
                "Read who may open it again, and try again with its new ETag.");
        }
    }
}
