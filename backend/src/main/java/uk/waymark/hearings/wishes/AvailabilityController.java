package uk.waymark.hearings.wishes;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.MyAvailabilityApi;
import uk.waymark.api.model.Availability;
import uk.waymark.api.model.AvailabilityRequest;
import uk.waymark.api.model.Needs;
import uk.waymark.api.model.NeedsRequest;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.hearings.wishes.CourtWishes.Words;
import uk.waymark.platform.CurrentCaller;

/** The days on which the signed-in person cannot come, and what they need on the day. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class AvailabilityController implements MyAvailabilityApi {
    private final MyWishes wishes;
    private final CurrentCaller caller;

    AvailabilityController(MyWishes wishes, CurrentCaller caller) {
        this.wishes = wishes;
        this.caller = caller;
    }

    @Override
    public HttpResponse<Availability> getAvailability(UUID caseId) {
        return availability(wishes.read(caller.person(), caseId, Kind.AVAILABILITY));
    }

    @Override
    public HttpResponse<Availability> putAvailability(UUID caseId, AvailabilityRequest wanted, String ifMatch, String acceptLanguage) {
        return availability(wishes.put(caller.person(), caseId, Kind.AVAILABILITY,
            new Words(WishViews.spans(wanted.getDatesToAvoid()), null), ifMatch, acceptLanguage));
    }

    @Override
    public HttpResponse<Needs> getNeeds(UUID caseId) {
        return needs(wishes.read(caller.person(), caseId, Kind.NEEDS));
    }

    @Override
    public HttpResponse<Needs> putNeeds(UUID caseId, NeedsRequest wanted, String ifMatch, String acceptLanguage) {
        return needs(wishes.put(caller.person(), caseId, Kind.NEEDS, new Words(List.of(), WishViews.needs(wanted)), ifMatch,
            acceptLanguage));
    }

    private static HttpResponse<Availability> availability(MyWishes.Current current) {
        var shown = new Availability(current.words() == null ? List.of() : WishViews.days(current.words().datesToAvoid()));
        shown.setGivenAt(WishViews.utc(current.givenAt()));
        shown.setByStaff(current.byStaff() ? true : null);
        shown.setPassedOnAt(WishViews.utc(current.passedOn()));
        shown.setWordsLeftOut(current.leftOut() ? true : null);
        shown.setNext(current.next());
        return said(HttpResponse.ok(shown), current);
    }

    private static HttpResponse<Needs> needs(MyWishes.Current current) {
        CourtWishes.Needs n = current.words() == null ? CourtWishes.Needs.NONE : current.words().needs();
        var shown = new Needs(n.screens(), n.liveLink(), n.separateWaiting(), n.expenses(), n.visitBefore());
        shown.setInterpreter(WishViews.interpreter(n));
        shown.setOther(n.other());
        shown.setGivenAt(WishViews.utc(current.givenAt()));
        shown.setByStaff(current.byStaff() ? true : null);
        shown.setWordsLeftOut(current.leftOut() ? true : null);
        shown.setNext(current.next());
        return said(HttpResponse.ok(shown), current);
    }

    private static <T> HttpResponse<T> said(MutableHttpResponse<T> answer, MyWishes.Current current) {
        answer.header(HttpHeaders.ETAG, current.tag());
        return current.language() == null ? answer : answer.header(HttpHeaders.CONTENT_LANGUAGE, current.language());
    }
}
