package uk.waymark.statements;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uk.waymark.cases.CaseReferences;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.platform.WorkingDays;
import uk.waymark.statements.SignedStatements.Held;
import uk.waymark.statements.SignedStatements.Signed;

/** What staff see of statements: those that were signed. They say whether a person signed, and where others are kept. */
@Singleton
final class StaffStatements {
    private static final String TRANSLATION = "translation";
    private final ActingAs acting;
    private final SignedStatements signed;
    private final PeopleInCase people;
    private final CaseReferences references;
    private final Onward onward;
    private final Idempotency once;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    StaffStatements(ActingAs acting, SignedStatements signed, PeopleInCase people, CaseReferences references, Onward onward,
                    Idempotency once, Audit audit, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.signed = signed;
        this.people = people;
        this.references = references;
        this.onward = onward;
        this.once = once;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param reference the crime reference */
    record Shown(Signed statement, String reference) { }

    /** @param translates with {@code translator}, of a translation; or null */
    record Reference(UUID person, String medium, String where, Instant madeAt, String language, UUID translates, String translator) {
        @Override
        public String toString() {
            return "Reference[" + medium + "]";
        }
    }

    /** @param caseId or null; @param state or null; @param before with {@code beforeId}, the last of the page before, or null */
    List<Shown> page(Caller.Staff staff, UUID caseId, String state, Instant before, UUID beforeId, int most) {
        return acting.as(staff, c -> {
            List<Signed> found = signed.page(c, staff.force(), caseId, state, before, beforeId, most);
            record Concerned(UUID caseId, UUID person) { }
            Set<Concerned> seen = new HashSet<>();
            found.stream().filter(s -> seen.add(new Concerned(s.caseId(), s.person())))
                .forEach(s -> audit.record(c, staff, "statement_read", s.caseId(), s.person()));
            return shown(c, found);
        });
    }

    /** @throws ProblemException 404 */
    Signed document(Caller.Staff staff, UUID id) {
        return acting.as(staff, c -> {
            Signed found = signed.one(c, id).orElseThrow(ProblemException::notFound);
            audit.record(c, staff, "statement_read", found.caseId(), found.person());
            return found;
        });
    }

    /** @throws ProblemException 404; 409 where it was decided otherwise, or never had to be */
    Shown confirm(Caller.Staff staff, UUID id, boolean confirmed) {
        return acting.as(staff, c -> {
            Signed found = signed.one(c, id).orElseThrow(ProblemException::notFound);
            Instant now = clock.instant();
            if (SignedStatements.decide(c, id, confirmed ? "signed" : "set_aside", staff.subject(), now)) {
                audit.record(c, staff, confirmed ? "statement_confirmed" : "statement_set_aside", found.caseId(), found.person());
                onward.decided(c, id);
                if (confirmed) {
                    onward.passOn(c, found.content(), now);
                    if (!found.disowned()) {
                        SignedStatements.sureOfReadAloud(c, id);
                    }
                    onward.wishAsWell(c, found, now);
                }
            } else if (found.decidedAt() == null || confirmed == "set_aside".equals(found.state())) {
                throw ProblemException.conflict("already-decided", "This is decided already",
                    "It does not wait for anybody to speak to the person. Read it again.");
            }
            return shown(c, List.of(signed.one(c, id).orElseThrow())).getFirst();
        });
    }

    /** @throws ProblemException 404; 422 */
    Shown record(Caller.Staff staff, UUID caseId, Reference wanted, String key) {
        return acting.as(staff, c -> {
            known(c, caseId);
            UUID id = once.once(c, staff, "recordStatement", key, caseId + wanted.toString() + wanted.person() + wanted.where()
                + wanted.madeAt() + wanted.language() + wanted.translates() + wanted.translator(), () -> add(c, staff, caseId, wanted)).id();
            return shown(c, List.of(signed.one(c, id).orElseThrow())).getFirst();
        });
    }

    private UUID add(Connection c, Caller.Staff staff, UUID caseId, Reference wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        PeopleInCase.Part part = people.part(c, caseId, wanted.person()).orElseThrow(StaffStatements::notInCase);
        boolean translation = wanted.medium().equals(TRANSLATION);
        if (wanted.madeAt().isAfter(now)) {
            throw ProblemException.unprocessable("/made_at", "This is to come. Say when it was made.");
        }
        if (translation != (wanted.translates() != null) || translation != (wanted.translator() != null)) {
            throw ProblemException.unprocessable(translation ? "/translates" : "/medium", "A translation names what it translates and who "
                + "made it, and nothing else does.");
        }
        UUID before = translation ? wanted.translates() : SignedStatements.latest(c, caseId, wanted.person()).orElse(null);
        if (translation && signed.one(c, before).filter(s -> s.caseId().equals(caseId) && s.person().equals(wanted.person())).isEmpty()) {
            throw ProblemException.unprocessable("/translates", "This is no statement of this person in this case.");
        }
        Held held = SignedStatements.holdChain(c, caseId);
        UUID id = ids.next();
        signed.record(c, held, new SignedContent(id, staff.force(), caseId, wanted.person(), held.number() + 1,
            SignedContent.hex(held.hash()), Signing.salt(), now, wanted.medium(), Makers.kind(part.role()),
            Makers.maker(part, null, LocalDate.ofInstant(now, WorkingDays.LONDON)), null, null,
            new SignedContent.Kept(wanted.where(), wanted.madeAt(), wanted.language(), wanted.translator(), staff.subject()), before));
        audit.record(c, staff, "statement_put_down", caseId, wanted.person());
        return id;
    }

    /** @throws ProblemException 404; 422 for somebody who is not in the case */
    void offered(Caller.Staff staff, UUID caseId, UUID person, String answer) {
        acting.as(staff, c -> {
            known(c, caseId);
            if (people.part(c, caseId, person).isEmpty()) {
                throw notInCase();
            }
            Sql.run(c, """
                insert into waymark.statement_offer (id, force_id, case_id, person_id, via, answer, offered_by, offered_at)
                values (?, ?, ?, ?, 'staff', ?, ?, ?)""", ids.next(), staff.force(), caseId, person, answer, staff.subject(),
                clock.instant());
            audit.record(c, staff, "statement_offered", caseId, person);
            return null;
        });
    }

    private void known(Connection c, UUID caseId) {
        if (references.of(c, List.of(caseId)).isEmpty()) {
            throw ProblemException.notFound();
        }
    }

    private List<Shown> shown(Connection c, List<Signed> found) {
        Map<UUID, String> names = references.of(c, found.stream().map(Signed::caseId).distinct().toList());
        return found.stream().map(s -> new Shown(s, names.get(s.caseId()))).toList();
    }

    private static ProblemException notInCase() {
        return ProblemException.unprocessable("/person_id", "This person takes no part in this case. Take an id from the case's people.");
    }
}
