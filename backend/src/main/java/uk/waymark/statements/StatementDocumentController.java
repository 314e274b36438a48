package uk.waymark.statements;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.util.UUID;
import uk.waymark.platform.CurrentCaller;

/** A signed statement as a document, for the file. By hand, because it is no JSON. */
@Controller("/v1/staff/statements")
@Secured({"witness_care", "victim_care", "officer", "supervisor"})
@ExecuteOn(TaskExecutors.BLOCKING)
class StatementDocumentController {
    private final Documents documents;
    private final CurrentCaller caller;

    StatementDocumentController(Documents documents, CurrentCaller caller) {
        this.documents = documents;
        this.caller = caller;
    }

    @Get("/{id}/document")
    @Produces({Documents.PDF, "application/problem+json"})
    HttpResponse<byte[]> document(@PathVariable UUID id) {
        return documents.forStaff(caller.staff(), id);
    }
}
