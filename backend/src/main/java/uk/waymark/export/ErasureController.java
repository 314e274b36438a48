package uk.waymark.export;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import uk.waymark.api.MyErasureApi;
import uk.waymark.api.model.Erasure;
import uk.waymark.platform.CurrentCaller;

/** Asking for erasure. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class ErasureController implements MyErasureApi {
    private final Erasures erasures;
    private final CurrentCaller caller;

    ErasureController(Erasures erasures, CurrentCaller caller) {
        this.erasures = erasures;
        this.caller = caller;
    }

    @Override
    public HttpResponse<Erasure> askForErasure(String acceptLanguage) {
        return HttpResponse.accepted().body(erasures.ask(caller.person(), acceptLanguage));
    }
}
