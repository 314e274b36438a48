package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.StaffCase;
import uk.waymark.api.model.StaffStatement;
import uk.waymark.api.model.StaffStatementList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.FormDays;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** That somebody in a case was asked to make a statement, and where one is kept that was not made here; never the thing itself. */
@Controller("/staff/cases/{id}/statements")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffKeptController {
    private static final String CASES = "/v1/staff/cases/";
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private static final Page.Fault WHOSE = new Page.Fault("person", WrittenText.WHOSE_MISSING);
    private static final Page.Fault ASKED = new Page.Fault("asked", WrittenText.WHOSE_MISSING);
    private static final Page.Fault ANSWER = new Page.Fault("answer", WrittenText.OFFER_MISSING);
    private static final Page.Fault MEDIUM = new Page.Fault("medium", WrittenText.MEDIUM_MISSING);
    private static final Page.Fault WHERE = new Page.Fault("where", WrittenText.WHERE_MISSING);
    private static final Page.Fault MADE = new Page.Fault("made-day", WrittenText.MADE_MISSING);
    private static final Page.Fault TRANSLATES = new Page.Fault("translates", WrittenText.TRANSLATES_MISSING);
    private final Visits visits;
    private final Templates templates;

    StaffKeptController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    /** Whoever loads it again, or chose another language, goes back to the case. */
    @Get("/{rest:.+}")
    HttpResponse<?> again(HttpRequest<?> request, UUID id, String rest) {
        return back(request, id);
    }

    @Get
    HttpResponse<?> back(HttpRequest<?> request, UUID id) {
        return Answers.next(visits.staff(request), "/staff/cases/" + id);
    }

    @Post
    HttpResponse<?> open(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        return page(visits.staff(request), id, form, List.of());
    }

    @Post("/offers")
    HttpResponse<?> offered(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var faults = new ArrayList<Page.Fault>();
        missing(form, ASKED, faults);
        missing(form, ANSWER, faults);
        if (!faults.isEmpty()) {
            return page(visit, id, form, faults);
        }
        return switch (visit.api().post(CASES + id + "/statement-offers", Map.of("person_id", form.text("asked"), "answer",
                form.text("answer")), Void.class)) {
            case Reply.Done<Void> done -> Answers.next(visit, "/staff/cases/" + id + "?done=offered");
            case Reply.No<Void> no when no.refusal().mendable() -> page(visit, id, form, Visit.faults(no.refusal(),
                Map.of("/person_id", ASKED), ANSWER));
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/kept")
    HttpResponse<?> kept(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        FormDays.Typed made = FormDays.read(form, "made");
        var faults = new ArrayList<Page.Fault>();
        missing(form, WHOSE, faults);
        missing(form, MEDIUM, faults);
        missing(form, WHERE, faults);
        if (made.day() == null) {
            faults.add(MADE);
        }
        if (!faults.isEmpty()) {
            return page(visit, id, form, faults);
        }
        var said = new LinkedHashMap<String, Object>(Map.of("person_id", form.text("person"), "medium", form.text("medium"), "where_kept",
            form.text("where"), "made_at", made.day().atStartOfDay(UK).toInstant().toString()));
        for (String optional : List.of("language", "translates", "translator")) {
            form.find(optional).ifPresent(value -> said.put(optional, value));
        }
        return switch (visit.api().create(CASES + id + "/statements", said, StaffStatement.class, form)) {
            case Reply.Done<StaffStatement> done -> Answers.next(visit, "/staff/cases/" + id + "?done=kept");
            case Reply.No<StaffStatement> no when no.refusal().mendable() -> page(visit, id, form, Visit.faults(no.refusal(), Map.of(
                "/person_id", WHOSE, "/medium", TRANSLATES, "/where_kept", WHERE, "/made_at", MADE, "/translates", TRANSLATES,
                "/translator", TRANSLATES, "/language", new Page.Fault("language", WrittenText.LANGUAGE_MISSING)), MEDIUM));
            case Reply.No<StaffStatement> no -> throw new Refused(no.refusal());
        };
    }

    private static void missing(Form form, Page.Fault fault, List<Page.Fault> faults) {
        if (form.find(fault.field()).isEmpty()) {
            faults.add(fault);
        }
    }

    private HttpResponse<?> page(Visit visit, UUID id, Form form, List<Page.Fault> faults) {
        Map<String, String> why = StaffReasons.of(form);
        return switch (visit.api().send("GET", CASES + id, null, StaffCase.class, why)) {
            case Reply.Done<StaffCase> done -> {
                List<StaffStatement> known = visit.api().send("GET", "/v1/staff/statements?limit=50&case_id=" + id, null,
                    StaffStatementList.class, why).orRefuse().getItems();
                Page page = faults.isEmpty() ? visit.page() : visit.again(faults, form);
                yield Answers.page(visit, faults.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY,
                    templates.pagesStaffKept(page, done.body(), known, StaffReasons.kept(form)));
            }
            case Reply.No<StaffCase> no when no.refusal().status() == 428 && form.find(StaffReasons.REASON).isEmpty() ->
                Answers.page(visit, templates.pagesStaffReason(visit.page(), "/staff/cases/" + id + "/statements",
                    StaffReasons.choices(visit.page())));
            case Reply.No<StaffCase> no when no.refusal().status() == 428 || no.refusal().mendable() -> Answers.again(visit,
                templates.pagesStaffReason(visit.again(List.of(StaffReasons.MISSING), form), "/staff/cases/" + id + "/statements",
                    StaffReasons.choices(visit.page())));
            case Reply.No<StaffCase> no -> throw new Refused(no.refusal());
        };
    }
}
