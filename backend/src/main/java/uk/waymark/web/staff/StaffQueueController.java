package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import uk.waymark.api.model.QueueItem;
import uk.waymark.api.model.QueueList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** What waits for staff, first where they come in: taken on, and completed with how it went. */
@Controller("/staff")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffQueueController {
    private static final String QUEUE = "/v1/staff/queue";
    private static final String OUTCOME = "outcome";
    private static final Page.Fault CHOOSE = new Page.Fault(OUTCOME, StaffText.OUTCOME_MISSING);
    private final Visits visits;
    private final Templates templates;

    StaffQueueController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> queue(HttpRequest<?> request, @Nullable @QueryValue String cursor, @Nullable @QueryValue String escalated,
                          @Nullable @QueryValue String done) {
        Visit visit = visits.staff(request);
        boolean raised = "true".equals(escalated);
        QueueList queue = visit.api().get(QUEUE + "?escalated=" + raised
            + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), QueueList.class).orRefuse();
        Page page = "completed".equals(done) ? visit.page().with(StaffText.COMPLETED) : visit.page();
        return Answers.page(visit, templates.pagesStaffQueue(page, queue, raised));
    }

    /** Whoever loads an item's page again goes back to the queue: an item is read by taking it on. */
    @Get("/items/{id}")
    HttpResponse<?> item(HttpRequest<?> request, UUID id) {
        return Answers.next(visits.staff(request), "/staff");
    }

    @Post("/items/{id}")
    HttpResponse<?> take(HttpRequest<?> request, UUID id, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post(QUEUE + '/' + id + "/claim", null, QueueItem.class)) {
            case Reply.Done<QueueItem> done -> Answers.page(visit, shown(visit.page(), done.body()));
            case Reply.No<QueueItem> no when no.refusal().status() == 409 -> Answers.page(visit, HttpStatus.CONFLICT,
                templates.pagesProblem(visit.page(), StaffText.TAKEN_TITLE, StaffText.TAKEN_BODY, ""));
            case Reply.No<QueueItem> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/items/{id}/done")
    HttpResponse<?> complete(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var said = new LinkedHashMap<String, Object>(Map.of(OUTCOME, form.text(OUTCOME)));
        form.find("note").ifPresent(note -> said.put("note", note));
        return switch (visit.api().post(QUEUE + '/' + id + "/completion", said, Void.class)) {
            case Reply.Done<Void> done -> Answers.next(visit, "/staff?done=completed");
            case Reply.No<Void> no when no.refusal().status() == 400 || no.refusal().status() == 422 -> {
                QueueItem item = visit.api().post(QUEUE + '/' + id + "/claim", null, QueueItem.class).orRefuse();
                yield Answers.again(visit, shown(visit.again(List.of(CHOOSE), form), item));
            }
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }

    private JteModel shown(Page page, QueueItem item) {
        var outcomes = new LinkedHashMap<String, String>();
        StaffOutcomes.of(item.getKind().getValue()).forEach(o -> outcomes.put(o, StaffOutcomes.words(page, o)));
        return templates.pagesStaffItem(page, item, outcomes);
    }
}
