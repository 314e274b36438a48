package uk.waymark.statements;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import uk.waymark.api.StaffStatementsApi;
import uk.waymark.api.model.StaffStatement;
import uk.waymark.api.model.StaffStatementList;
import uk.waymark.api.model.StatementConfirmation;
import uk.waymark.api.model.StatementOfferMade;
import uk.waymark.api.model.StatementReference;
import uk.waymark.api.model.StatementState;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** Signed statements of the own force. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffStatementsController implements StaffStatementsApi {
    private final StaffStatements statements;
    private final CurrentCaller caller;

    StaffStatementsController(StaffStatements statements, CurrentCaller caller) {
        this.statements = statements;
        this.caller = caller;
    }

    @Override
    public HttpResponse<StaffStatementList> listStatements(UUID caseId, StatementState state, String cursor, Integer limit) {
        String[] after = Cursor.decode(cursor, 2);
        List<StaffStatements.Shown> found = statements.page(caller.staff(), caseId, state == null ? null : state.getValue(),
            after == null ? null : part(after[0], Instant::parse), after == null ? null : part(after[1], UUID::fromString), limit + 1);
        boolean more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return HttpResponse.ok(new StaffStatementList(shown.stream().map(StaffStatementsController::view).toList(), more
            ? Cursor.encode(shown.getLast().statement().signedAt().toString(), shown.getLast().statement().id().toString()) : null));
    }

    @Override
    public HttpResponse<StaffStatement> confirmStatement(UUID id, StatementConfirmation said) {
        return HttpResponse.ok(view(statements.confirm(caller.staff(), id, Boolean.TRUE.equals(said.getConfirmed()))));
    }

    @Override
    public HttpResponse<StaffStatement> recordStatement(UUID id, StatementReference wanted, String key) {
        return HttpResponse.created(view(statements.record(caller.staff(), id, new StaffStatements.Reference(wanted.getPersonId(),
            wanted.getMedium().getValue(), wanted.getWhereKept(), wanted.getMadeAt().toInstant(), wanted.getLanguage(),
            wanted.getTranslates(), wanted.getTranslator()), key)));
    }

    @Override
    public HttpResponse<Void> offerStatement(UUID id, StatementOfferMade offer) {
        statements.offered(caller.staff(), id, offer.getPersonId(), offer.getAnswer().getValue());
        return HttpResponse.noContent();
    }

    private static StaffStatement view(StaffStatements.Shown shown) {
        return StatementViews.staff(shown.statement(), shown.reference());
    }

    private static <T> T part(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
