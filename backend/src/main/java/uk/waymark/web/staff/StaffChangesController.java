package uk.waymark.web.staff;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;
import java.util.UUID;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** What staff decide of a new number or address, on the page of its item. */
@Controller("/staff/changes")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffChangesController {
    private static final String DECISION = "decision";
    private static final String BECAUSE = "because";
    private static final Page.Fault CHOOSE = new Page.Fault(DECISION, DeskText.DECISION_MISSING);
    private static final Map<String, Page.Fault> FIELDS = Map.of("/decision", CHOOSE,
        "/reason", new Page.Fault(BECAUSE, DeskText.BECAUSE_MISSING));
    private final Visits visits;
    private final StaffRefusals refusals;

    StaffChangesController(Visits visits, StaffRefusals refusals) {
        this.visits = visits;
        this.refusals = refusals;
    }

    /** Where another language was chosen on what answered the form. */
    @Get("/{id}/decision")
    HttpResponse<?> decided(HttpRequest<?> request, UUID id) {
        return Answers.next(visits.staff(request), "/staff");
    }

    @Post("/{id}/decision")
    HttpResponse<?> decide(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var said = Map.of(DECISION, form.text(DECISION), "reason", form.text(BECAUSE), "safe", form.text("safe").equals("true"));
        return switch (visit.api().post("/v1/staff/contact-changes/" + id + "/decision", said, Void.class)) {
            case Reply.Done<Void> done -> Answers.next(visit, "/staff?done=decided");
            case Reply.No<Void> no when no.refusal().status() == 409 -> refusals.refused(visit, DeskText.NOT_PUT_DOWN, no.refusal(), form);
            case Reply.No<Void> no when no.refusal().mendable() -> refusals.again(visit, StaffItems.named(form, "item"),
                Visit.faults(no.refusal(), FIELDS, CHOOSE), form);
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }
}
