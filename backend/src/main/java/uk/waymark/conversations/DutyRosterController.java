package uk.waymark.conversations;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import uk.waymark.api.BridgeDutyApi;
import uk.waymark.api.model.DutyRoster;
import uk.waymark.api.model.DutyRosterResult;
import uk.waymark.api.model.OfficerOnDuty;
import uk.waymark.conversations.DutyRosters.Officer;
import uk.waymark.conversations.DutyRosters.Roster;
import uk.waymark.conversations.DutyRosters.Shift;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.ProblemException;

/** What a force's duty system posts. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class DutyRosterController implements BridgeDutyApi {
    private static final Duration LONGEST = Duration.ofDays(366);
    private final DutyRosters rosters;
    private final CurrentCaller caller;

    DutyRosterController(DutyRosters rosters, CurrentCaller caller) {
        this.rosters = rosters;
        this.caller = caller;
    }

    @Override
    public HttpResponse<DutyRosterResult> receiveDutyRoster(DutyRoster posted) {
        var roster = new Roster(posted.getFrom().toInstant(), posted.getUntil().toInstant(), officers(posted.getOfficers()));
        if (!roster.from().isBefore(roster.until()) || roster.until().isAfter(roster.from().plus(LONGEST))) {
            throw ProblemException.unprocessable("/until", "It has to end after it begins, and within a year.");
        }
        rosters.put(caller.system(), roster);
        return HttpResponse.ok(new DutyRosterResult(roster.officers().size()));
    }

    private static List<Officer> officers(List<OfficerOnDuty> posted) {
        var seen = new HashSet<String>();
        var officers = new ArrayList<Officer>();
        for (int i = 0; i < posted.size(); i++) {
            OfficerOnDuty officer = posted.get(i);
            String at = "/officers/" + i;
            if (!seen.add(officer.getCollarNumber())) {
                throw ProblemException.unprocessable(at + "/collar_number", "This officer stands in it twice: put all their shifts in one place.");
            }
            var shifts = new ArrayList<Shift>();
            for (int j = 0; j < officer.getShifts().size(); j++) {
                var shift = new Shift(officer.getShifts().get(j).getFrom().toInstant(), officer.getShifts().get(j).getUntil().toInstant());
                if (!shift.from().isBefore(shift.until())) {
                    throw ProblemException.unprocessable(at + "/shifts/" + j + "/until", "It has to end after it begins.");
                }
                shifts.add(shift);
            }
            officers.add(new Officer(officer.getCollarNumber(), List.copyOf(shifts)));
        }
        return List.copyOf(officers);
    }
}
