package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.HeldOutList;
import uk.waymark.api.model.ReminderTrial;
import uk.waymark.api.model.ReminderTrialList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** Experiments with reminders: started and ended by supervisors, and who is without. */
@Controller("/staff/trials")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffTrialsController {
    private static final String TRIALS = "/v1/staff/reminder-trials";
    private static final String PAGES = "/staff/trials";
    private static final Page.Fault BAD_DAYS = new Page.Fault("from", TrialsText.BAD_DAYS);
    private static final Map<String, Page.Fault> FAULTS = Map.of("/from", BAD_DAYS, "/to", BAD_DAYS,
        "/share_percent", new Page.Fault("share", TrialsText.BAD_SHARE),
        "/approved_by", new Page.Fault("approved_by", TrialsText.BAD_APPROVED));
    private final Visits visits;
    private final Templates templates;

    StaffTrialsController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> trials(HttpRequest<?> request, @Nullable @QueryValue String kept) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, trials(visit, "true".equals(kept) ? visit.page().with(TrialsText.KEPT) : visit.page()));
    }

    @Post
    HttpResponse<?> start(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var wanted = new LinkedHashMap<String, Object>();
        form.find("from").ifPresent(d -> wanted.put("from", d));
        form.find("to").ifPresent(d -> wanted.put("to", d));
        form.find("approved_by").ifPresent(by -> wanted.put("approved_by", by));
        form.find("share").filter(s -> s.matches("\\d{1,3}")).ifPresent(s -> wanted.put("share_percent", Integer.valueOf(s)));
        return switch (visit.api().create(TRIALS, wanted, ReminderTrial.class, form)) {
            case Reply.Done<ReminderTrial> done -> Answers.next(visit, PAGES + "?kept=true");
            case Reply.No<ReminderTrial> no when no.refusal().mendable() -> Answers.again(visit, trials(visit, visit.again(
                no.refusal().status() == 409 ? List.of(new Page.Fault("from", TrialsText.ONE_ALREADY))
                    : Visit.faults(no.refusal(), FAULTS, BAD_DAYS), form)));
            case Reply.No<ReminderTrial> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/{id}")
    HttpResponse<?> people(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor) {
        Visit visit = visits.staff(request);
        HeldOutList people = visit.api().get(TRIALS + '/' + id + "/people?limit=50"
            + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), HeldOutList.class).orRefuse();
        return Answers.page(visit, templates.pagesStaffTrial(visit.page(), PAGES + '/' + id, people));
    }

    @Post("/{id}/end")
    HttpResponse<?> end(HttpRequest<?> request, UUID id, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.staff(request);
        visit.api().post(TRIALS + '/' + id + "/end", null, ReminderTrial.class).done();
        return Answers.next(visit, PAGES + "?kept=true");
    }

    @Post("/{id}/people/{person}")
    HttpResponse<?> again(HttpRequest<?> request, UUID id, UUID person, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.staff(request);
        visit.api().post(TRIALS + '/' + id + "/people/" + person + "/end", null, Void.class).done();
        return Answers.next(visit, PAGES + '/' + id);
    }

    private JteModel trials(Visit visit, Page page) {
        return templates.pagesStaffTrials(page, visit.api().get(TRIALS, ReminderTrialList.class).orRefuse());
    }
}
