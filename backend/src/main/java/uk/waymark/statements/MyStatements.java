package uk.waymark.statements;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.cases.CaseReferences;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.cases.Sentencing;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.ETags;
import uk.waymark.platform.Idempotency;
import uk.waymark.platform.Ids;
import uk.waymark.platform.Language;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;
import uk.waymark.statements.Drafts.Draft;
import uk.waymark.statements.SignedStatements.Signed;

/** What a person writes and has signed. Saving is by version: what one device was told is saved, no other can overwrite unseen. */
@Singleton
final class MyStatements {
    private final ActingAs acting;
    private final Drafts drafts;
    private final SignedStatements signed;
    private final Sentencing sentencing;
    private final CaseReferences references;
    private final AboutWhom whom;
    private final ReadingBack back;
    private final Idempotency once;
    private final StatementWords words;
    private final Audit audit;
    private final Ids ids;
    private final CaseClock clock;

    MyStatements(ActingAs acting, Drafts drafts, SignedStatements signed, Sentencing sentencing, CaseReferences references,
                 AboutWhom whom, ReadingBack back, Idempotency once, StatementWords words, Audit audit, Ids ids, CaseClock clock) {
        this.acting = acting;
        this.drafts = drafts;
        this.signed = signed;
        this.sentencing = sentencing;
        this.references = references;
        this.whom = whom;
        this.back = back;
        this.once = once;
        this.words = words;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** One of the two. */
    record Found(Draft draft, Signed signed, String language) {
        /** What is signed has a new one with what its person is shown of it. */
        String tag() {
            return draft != null ? draft.tag() : ETags.of(signed.id() + ":" + signed.told()
                + (signed.changes() == 0 ? "" : ":" + signed.changes()));
        }
    }

    /** @param over everybody was sentenced; @param role of who would write, or of who may not; null without a part in the case */
    record Known(List<Draft> drafts, List<Signed> signed, boolean over, String role, String language) {
        boolean mayAdd() {
            return !over && Makers.may(role);
        }

        boolean business() {
            return "business_contact".equals(role);
        }
    }

    /** What is theirs they can read, also where they take no part any more. @throws ProblemException 404 where nothing is */
    Known inCase(Caller.Person person, UUID caseId, String acceptLanguage) {
        return acting.as(person, c -> {
            Optional<Makers.Own> own = Makers.part(c, caseId);
            List<Draft> written = drafts.inCase(c, caseId);
            List<Signed> done = signed.own(c).stream().filter(s -> s.caseId().equals(caseId)).toList();
            if (own.isEmpty() && written.isEmpty() && done.isEmpty()) {
                throw ProblemException.notFound();
            }
            return new Known(written, done, sentencing.over(c, caseId), own.map(Makers.Own::role).orElse(null), language(c, acceptLanguage));
        });
    }

    /** @param references of the cases that the person takes part in, by id */
    record Everything(Known known, Map<UUID, String> references) { }

    /** What is theirs in every case, also where they take no part any more; nothing of a case that is kept off phones. */
    Everything inEveryCase(Caller.Person person, String acceptLanguage) {
        return acting.as(person, c -> {
            List<Draft> written = drafts.own(c);
            List<Signed> done = signed.own(c);
            String language = language(c, acceptLanguage);
            Map<UUID, String> theirs = references.of(c, Stream.concat(written.stream().map(Draft::caseId),
                done.stream().map(Signed::caseId)).distinct().toList());
            var shown = new HashSet<>(theirs.keySet());
            var elsewhere = Stream.concat(written.stream().map(d -> new Place(d.force(), d.caseId(), d.person())),
                done.stream().map(s -> new Place(s.force(), s.caseId(), s.person()))).filter(p -> !theirs.containsKey(p.caseId()))
                .collect(Collectors.groupingBy(Place::force));
            elsewhere.forEach((force, places) -> {
                acting.goOn(c, new Caller.Worker(force));
                shown.addAll(Makers.left(c, places.stream().map(Place::caseId).toList(), places.stream().map(Place::person).toList()));
            });
            return new Everything(new Known(written.stream().filter(d -> shown.contains(d.caseId())).toList(),
                done.stream().filter(s -> shown.contains(s.caseId())).toList(), false, null, language), theirs);
        });
    }

    private record Place(UUID force, UUID caseId, UUID person) { }

    /** @param about whom they can choose among; empty where there is nothing to choose */
    record Guide(Known known, List<PeopleInCase.ActedFor> about) { }

    /** What to know before the first word; that it was seen is the offer. @throws ProblemException 404 */
    Guide guidance(Caller.Person person, UUID caseId, String acceptLanguage) {
        return acting.as(person, c -> {
            Makers.Own own = Makers.of(c, caseId);
            boolean over = sentencing.over(c, caseId);
            if (!over && Makers.may(own.role())) {
                drafts.offered(c, ids.next(), own.person(), caseId, clock.instant());
            }
            return new Guide(new Known(List.of(), List.of(), over, own.role(), language(c, acceptLanguage)),
                whom.choice(c, person, caseId, own));
        });
    }

    /**
     * @throws ProblemException 404; 409 for a role that is not asked, too many drafts, after sentence; 422
     * @throws uk.waymark.platform.SignInRefused 401, in discreet mode, for a repeated key: its answer is what stands there now
     */
    Found begin(Caller.Person person, UUID caseId, DraftWords typed, String key, String acceptLanguage) {
        checkFits(typed);
        return acting.as(person, c -> {
            Makers.Own own = Makers.of(c, caseId);
            String language = language(c, acceptLanguage);
            if (Makers.may(own.role())) {
                checkNotOver(c, caseId, language);
            }
            Idempotency.Created begun = once.once(c, person, "createStatement", key, caseId + StatementJson.write(typed),
                () -> begin(c, person, own, caseId, typed, language));
            if (begun.repeated()) {
                // by now there may be more in it than this request brought
                back.check(c, person);
            }
            return found(c, begun.id(), language);
        });
    }

    private UUID begin(Connection c, Caller.Person person, Makers.Own own, UUID caseId, DraftWords typed, String language) {
        UUID id = ids.next();
        switch (drafts.begin(c, id, own.person(), caseId, typed, words.number("drafts_at_most"), clock.instant())) {
            case "begun" -> audit.record(c, person, "statement_begun", caseId, own.person());
            case "not_asked" -> throw notAsked(language);
            case "too_many" -> throw ProblemException.conflict("too-many-drafts", "There are several already", words.of(language, "too_many"));
            default -> throw ProblemException.notFound();
        }
        return id;
    }

    /** @throws ProblemException 404; @throws uk.waymark.platform.SignInRefused 401, in discreet mode */
    Found read(Caller.Person person, UUID id, String acceptLanguage) {
        return acting.as(person, c -> {
            Found found = found(c, id, language(c, acceptLanguage));
            back.check(c, person);
            return found;
        });
    }

    /** @throws ProblemException 404; 409 once it is signed, 422, 428; @throws DraftChanged 412 */
    Found save(Caller.Person person, UUID id, DraftWords typed, String ifMatch, String acceptLanguage) {
        checkFits(typed);
        return acting.as(person, c -> {
            Found read = draft(c, id, language(c, acceptLanguage));
            if (ifMatch == null) {
                throw ProblemException.of(HttpStatus.PRECONDITION_REQUIRED, "precondition-required", "Say what you have read",
                    "Read it first, and send its ETag as If-Match.");
            }
            if (read.draft().words().equals(typed)) {
                return read; // the answer to an earlier try was lost
            }
            if (!names(ifMatch, read.draft()) || !drafts.save(c, read.draft(), typed, clock.instant())) {
                throw new DraftChanged(draft(c, id, read.language()).draft(), read.language(), back.opens(c, person));
            }
            return found(c, id, read.language());
        });
    }

    /** @throws ProblemException 404; 409 once it is signed; @throws DraftChanged 412 */
    void drop(Caller.Person person, UUID id, String ifMatch, String acceptLanguage) {
        acting.as(person, c -> {
            Found read = draft(c, id, language(c, acceptLanguage));
            if (ifMatch != null && !names(ifMatch, read.draft()) || !drafts.drop(c, read.draft())) {
                throw new DraftChanged(draft(c, id, read.language()).draft(), read.language(), back.opens(c, person));
            }
            audit.record(c, person, "statement_thrown_away", read.draft().caseId(), read.draft().person());
            return null;
        });
    }

    /** Any version there is would take back what another device was told is saved: {@code *} names none. */
    static boolean names(String ifMatch, Draft draft) {
        for (String tag : ifMatch.split(",")) {
            if (tag.strip().replaceFirst("^W/", "").equals(draft.tag())) {
                return true;
            }
        }
        return false;
    }

    /** @throws ProblemException 404; 409 where it is signed */
    Found draft(Connection c, UUID id, String language) {
        Found found = found(c, id, language);
        if (found.draft() == null) {
            throw signedAlready(language);
        }
        return found;
    }

    ProblemException signedAlready(String language) {
        return ProblemException.conflict("already-signed", "It is signed", words.of(language, "signed_already"));
    }

    /** @throws ProblemException 404 */
    Found found(Connection c, UUID id, String language) {
        Optional<Draft> draft = drafts.one(c, id);
        return draft.isPresent() ? new Found(draft.get(), null, language)
            : new Found(null, signed.one(c, id).orElseThrow(ProblemException::notFound), language);
    }

    private ProblemException notAsked(String language) {
        return ProblemException.conflict("not-asked", "You are asked in another way", words.of(language, "not_asked"));
    }

    /** Whoever takes no part in the case any more keeps what they wrote, and signs nothing. */
    void checkMayWrite(Draft draft, String language) {
        if (!Makers.may(draft.role())) {
            throw notAsked(language);
        }
    }

    void checkNotOver(Connection c, UUID caseId, String language) {
        if (sentencing.over(c, caseId)) {
            throw ProblemException.conflict("everyone-sentenced", "It is too late for this one", words.of(language, "instead"));
        }
    }

    private static void checkFits(DraftWords typed) {
        if (!typed.wrong().isEmpty()) {
            throw ProblemException.unprocessable("Nothing was saved, and what you have typed is still with you. Shorten what errors names, "
                + "and save it again.", typed.wrong());
        }
    }

    static String language(Connection c, String acceptLanguage) {
        return Language.of(acceptLanguage, Sql.one(c, "select waymark.ctx_language() as language", r -> r.getString("language")).orElse("en"));
    }
}
