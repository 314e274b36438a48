package uk.waymark.changes;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import uk.waymark.api.StaffContactChangesApi;
import uk.waymark.api.model.ContactChangeDecision;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;

/** Staff decide a change that waits. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffContactChangesController implements StaffContactChangesApi {
    private final StaffDecisions decisions;
    private final CurrentCaller caller;

    StaffContactChangesController(StaffDecisions decisions, CurrentCaller caller) {
        this.decisions = decisions;
        this.caller = caller;
    }

    @Override
    public HttpResponse<Void> decideContactChange(UUID id, ContactChangeDecision decision) {
        Caller.Staff staff = caller.staff();
        switch (decision.getDecision()) {
            case ALLOW -> decisions.allow(staff, id, decision.getReason(), Boolean.TRUE.equals(decision.getSafe()));
            case HOLD -> decisions.hold(staff, id, decision.getReason());
            case REFUSE -> decisions.refuse(staff, id, decision.getReason());
        }
        return HttpResponse.noContent();
    }
}
