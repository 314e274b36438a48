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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.ReadReason;
import uk.waymark.api.model.StaffCase;
import uk.waymark.api.model.StaffCaseList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refusal;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Texts;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/**
 * Staff find a case and read it, with the reason that is written down. What they look for goes in a form's body, never in an
 * address: addresses stay behind in histories and logs.
 */
@Controller("/staff")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffCasesController {
    private static final String CASES = "/v1/staff/cases";
    private static final String REFERENCE = "reference";
    private static final String REASON = "reason";
    private static final Page.Fault NO_REFERENCE = new Page.Fault(REFERENCE, StaffText.REFERENCE_MISSING);
    private static final Page.Fault NO_REASON = new Page.Fault(REASON, StaffText.REASON_MISSING);
    private final Visits visits;
    private final Templates templates;

    StaffCasesController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get("/find")
    HttpResponse<?> look(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, templates.pagesStaffFind(visit.page(), reasons(visit.page()), null));
    }

    @Post("/find")
    HttpResponse<?> find(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        if (form.text(REFERENCE).isEmpty()) {
            return Answers.again(visit, templates.pagesStaffFind(visit.again(List.of(NO_REFERENCE), form), reasons(visit.page()), null));
        }
        return switch (visit.api().send("GET", CASES + "?crime_reference=" + Visit.encode(form.text(REFERENCE)), null, StaffCaseList.class,
                why(form))) {
            case Reply.Done<StaffCaseList> done -> Answers.page(visit,
                templates.pagesStaffFind(visit.again(List.of(), form), reasons(visit.page()), done.body()));
            case Reply.No<StaffCaseList> no -> Answers.again(visit, templates.pagesStaffFind(
                visit.again(List.of(fault(no.refusal())), form), reasons(visit.page()), null));
        };
    }

    /** Without a reason: the page that asks for one, where the force wants one. */
    @Get("/cases/{id}")
    HttpResponse<?> open(HttpRequest<?> request, UUID id) {
        return read(visits.staff(request), id, Form.of(""));
    }

    @Post("/cases/{id}")
    HttpResponse<?> openFor(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        return read(visits.staff(request), id, form);
    }

    private HttpResponse<?> read(Visit visit, UUID id, Form form) {
        return switch (visit.api().send("GET", CASES + '/' + id, null, StaffCase.class, why(form))) {
            case Reply.Done<StaffCase> done -> Answers.page(visit, templates.pagesStaffCase(visit.page(), done.body()));
            case Reply.No<StaffCase> no when no.refusal().status() == 428 && form.fields().isEmpty() -> Answers.page(visit, HttpStatus.OK,
                templates.pagesStaffReason(visit.page(), id, reasons(visit.page())));
            case Reply.No<StaffCase> no when no.refusal().status() == 428 || no.refusal().mendable() -> Answers.again(visit,
                templates.pagesStaffReason(visit.again(List.of(NO_REASON), form), id, reasons(visit.page())));
            case Reply.No<StaffCase> no -> throw new Refused(no.refusal());
        };
    }

    private static Page.Fault fault(Refusal refusal) {
        if (refusal.status() == 428 || refusal.pointers().stream().anyMatch(p -> p.startsWith("/Waymark-Reason"))) {
            return NO_REASON;
        }
        if (refusal.mendable()) {
            return NO_REFERENCE;
        }
        throw new Refused(refusal);
    }

    /** The reason as the API takes it. A header is ASCII. */
    private static Map<String, String> why(Form form) {
        var headers = new LinkedHashMap<String, String>();
        form.find(REASON).filter(r -> r.matches("[a-z_]{1,40}")).ifPresent(reason -> {
            headers.put("Waymark-Reason", reason);
            form.find("why").ifPresent(words -> headers.put("Waymark-Reason-Text", Visit.encode(words).replace("+", "%20")));
        });
        return headers;
    }

    /** Those that a person can choose; a task is named by what was claimed. */
    private static Map<String, String> reasons(Page page) {
        var words = new LinkedHashMap<String, String>();
        for (ReadReason reason : ReadReason.values()) {
            if (reason != ReadReason.TASK) {
                words.put(reason.getValue(), Texts.file("reasons", page.lang()).getProperty(reason.getValue()));
            }
        }
        return words;
    }
}
