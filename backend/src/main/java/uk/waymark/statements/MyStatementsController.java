package uk.waymark.statements;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.MyStatementsApi;
import uk.waymark.api.model.Statement;
import uk.waymark.api.model.StatementGuidance;
import uk.waymark.api.model.StatementList;
import uk.waymark.api.model.StatementReading;
import uk.waymark.api.model.StatementRequest;
import uk.waymark.api.model.StatementSubmission;
import uk.waymark.api.model.StatementSummary;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** What the signed-in person says in their own words. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MyStatementsController implements MyStatementsApi {
    private final MyStatements statements;
    private final Signing signing;
    private final ReadingAloud aloud;
    private final StatementViews views;
    private final CurrentCaller caller;

    MyStatementsController(MyStatements statements, Signing signing, ReadingAloud aloud, StatementViews views, CurrentCaller caller) {
        this.statements = statements;
        this.signing = signing;
        this.aloud = aloud;
        this.views = views;
        this.caller = caller;
    }

    @Override
    public HttpResponse<StatementList> listMyStatements(UUID caseId, String cursor, Integer limit, String acceptLanguage) {
        UUID last = last(cursor);
        MyStatements.Known known = statements.inCase(caller.person(), caseId, acceptLanguage);
        StatementList list = page(views.summaries(known), last, limit);
        list.setMayAdd(known.mayAdd());
        list.setInstead(views.instead(known));
        return HttpResponse.ok(list).header(HttpHeaders.CONTENT_LANGUAGE, known.language());
    }

    @Override
    public HttpResponse<StatementList> listAllMyStatements(String cursor, Integer limit, String acceptLanguage) {
        UUID last = last(cursor);
        MyStatements.Everything every = statements.inEveryCase(caller.person(), acceptLanguage);
        StatementList list = page(views.summaries(every.known()), last, limit);
        list.getItems().forEach(s -> s.setCrimeReference(every.references().get(s.getCaseId())));
        return HttpResponse.ok(list).header(HttpHeaders.CONTENT_LANGUAGE, every.known().language());
    }

    private static UUID last(String cursor) {
        String[] after = Cursor.decode(cursor, 1);
        return after == null ? null : uuid(after[0]);
    }

    private static StatementList page(List<StatementSummary> all, UUID last, int limit) {
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            from = all.get(i).getId().equals(last) ? i + 1 : from;
        }
        int to = Math.min(all.size(), from + limit);
        return new StatementList(all.subList(from, to), to < all.size() ? Cursor.encode(all.get(to - 1).getId().toString()) : null);
    }

    @Override
    public HttpResponse<StatementGuidance> getStatementGuidance(UUID caseId, String acceptLanguage) {
        MyStatements.Guide guide = statements.guidance(caller.person(), caseId, acceptLanguage);
        return HttpResponse.ok(views.guidance(guide)).header(HttpHeaders.CONTENT_LANGUAGE, guide.known().language());
    }

    @Override
    public HttpResponse<Statement> createStatement(UUID caseId, StatementRequest wanted, String key, String acceptLanguage) {
        return answer(HttpStatus.CREATED, statements.begin(caller.person(), caseId, StatementViews.typed(wanted), key, acceptLanguage));
    }

    @Override
    public HttpResponse<Statement> getStatement(UUID id, String acceptLanguage) {
        return answer(HttpStatus.OK, statements.read(caller.person(), id, acceptLanguage));
    }

    @Override
    public HttpResponse<Statement> putStatement(UUID id, StatementRequest wanted, String ifMatch, String acceptLanguage) {
        return answer(HttpStatus.OK, statements.save(caller.person(), id, StatementViews.typed(wanted), ifMatch, acceptLanguage));
    }

    @Override
    public HttpResponse<Void> deleteStatement(UUID id, String ifMatch, String acceptLanguage) {
        statements.drop(caller.person(), id, ifMatch, acceptLanguage);
        return HttpResponse.noContent();
    }

    @Override
    public HttpResponse<Statement> submitStatement(UUID id, StatementSubmission wanted, String ifMatch, String acceptLanguage) {
        return answer(HttpStatus.OK, signing.sign(caller.person(), id, new Signing.Wish(Boolean.TRUE.equals(wanted.getDeclaration()),
            wanted.getReadAloud().getValue(), wanted.getName(), wanted.getReadToMakerBy()), ifMatch, acceptLanguage));
    }

    @Override
    public HttpResponse<Statement> putReadAloud(UUID id, StatementReading wanted, String ifMatch, String acceptLanguage) {
        return answer(HttpStatus.OK, aloud.change(caller.person(), id, wanted.getReadAloud().getValue(), ifMatch, acceptLanguage));
    }

    private HttpResponse<Statement> answer(HttpStatus status, MyStatements.Found found) {
        MutableHttpResponse<Statement> answer = HttpResponse.<Statement>status(status).body(views.any(found))
            .header(HttpHeaders.CONTENT_LANGUAGE, found.language());
        return answer.header(HttpHeaders.ETAG, found.tag());
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
