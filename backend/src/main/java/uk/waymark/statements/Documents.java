package uk.waymark.statements;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.cases.CaseReferences;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Audit;
import uk.waymark.platform.Caller;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.WorkingDays;
import uk.waymark.statements.SignedStatements.Signed;
import uk.waymark.statements.document.RenderedStatement;

/** The document of a signed statement, for whoever may read it: its person always, staff with a reason. */
@Singleton
final class Documents {
    static final String PDF = "application/pdf";
    static final String NOT_DRAWN = "Waymark-Not-Drawn";
    private static final int MOST_NAMED = 50;
    private final ActingAs acting;
    private final Drafts drafts;
    private final SignedStatements signed;
    private final CaseReferences references;
    private final ReadingBack back;
    private final StatementPdf pdf;
    private final Audit audit;

    Documents(ActingAs acting, Drafts drafts, SignedStatements signed, CaseReferences references, ReadingBack back, StatementPdf pdf,
              Audit audit) {
        this.acting = acting;
        this.drafts = drafts;
        this.signed = signed;
        this.references = references;
        this.back = back;
        this.pdf = pdf;
        this.audit = audit;
    }

    /** @param urn or null */
    private record Wanted(Signed statement, String reference, String urn, LocalDate furtherTo) { }

    /** @throws ProblemException 404; 409 for a draft, and for one that is kept elsewhere; @throws uk.waymark.platform.SignInRefused 401 */
    HttpResponse<byte[]> mine(Caller.Person person, UUID id) {
        Wanted wanted = acting.as(person, c -> {
            if (drafts.one(c, id).isPresent()) {
                throw ProblemException.conflict("not-signed", "It is not signed yet", "There is a document once you have signed it.");
            }
            Signed found = signed.one(c, id).orElseThrow(ProblemException::notFound);
            back.check(c, person);
            audit.record(c, person, "statement_taken", found.caseId(), found.person());
            // no URN: a reference that comes with a charge would tell them before anybody has
            return wanted(c, found, false);
        });
        return answer(draw(wanted));
    }

    /** @throws ProblemException 404; 409 for one that is kept elsewhere; 422, 428 where there is no reason that holds */
    HttpResponse<byte[]> forStaff(Caller.Staff staff, UUID id) {
        Wanted wanted = acting.as(staff, c -> {
            Signed found = signed.one(c, id).orElseThrow(ProblemException::notFound);
            audit.record(c, staff, "statement_read", found.caseId(), found.person());
            return wanted(c, found, true);
        });
        RenderedStatement drawn = draw(wanted);
        MutableHttpResponse<byte[]> answer = answer(drawn);
        return drawn.notDrawn().isEmpty() ? answer : answer.header(NOT_DRAWN, named(drawn.notDrawn()));
    }

    private Wanted wanted(Connection c, Signed found, boolean withUrn) {
        if (!found.here()) {
            throw ProblemException.conflict("kept-elsewhere", "It is kept elsewhere", "Here is only where it is kept, not the statement itself.");
        }
        // what the person may no longer list as their case is still their own statement's
        acting.goOn(c, new Caller.Worker(found.force()));
        Optional<Signed> before = Optional.ofNullable(found.content().supplements()).flatMap(id -> signed.one(c, id));
        return new Wanted(found, references.of(c, List.of(found.caseId())).getOrDefault(found.caseId(), ""),
            withUrn ? references.urns(c, found.caseId()) : null,
            before.map(b -> LocalDate.ofInstant(b.signedAt(), WorkingDays.LONDON)).orElse(null));
    }

    /** Outside of the transaction. */
    private RenderedStatement draw(Wanted wanted) {
        return pdf.of(wanted.statement(), wanted.reference(), wanted.urn(), wanted.furtherTo());
    }

    /** A text of a script without a font may have thousands: a header has no room for them. */
    private static String named(List<String> codes) {
        String first = codes.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return codes.size() > MOST_NAMED ? first + " and others" : first;
    }

    /** Its name tells nobody what it is about. */
    private static MutableHttpResponse<byte[]> answer(RenderedStatement drawn) {
        return HttpResponse.ok(drawn.pdf()).contentType(new MediaType(PDF))
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"my-document.pdf\"");
    }
}
