package uk.waymark.conversations;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import uk.waymark.api.StaffAbsenceApi;
import uk.waymark.api.model.AbsenceRequest;
import uk.waymark.api.model.StaffAbsence;
import uk.waymark.conversations.Absences.Absence;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;

/** When members of staff are away. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffAbsenceController implements StaffAbsenceApi {
    private final Absences absences;
    private final CurrentCaller caller;

    StaffAbsenceController(Absences absences, CurrentCaller caller) {
        this.absences = absences;
        this.caller = caller;
    }

    @Override
    public HttpResponse<StaffAbsence> getMyAbsence() {
        return HttpResponse.ok(view(absences.own(caller.staff())));
    }

    @Override
    public HttpResponse<StaffAbsence> putMyAbsence(AbsenceRequest wanted) {
        Caller.Staff staff = caller.staff();
        return HttpResponse.ok(view(absences.putOwn(staff, of(staff.subject(), wanted))));
    }

    @Override
    public HttpResponse<StaffAbsence> putAbsence(String name, AbsenceRequest wanted) {
        return HttpResponse.ok(view(absences.put(caller.staff(), of(name, wanted))));
    }

    private static Absence of(String name, AbsenceRequest wanted) {
        return new Absence(name, wanted.getFrom().toInstant(), wanted.getUntil().toInstant(), wanted.getCover(), wanted.getCollarNumber());
    }

    static StaffAbsence view(Absence a) {
        var shown = new StaffAbsence(a.subject(), ConversationViews.utc(a.from()), ConversationViews.utc(a.until()));
        shown.setCover(a.cover());
        return shown;
    }
}
