package uk.waymark.callbacks;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffCallBacksApi;
import uk.waymark.api.model.CallBackAttempt;
import uk.waymark.api.model.CallBackCompletion;
import uk.waymark.api.model.CallBackDecided;
import uk.waymark.api.model.CallBackDecision;
import uk.waymark.api.model.StaffCallBack;
import uk.waymark.api.model.StaffCallBackList;
import uk.waymark.api.model.StaffCallBackRequest;
import uk.waymark.callbacks.CallBack.Details;
import uk.waymark.callbacks.CallBack.Ending;
import uk.waymark.callbacks.CallBack.Outcome;
import uk.waymark.callbacks.CallBack.Reason;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** Who waits for a call, for staff. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffCallBacksController implements StaffCallBacksApi {
    private final CallBackRequests requests;
    private final CallBackQueue queue;
    private final Attempts attempts;
    private final CallBackViews views;
    private final CurrentCaller caller;

    StaffCallBacksController(CallBackRequests requests, CallBackQueue queue, Attempts attempts, CallBackViews views,
                             CurrentCaller caller) {
        this.requests = requests;
        this.queue = queue;
        this.attempts = attempts;
        this.views = views;
        this.caller = caller;
    }

    @Override
    public HttpResponse<StaffCallBackList> listStaffCallBacks(String unit, UUID caseId, String cursor, Integer limit) {
        Caller.Staff staff = caller.staff();
        List<CallBackQueue.Seen> found = queue.page(staff, unit, caseId, place(Cursor.decode(cursor, 3)), limit + 1);
        List<CallBackQueue.Seen> page = found.stream().limit(limit).toList();
        CallBack last = page.isEmpty() ? null : page.getLast().callBack();
        return HttpResponse.ok(new StaffCallBackList(views.staff(staff, page), found.size() > limit
            ? Cursor.encode(String.valueOf(!last.urgent()), last.nextAt().toString(), last.id().toString()) : null));
    }

    private static CallBackStore.Place place(String[] from) {
        try {
            return from == null ? null
                : new CallBackStore.Place(Boolean.parseBoolean(from[0]), Instant.parse(from[1]), UUID.fromString(from[2]));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }

    @Override
    public HttpResponse<StaffCallBack> claimCallBack(UUID id) {
        return HttpResponse.ok(shown(queue.claim(caller.staff(), id)));
    }

    @Override
    public HttpResponse<StaffCallBack> recordCallBackAttempt(UUID id, CallBackAttempt made, String idempotencyKey) {
        return HttpResponse.created(shown(attempts.record(caller.staff(), id, Outcome.valueOf(made.getOutcome().name()),
            made.getNote(), idempotencyKey)));
    }

    @Override
    public HttpResponse<StaffCallBack> completeCallBack(UUID id, CallBackCompletion done) {
        return HttpResponse.ok(shown(attempts.complete(caller.staff(), id, Ending.valueOf(done.getOutcome().name()),
            done.getNote())));
    }

    @Override
    public HttpResponse<StaffCallBack> decideCallBack(UUID id, CallBackDecision said, String idempotencyKey) {
        return HttpResponse.ok(shown(attempts.decide(caller.staff(), id, said.getDecision() == CallBackDecided.ANOTHER_CALL,
            said.getReason(), idempotencyKey)));
    }

    @Override
    public HttpResponse<StaffCallBack> addCallBack(UUID id, StaffCallBackRequest wanted, String idempotencyKey) {
        var details = new Details(wanted.getAbout(), null, CallBackViews.slots(wanted.getPreferred()), wanted.getVoicemail(),
            wanted.getWord(), Boolean.TRUE.equals(wanted.getWithholdNumber()), wanted.getInterpreter());
        CallBack taken = requests.add(caller.staff(), id, wanted.getCaseId(), new CallBackRequests.Wish(
            Reason.valueOf(wanted.getReason().name()), details, null, wanted.getLanguage() == null ? null
                : wanted.getLanguage().getValue()), idempotencyKey);
        return HttpResponse.created(shown(new CallBackQueue.Seen(taken, null, null, null)));
    }

    private StaffCallBack shown(CallBackQueue.Seen seen) {
        return views.staff(caller.staff(), List.of(seen)).getFirst();
    }
}
