package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
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
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.QueueAssigned;
import uk.waymark.api.model.QueueSummary;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** For supervisors: who has how much, what nobody has, and all of one person's work to somebody else. */
@Controller("/staff/work")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffWorkController {
    private final Visits visits;
    private final Templates templates;

    StaffWorkController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> work(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, templates.pagesStaffWork(visit.page(), summary(visit), null));
    }

    @Post
    HttpResponse<?> move(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post("/v1/staff/queue/assignments", Map.of("from", form.text("from"), "to", form.text("to")),
                QueueAssigned.class)) {
            case Reply.Done<QueueAssigned> done -> Answers.page(visit, templates.pagesStaffWork(visit.page(), summary(visit),
                done.body().getAssigned()));
            case Reply.No<QueueAssigned> no when no.refusal().mendable() -> Answers.again(visit, templates.pagesStaffWork(visit.again(
                Visit.faults(no.refusal(), Map.of("/from", new Page.Fault("from", DeskText.FROM_MISSING)),
                    new Page.Fault(form.find("from").isEmpty() ? "from" : "to", form.find("from").isEmpty() ? DeskText.FROM_MISSING
                        : form.find("to").isEmpty() ? DeskText.TO_MISSING : DeskText.TO_UNKNOWN)), form), summary(visit), null));
            case Reply.No<QueueAssigned> no -> throw new Refused(no.refusal());
        };
    }

    private static List<uk.waymark.api.model.QueueCount> summary(Visit visit) {
        return visit.api().get("/v1/staff/queue/summary", QueueSummary.class).orRefuse().getItems();
    }
}
