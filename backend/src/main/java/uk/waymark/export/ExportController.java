package uk.waymark.export;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.Nullable;
import uk.waymark.platform.CurrentCaller;

/** The file over HTTP. By hand, because it is written while it is sent. */
@Controller("/v1/me")
@Secured("person")
@ExecuteOn(TaskExecutors.BLOCKING)
class ExportController {
    private final Exports exports;
    private final CurrentCaller caller;

    ExportController(Exports exports, CurrentCaller caller) {
        this.exports = exports;
        this.caller = caller;
    }

    @Get("/export")
    @Produces({ExportAnswer.ZIP, "application/problem+json"})
    HttpResponse<?> export(@Nullable @Header(HttpHeaders.ACCEPT_LANGUAGE) String acceptLanguage) {
        return ExportAnswer.of(exports.open(caller.person(), acceptLanguage));
    }
}
