package uk.waymark.web.staff;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.StaffStatement;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** What people have signed: its document, and what they say of it on a call that is safe. */
@Controller("/staff/written")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffWrittenController {
    private static final String STATEMENTS = "/v1/staff/statements/";
    private final Visits visits;
    private final StaffRefusals refusals;

    StaffWrittenController(Visits visits, StaffRefusals refusals) {
        this.visits = visits;
        this.refusals = refusals;
    }

    @Post("/{id}/confirmation")
    HttpResponse<?> confirm(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        String said = form.text("confirmed");
        if (!said.equals("yes") && !said.equals("no")) {
            return refusals.again(visit, StaffItems.named(form, StaffReasons.TASK),
                List.of(new Page.Fault("confirmed", DeskText.CONFIRMED_MISSING)), form);
        }
        return switch (visit.api().put(STATEMENTS + id + "/confirmation", Map.of("confirmed", said.equals("yes")), StaffStatement.class,
                form)) {
            case Reply.Done<StaffStatement> done -> Answers.next(visit, "/staff?done=completed");
            case Reply.No<StaffStatement> no when no.refusal().status() == 409 ->
                refusals.refused(visit, DeskText.NOT_PUT_DOWN, no.refusal(), form);
            case Reply.No<StaffStatement> no -> throw new Refused(no.refusal());
        };
    }

    /** A form and no link: nothing fetches it ahead, and the reason goes with it. */
    @Post("/{id}/document")
    HttpResponse<?> document(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        byte[] document = visit.api().send("GET", STATEMENTS + id + "/document", null, byte[].class, StaffReasons.of(form)).orRefuse();
        return Answers.headers(HttpResponse.ok(document).contentType(MediaType.APPLICATION_PDF_TYPE)
            .header("Content-Disposition", "attachment; filename=\"document.pdf\""));
    }
}
