package uk.waymark.hearings.wishes;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import uk.waymark.api.StaffAvailabilityApi;
import uk.waymark.api.model.CaseAvailability;
import uk.waymark.api.model.CaseNeeds;
import uk.waymark.api.model.PersonAvailability;
import uk.waymark.api.model.PersonNeeds;
import uk.waymark.hearings.wishes.CourtWishes.Kind;
import uk.waymark.platform.CurrentCaller;

/** Days to avoid and needs of a person, for staff; every read is audited. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class StaffAvailabilityController implements StaffAvailabilityApi {
    private final MyWishes wishes;
    private final CurrentCaller caller;

    StaffAvailabilityController(MyWishes wishes, CurrentCaller caller) {
        this.wishes = wishes;
        this.caller = caller;
    }

    @Override
    public HttpResponse<PersonAvailability> getPersonAvailability(UUID id) {
        return HttpResponse.ok(new PersonAvailability(wishes.read(caller.staff(), id, Kind.AVAILABILITY).stream().map(w ->
            new CaseAvailability(w.caseId(), WishViews.utc(w.givenAt()), WishViews.days(w.words().datesToAvoid()))).toList()));
    }

    @Override
    public HttpResponse<PersonNeeds> getPersonNeeds(UUID id) {
        return HttpResponse.ok(new PersonNeeds(wishes.read(caller.staff(), id, Kind.NEEDS).stream().map(w ->
            new CaseNeeds(w.caseId(), WishViews.utc(w.givenAt()), WishViews.needs(w.words().needs()))).toList()));
    }
}
