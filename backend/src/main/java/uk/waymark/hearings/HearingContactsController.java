package uk.waymark.hearings;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.UUID;
import uk.waymark.api.StaffHearingContactsApi;
import uk.waymark.api.model.HearingContact;
import uk.waymark.api.model.StandingLine;
import uk.waymark.hearings.HearingContacts.Contact;
import uk.waymark.hearings.HearingContacts.Outcome;
import uk.waymark.hearings.HearingTold.How;
import uk.waymark.hearings.StandingReader.Row;
import uk.waymark.hearings.StandingReader.Seat;
import uk.waymark.platform.ActingAs;
import uk.waymark.platform.Caller;
import uk.waymark.platform.CurrentCaller;

/** Calls, letters and talks about a court date, over HTTP. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
class HearingContactsController implements StaffHearingContactsApi {
    private final HearingContacts contacts;
    private final Weeks weeks;
    private final WeekViews views;
    private final ActingAs acting;
    private final CurrentCaller caller;

    HearingContactsController(HearingContacts contacts, Weeks weeks, WeekViews views, ActingAs acting, CurrentCaller caller) {
        this.contacts = contacts;
        this.weeks = weeks;
        this.views = views;
        this.acting = acting;
        this.caller = caller;
    }

    @Override
    public HttpResponse<StandingLine> recordHearingContact(UUID id, UUID personId, HearingContact said, String idempotencyKey) {
        Caller.Staff staff = caller.staff();
        Row row = contacts.record(staff, new Seat(id, personId), new Contact(How.valueOf(said.getHow().name()),
            Outcome.valueOf(said.getOutcome().name()), said.getNote(), said.getVersion()), idempotencyKey);
        StandingLine line = acting.as(staff, c -> views.line(weeks.lines(c, staff, List.of(row)).getFirst()));
        return HttpResponse.created(line);
    }
}
