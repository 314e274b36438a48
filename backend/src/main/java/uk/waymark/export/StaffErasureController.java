package uk.waymark.export;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import uk.waymark.api.StaffErasureApi;
import uk.waymark.api.model.Erasure;
import uk.waymark.api.model.NewErasure;
import uk.waymark.platform.CurrentCaller;

/** Erasing for a person, once staff have spoken with them. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffErasureController implements StaffErasureApi {
    private final Erasures erasures;
    private final CurrentCaller caller;

    StaffErasureController(Erasures erasures, CurrentCaller caller) {
        this.erasures = erasures;
        this.caller = caller;
    }

    @Override
    public HttpResponse<Erasure> erasePerson(UUID id, NewErasure wanted, String acceptLanguage) {
        return HttpResponse.ok(erasures.erase(caller.staff(), id, wanted.getReason(), acceptLanguage));
    }
}
