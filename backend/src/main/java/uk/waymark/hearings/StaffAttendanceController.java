package uk.waymark.hearings;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.ZoneOffset;
import java.util.UUID;
import uk.waymark.api.StaffAttendanceApi;
import uk.waymark.api.model.AttendanceChoice;
import uk.waymark.api.model.StaffAttendance;
import uk.waymark.api.model.StaffAttendanceRequest;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.HearingAnswers.Entry;
import uk.waymark.platform.CurrentCaller;

/** What somebody said to staff about a court date. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffAttendanceController implements StaffAttendanceApi {
    private final MyAttendance attendance;
    private final CurrentCaller caller;

    StaffAttendanceController(MyAttendance attendance, CurrentCaller caller) {
        this.attendance = attendance;
        this.caller = caller;
    }

    @Override
    public HttpResponse<StaffAttendance> recordAttendance(UUID id, UUID personId, StaffAttendanceRequest said) {
        Entry entry = attendance.record(caller.staff(), id, personId, Answer.valueOf(said.getAnswer().name()), said.getReason(),
            said.getVersion());
        return HttpResponse.ok(new StaffAttendance(entry.hearing(), entry.person(), AttendanceChoice.valueOf(entry.answer().name()),
            entry.at().atOffset(ZoneOffset.UTC), entry.version(), entry.confirmed()).reason(entry.reason()));
    }
}
