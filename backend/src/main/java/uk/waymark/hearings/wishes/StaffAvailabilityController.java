package uk.waymark.hearings.wishes;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffAvailabilityApi;
import uk.waymark.api.model.CaseAvailability;
import uk.waymark.api.model.CaseNeeds;
import uk.waymark.api.model.PersonAvailability;
import uk.waymark.api.model.PersonAvailabilityRequest;
import uk.waymark.api.model.PersonNeeds;
import uk.waymark.api.model.PersonNeedsRequest;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.hearings.wishes.CourtWishes.Words;
import uk.waymark.platform.CurrentCaller;

/** Days to avoid and needs of a person, for staff; every read and change is audited. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffAvailabilityController implements StaffAvailabilityApi {
    private final StaffWishes wishes;
    private final CurrentCaller caller;

    StaffAvailabilityController(StaffWishes wishes, CurrentCaller caller) {
        this.wishes = wishes;
        this.caller = caller;
    }

    @Override
    public HttpResponse<PersonAvailability> getPersonAvailability(UUID id) {
        return availability(wishes.read(caller.staff(), id, Kind.AVAILABILITY));
    }

    @Override
    public HttpResponse<PersonAvailability> putPersonAvailability(UUID id, PersonAvailabilityRequest said, String ifMatch) {
        return availability(wishes.put(caller.staff(), id, said.getCaseId(), Kind.AVAILABILITY,
            new Words(WishViews.spans(said.getDatesToAvoid()), null), said.getReason(), ifMatch));
    }

    @Override
    public HttpResponse<PersonNeeds> getPersonNeeds(UUID id) {
        return needs(wishes.read(caller.staff(), id, Kind.NEEDS));
    }

    @Override
    public HttpResponse<PersonNeeds> putPersonNeeds(UUID id, PersonNeedsRequest said, String ifMatch) {
        return needs(wishes.put(caller.staff(), id, said.getCaseId(), Kind.NEEDS, new Words(List.of(), WishViews.needs(said.getNeeds())),
            said.getReason(), ifMatch));
    }

    private static HttpResponse<PersonAvailability> availability(StaffWishes.Seen seen) {
        return HttpResponse.ok(new PersonAvailability(seen.wishes().stream().map(w -> {
            var shown = new CaseAvailability(w.caseId(), WishViews.utc(w.givenAt()), WishViews.days(w.words().datesToAvoid()));
            shown.setGivenBy(w.givenBy());
            shown.setReason(w.why());
            shown.setPassedOnAt(WishViews.utc(w.passedOn()));
            return shown;
        }).toList())).header(HttpHeaders.ETAG, seen.tag());
    }

    private static HttpResponse<PersonNeeds> needs(StaffWishes.Seen seen) {
        return HttpResponse.ok(new PersonNeeds(seen.wishes().stream().map(w -> {
            var shown = new CaseNeeds(w.caseId(), WishViews.utc(w.givenAt()), WishViews.needs(w.words().needs()));
            shown.setGivenBy(w.givenBy());
            shown.setReason(w.why());
            return shown;
        }).toList())).header(HttpHeaders.ETAG, seen.tag());
    }
}
