package uk.waymark.hearings.trial;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffReminderTrialsApi;
import uk.waymark.api.model.HeldOutList;
import uk.waymark.api.model.HeldOutPerson;
import uk.waymark.api.model.HearingKind;
import uk.waymark.api.model.ReminderTrialList;
import uk.waymark.api.model.ReminderTrialRequest;
import uk.waymark.api.model.ReminderTrialState;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** Experiments with extra reminders, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class ReminderTrialsController implements StaffReminderTrialsApi {
    private final ReminderTrials trials;
    private final CurrentCaller caller;

    ReminderTrialsController(ReminderTrials trials, CurrentCaller caller) {
        this.trials = trials;
        this.caller = caller;
    }

    @Override
    public HttpResponse<ReminderTrialList> listReminderTrials() {
        return HttpResponse.ok(new ReminderTrialList(trials.all(caller.staff()).stream().map(this::view).toList()));
    }

    @Override
    public HttpResponse<uk.waymark.api.model.ReminderTrial> startReminderTrial(ReminderTrialRequest wanted, String idempotencyKey) {
        return HttpResponse.created(view(trials.start(caller.staff(), wanted.getFrom(), wanted.getTo(), wanted.getSharePercent(),
            wanted.getApprovedBy(), idempotencyKey)));
    }

    @Override
    public HttpResponse<uk.waymark.api.model.ReminderTrial> endReminderTrial(UUID id) {
        return HttpResponse.ok(view(trials.end(caller.staff(), id)));
    }

    @Override
    public HttpResponse<HeldOutList> listHeldOut(UUID id, String cursor, Integer limit) {
        String[] from = Cursor.decode(cursor, 1);
        List<TrialStore.HeldOutPerson> page = trials.people(caller.staff(), id, from == null ? null : uuid(from[0]), limit + 1);
        boolean more = page.size() > limit;
        var shown = more ? page.subList(0, limit) : page;
        return HttpResponse.ok(new HeldOutList(shown.stream().map(ReminderTrialsController::view).toList(),
            more ? Cursor.encode(shown.getLast().person().toString()) : null));
    }

    @Override
    public HttpResponse<Void> endHeldOut(UUID id, UUID personId) {
        trials.endFor(caller.staff(), id, personId);
        return HttpResponse.noContent();
    }

    private uk.waymark.api.model.ReminderTrial view(ReminderTrial t) {
        var shown = new uk.waymark.api.model.ReminderTrial(t.id(), t.from(), t.to(), t.share(), t.approvedBy(), t.startedBy(),
            utc(t.startedAt()), ReminderTrialState.fromValue(t.state(trials.today())));
        shown.setEndedBy(t.endedBy());
        shown.setEndedAt(utc(t.endedAt()));
        return shown;
    }

    private static HeldOutPerson view(TrialStore.HeldOutPerson p) {
        int slash = p.stratum().indexOf('/');
        var shown = new HeldOutPerson(p.person(), p.caseId(), HearingKind.fromValue(p.stratum().substring(0, slash)), utc(p.drawnAt()));
        shown.setUnit(slash + 1 == p.stratum().length() ? null : p.stratum().substring(slash + 1));
        shown.setEndedBy(p.endedBy());
        shown.setEndedAt(utc(p.endedAt()));
        return shown;
    }

    private static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
