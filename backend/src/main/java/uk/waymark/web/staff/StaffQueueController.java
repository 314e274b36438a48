package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
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
import uk.waymark.api.model.QueueList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;
import uk.waymark.web.Words;

/** What waits for staff, first where they come in: taken on, given back or to somebody else, and completed with how it went. */
@Controller("/staff")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffQueueController {
    private static final String QUEUE = "/v1/staff/queue";
    private static final String OUTCOME = "outcome";
    private static final Page.Fault CHOOSE = new Page.Fault(OUTCOME, StaffText.OUTCOME_MISSING);
    private static final Map<String, Page.Fault> NOTE = Map.of("/note", new Page.Fault("note", DeskText.NOTE_LONG));
    private static final Map<String, Words> DONE = Map.of("decided", StaffChangeText.DONE, "completed", DeskText.DONE_COMPLETED, "back", DeskText.DONE_BACK,
        "given", DeskText.DONE_GIVEN, "written", DeskText.DONE_WRITTEN, "call", DeskText.DONE_CALL, "sent", DeskText.DONE_SENT);
    private final Visits visits;
    private final StaffItems items;
    private final StaffRefusals refusals;
    private final Templates templates;

    StaffQueueController(Visits visits, StaffItems items, StaffRefusals refusals, Templates templates) {
        this.visits = visits;
        this.refusals = refusals;
        this.items = items;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> queue(HttpRequest<?> request, @Nullable @QueryValue String cursor, @Nullable @QueryValue String group,
                          @Nullable @QueryValue String held, @Nullable @QueryValue String escalated, @Nullable @QueryValue String done) {
        Visit visit = visits.staff(request);
        QueueFilter filter = QueueFilter.of(group, held, escalated);
        Reply<QueueList> asked = visit.api().get(QUEUE + "?" + filter.asked() + (cursor == null ? "" : "cursor=" + Visit.encode(cursor)),
            QueueList.class);
        if (asked instanceof Reply.No<QueueList> no && no.refusal().status() == 403) {
            return Answers.next(visit, "/staff/figures"); // whoever sees figures only comes in here too
        }
        QueueList queue = asked.orRefuse();
        Page page = done != null && DONE.containsKey(done) ? visit.page().with(DONE.get(done)) : visit.page();
        return Answers.page(visit, templates.pagesStaffQueue(page, queue, filter));
    }

    /** Whoever loads an item's page again goes back to the queue: an item is read by taking it on. */
    @Get("/items/{id}")
    HttpResponse<?> item(HttpRequest<?> request, UUID id) {
        return Answers.next(visits.staff(request), "/staff");
    }

    /** The same where another language was chosen on what answered a form. */
    @Get(uris = {"/items/{id}/done", "/items/{id}/back", "/calls/{id}", "/calls/{id}/decision", "/written/{id}/confirmation"})
    HttpResponse<?> answered(HttpRequest<?> request, UUID id) {
        return item(request, id);
    }

    @Post("/items/{id}")
    HttpResponse<?> take(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (items.take(visit, id)) {
            case Reply.Done<StaffItem> done -> Answers.page(visit, templates.pagesStaffItem(visit.page(), done.body()));
            case Reply.No<StaffItem> no when no.refusal().status() == 409 ->
                refusals.refused(visit, StaffText.TAKEN_TITLE, no.refusal(), form);
            case Reply.No<StaffItem> no -> throw new Refused(no.refusal());
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
            case Reply.No<Void> no when no.refusal().status() == 400 || no.refusal().status() == 422 -> refusals.again(visit, id,
                Visit.faults(no.refusal(), NOTE, CHOOSE), form);
            case Reply.No<Void> no when no.refusal().status() == 409 ->
                refusals.refused(visit, DeskText.NOT_PUT_DOWN, no.refusal(), form);
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/items/{id}/back")
    HttpResponse<?> giveBack(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().delete(QUEUE + '/' + id + "/claim")) {
            case Reply.Done<Void> done -> Answers.next(visit, "/staff?done=back");
            case Reply.No<Void> no when no.refusal().status() == 409 ->
                refusals.refused(visit, DeskText.NOT_DONE, no.refusal(), form);
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/items/{id}/give")
    HttpResponse<?> give(HttpRequest<?> request, UUID id) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, templates.pagesStaffGive(visit.page(), id, ColleagueChoice.colleagues(visit)));
    }

    @Post("/items/{id}/give")
    HttpResponse<?> given(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post(QUEUE + '/' + id + "/assignment", Map.of("to", ColleagueChoice.to(form)), Void.class)) {
            case Reply.Done<Void> done -> Answers.next(visit, "/staff?done=given");
            case Reply.No<Void> no when no.refusal().status() == 400 || no.refusal().status() == 422 -> {
                Map<String, String> colleagues = ColleagueChoice.colleagues(visit);
                yield Answers.again(visit,
                    templates.pagesStaffGive(visit.again(List.of(ColleagueChoice.wrong(form, colleagues)), form), id, colleagues));
            }
            case Reply.No<Void> no when no.refusal().status() == 409 ->
                refusals.refused(visit, DeskText.NOT_GIVEN, no.refusal(), form);
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }
}
