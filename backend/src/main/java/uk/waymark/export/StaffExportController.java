package uk.waymark.export;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.validation.Valid;
import java.util.UUID;
import uk.waymark.api.model.StaffExport;
import uk.waymark.platform.CurrentCaller;

/** The file of a person who must not download it, for staff to hand over. By hand, because it is written while it is sent. */
@Controller("/v1/staff/people")
@Secured("supervisor")
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffExportController {
    private final StaffExports exports;
    private final CurrentCaller caller;

    StaffExportController(StaffExports exports, CurrentCaller caller) {
        this.exports = exports;
        this.caller = caller;
    }

    @Post("/{id}/export")
    @Produces({ExportAnswer.ZIP, "application/problem+json"})
    HttpResponse<?> export(@PathVariable UUID id, @Valid @Body StaffExport wanted) {
        return ExportAnswer.of(exports.open(caller.staff(), id, wanted.getItem(),
            wanted.getLanguage() == null ? null : wanted.getLanguage().getValue()));
    }
}
