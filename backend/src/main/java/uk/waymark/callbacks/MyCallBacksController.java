package uk.waymark.callbacks;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.MyCallBacksApi;
import uk.waymark.api.model.CallBackChange;
import uk.waymark.api.model.CallBackList;
import uk.waymark.api.model.CallBackRequest;
import uk.waymark.api.model.CallBackSlots;
import uk.waymark.callbacks.CallBack.Details;
import uk.waymark.callbacks.CallBack.Reason;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.WorkingDays;

/** Calls that the signed-in person asks for. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class MyCallBacksController implements MyCallBacksApi {
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;
    private final CallBackRequests requests;
    private final MyCallBacks mine;
    private final CallBackViews views;
    private final CurrentCaller caller;

    MyCallBacksController(CallBackRequests requests, MyCallBacks mine, CallBackViews views, CurrentCaller caller) {
        this.requests = requests;
        this.mine = mine;
        this.views = views;
        this.caller = caller;
    }

    @Override
    public HttpResponse<uk.waymark.api.model.CallBack> askForCallBack(UUID caseId, CallBackRequest wanted, String acceptLanguage,
                                                                     String idempotencyKey) {
        Caller.Person person = caller.person();
        var details = new Details(wanted.getAbout(), null, CallBackViews.slots(wanted.getPreferred()), wanted.getVoicemail(),
            wanted.getWord(), Boolean.TRUE.equals(wanted.getWithholdNumber()), wanted.getInterpreter());
        CallBack taken = requests.ask(person, caseId, new CallBackRequests.Wish(Reason.valueOf(wanted.getReason().name()), details,
            wanted.getMobile(), wanted.getLanguage() == null ? null : wanted.getLanguage().getValue()), idempotencyKey);
        return said(HttpResponse.created(views.mine(taken, mine.language(person, acceptLanguage))), taken);
    }

    @Override
    public HttpResponse<CallBackList> listCallBacks(UUID caseId, String acceptLanguage, String cursor, Integer limit) {
        String[] from = Cursor.decode(cursor, 1);
        MyCallBacks.Read read = mine.list(caller.person(), caseId, from == null ? null : id(from[0]), limit + 1, acceptLanguage);
        List<CallBack> page = read.items().stream().limit(limit).toList();
        return HttpResponse.ok(new CallBackList(page.stream().map(b -> views.mine(b, read.language())).toList(),
            read.items().size() > limit ? Cursor.encode(page.getLast().id().toString()) : null));
    }

    private static UUID id(String part) {
        try {
            return UUID.fromString(part);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }

    @Override
    public HttpResponse<CallBackSlots> listCallBackSlots(UUID caseId, LocalDate from) {
        if (from != null && (from.getYear() < FIRST_YEAR || from.getYear() > LAST_YEAR)) {
            throw ProblemException.badRequest("/from", "must be a day of the years 2000 to 2100");
        }
        Instant first = from == null ? null : from.atStartOfDay(WorkingDays.LONDON).toInstant();
        return HttpResponse.ok(new CallBackSlots(CallBackViews.times(requests.free(caller.person(), caseId, first))));
    }

    @Override
    public HttpResponse<uk.waymark.api.model.CallBack> getCallBack(UUID id, String acceptLanguage) {
        MyCallBacks.Read read = mine.one(caller.person(), id, acceptLanguage);
        return said(HttpResponse.ok(views.mine(read.items().getFirst(), read.language())), read.items().getFirst());
    }

    @Override
    public HttpResponse<uk.waymark.api.model.CallBack> changeCallBack(UUID id, CallBackChange wanted, String ifMatch,
                                                                     String acceptLanguage) {
        Caller.Person person = caller.person();
        CallBack now = mine.change(person, id, new MyCallBacks.Change(CallBackViews.slots(wanted.getPreferred()), wanted.getVoicemail(),
            wanted.getWord(), wanted.getWithholdNumber(), wanted.getInterpreter(),
            wanted.getLanguage() == null ? null : wanted.getLanguage().getValue()), ifMatch);
        return said(HttpResponse.ok(views.mine(now, mine.language(person, acceptLanguage))), now);
    }

    @Override
    public HttpResponse<Void> cancelCallBack(UUID id) {
        mine.cancel(caller.person(), id);
        return HttpResponse.noContent();
    }

    private static <T> HttpResponse<T> said(MutableHttpResponse<T> answer, CallBack b) {
        return answer.header(HttpHeaders.ETAG, MyCallBacks.tag(b));
    }
}
