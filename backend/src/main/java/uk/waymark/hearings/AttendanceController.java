package uk.waymark.hearings;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.ZoneOffset;
import java.util.UUID;
import uk.waymark.api.MyAttendanceApi;
import uk.waymark.api.model.Attendance;
import uk.waymark.api.model.AttendanceChoice;
import uk.waymark.api.model.AttendanceRequest;
import uk.waymark.api.model.AttendanceSaid;
import uk.waymark.hearings.HearingAnswers.Answer;
import uk.waymark.hearings.HearingAnswers.Via;
import uk.waymark.platform.CurrentCaller;

/** Whether the signed-in person can come. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class AttendanceController implements MyAttendanceApi {
    private final MyAttendance attendance;
    private final CurrentCaller caller;

    AttendanceController(MyAttendance attendance, CurrentCaller caller) {
        this.attendance = attendance;
        this.caller = caller;
    }

    @Override
    public HttpResponse<AttendanceSaid> getAttendance(UUID id) {
        MyAttendance.Said said = attendance.read(caller.person(), id);
        var shown = new AttendanceSaid(said.version());
        if (said.last() != null) {
            shown.setAnswer(AttendanceChoice.valueOf(said.last().answer().name()));
            shown.setAnsweredAt(said.last().at().atOffset(ZoneOffset.UTC));
            shown.setByStaff(said.last().via() == Via.STAFF ? true : null);
        }
        return HttpResponse.ok(shown).header(HttpHeaders.ETAG, said.tag());
    }

    @Override
    public HttpResponse<Attendance> putAttendance(UUID id, AttendanceRequest wanted, String ifMatch, String acceptLanguage) {
        MyAttendance.Taken taken = attendance.answer(caller.person(), id, Answer.valueOf(wanted.getAnswer().name()),
            wanted.getReason(), wanted.getVersion(), ifMatch, acceptLanguage);
        return HttpResponse.ok(new Attendance(AttendanceChoice.valueOf(taken.answer().answer().name()),
                taken.answer().at().atOffset(ZoneOffset.UTC), taken.answer().version(), taken.next()))
            .header(HttpHeaders.ETAG, taken.tag()).header(HttpHeaders.CONTENT_LANGUAGE, taken.language());
    }
}
