package uk.waymark.web.staff;

import gg.jte.models.runtime.JteModel;
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
import uk.waymark.api.model.QueueCount;
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
    private static final String FROM = "from";
    private static final Page.Fault FROM_WHOM = new Page.Fault(FROM, DeskText.FROM_MISSING);
    private final Visits visits;
    private final Templates templates;

    StaffWorkController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> work(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, page(visit, visit.page(), null));
    }

    @Post
    HttpResponse<?> move(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post("/v1/staff/queue/assignments", Map.of(FROM, form.text(FROM), "to", ColleagueChoice.to(form)),
                QueueAssigned.class)) {
            case Reply.Done<QueueAssigned> done -> Answers.page(visit, page(visit, visit.page(), done.body().getAssigned()));
            case Reply.No<QueueAssigned> no when no.refusal().mendable() -> {
                Page.Fault wrong = form.find(FROM).isEmpty() ? FROM_WHOM : ColleagueChoice.wrong(form, ColleagueChoice.colleagues(visit));
                Page again = visit.again(Visit.faults(no.refusal(), Map.of("/from", FROM_WHOM), wrong), form);
                yield Answers.again(visit, page(visit, again, null));
            }
            case Reply.No<QueueAssigned> no -> throw new Refused(no.refusal());
        };
    }

    /** @param moved how many have just been given to somebody else, or null */
    private JteModel page(Visit visit, Page page, Integer moved) {
        List<QueueCount> counts = summary(visit);
        return templates.pagesStaffWork(page, counts, moved, ColleagueChoice.holders(page, counts), ColleagueChoice.colleagues(visit));
    }

    private static List<QueueCount> summary(Visit visit) {
        return visit.api().get("/v1/staff/queue/summary", QueueSummary.class).orRefuse().getItems();
    }
}
