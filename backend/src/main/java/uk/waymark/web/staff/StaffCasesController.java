package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.FoundPeople;
import uk.waymark.api.model.StaffCase;
import uk.waymark.api.model.StaffCaseList;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refusal;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/**
 * Staff find a case or a person and read a case, with the reason that is written down. What they look for goes in a form's body, never
 * in an address: addresses stay behind in histories and logs.
 */
@Controller("/staff")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffCasesController {
    private static final String CASES = "/v1/staff/cases";
    private static final String PEOPLE = "/v1/staff/people/searches";
    private static final String WHO = "who";
    private static final Map<String, WrittenText> DONE = Map.of("offered", WrittenText.DONE_OFFERED, "kept", WrittenText.DONE_KEPT);
    private static final Page.Fault NOTHING = new Page.Fault(WHO, DeskText.WHO_MISSING);
    private final Visits visits;
    private final StaffCasePage casePage;
    private final Templates templates;

    StaffCasesController(Visits visits, StaffCasePage casePage, Templates templates) {
        this.visits = visits;
        this.casePage = casePage;
        this.templates = templates;
    }

    @Get("/find")
    HttpResponse<?> look(HttpRequest<?> request) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, templates.pagesStaffFind(visit.page(), StaffReasons.choices(visit.page()), null));
    }

    @Post("/find")
    HttpResponse<?> find(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        if (form.text(WHO).isEmpty()) {
            return found(visit, form, new Reply.No<>(Refusal.own(422, "nothing-typed")));
        }
        return found(visit, form, switch (Looked.of(form.text(WHO))) {
            case REFERENCE -> cases(visit, form);
            case DIGITS -> cases(visit, form) instanceof Reply.Done<StaffFound> done && !done.body().nobody() ? done
                : people(visit, form, "mobile");
            case NUMBER -> people(visit, form, "mobile");
            case NAME -> people(visit, form, "name");
        });
    }

    private HttpResponse<?> found(Visit visit, Form form, Reply<StaffFound> reply) {
        Map<String, String> reasons = StaffReasons.choices(visit.page());
        return switch (reply) {
            case Reply.Done<StaffFound> done -> Answers.page(visit, templates.pagesStaffFind(visit.again(List.of(), form), reasons,
                done.body()));
            case Reply.No<StaffFound> no -> Answers.again(visit, templates.pagesStaffFind(visit.again(List.of(fault(no.refusal())), form),
                reasons, null));
        };
    }

    private static Reply<StaffFound> cases(Visit visit, Form form) {
        return switch (visit.api().send("GET", CASES + "?crime_reference=" + Visit.encode(form.text(WHO)), null, StaffCaseList.class,
                StaffReasons.of(form))) {
            case Reply.Done<StaffCaseList> done -> new Reply.Done<>(done.status(), StaffFound.cases(done.body()), null);
            case Reply.No<StaffCaseList> no -> new Reply.No<>(no.refusal());
        };
    }

    private static Reply<StaffFound> people(Visit visit, Form form, String by) {
        return switch (visit.api().send("POST", PEOPLE, Map.of(by, form.text(WHO)), FoundPeople.class, StaffReasons.of(form))) {
            case Reply.Done<FoundPeople> done -> new Reply.Done<>(done.status(), StaffFound.people(done.body()), null);
            case Reply.No<FoundPeople> no -> new Reply.No<>(no.refusal());
        };
    }

    /** Without a reason: the page that asks for one, where the force wants one. */
    @Get("/cases/{id}")
    HttpResponse<?> open(HttpRequest<?> request, UUID id, @Nullable @QueryValue String done) {
        Visit visit = visits.staff(request);
        return read(visit, done != null && DONE.containsKey(done) ? visit.page().with(DONE.get(done)) : visit.page(), id, Form.of(""));
    }

    @Post("/cases/{id}")
    HttpResponse<?> openFor(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return read(visit, visit.page(), id, form);
    }

    /** @param page with what has just been done */
    private HttpResponse<?> read(Visit visit, Page page, UUID id, Form form) {
        String here = "/staff/cases/" + id;
        Map<String, String> reasons = StaffReasons.choices(visit.page());
        return switch (visit.api().send("GET", CASES + '/' + id, null, StaffCase.class, StaffReasons.of(form))) {
            case Reply.Done<StaffCase> done -> Answers.page(visit, templates.pagesStaffCase(page,
                casePage.around(visit, done.body(), form)));
            case Reply.No<StaffCase> no when no.refusal().status() == 428 && form.find(StaffReasons.REASON).isEmpty() -> Answers.page(visit,
                HttpStatus.OK, templates.pagesStaffReason(page, here, reasons));
            case Reply.No<StaffCase> no when no.refusal().status() == 428 || no.refusal().mendable() -> Answers.again(visit,
                templates.pagesStaffReason(visit.again(List.of(StaffReasons.MISSING), form), here, reasons));
            case Reply.No<StaffCase> no -> throw new Refused(no.refusal());
        };
    }

    private static Page.Fault fault(Refusal refusal) {
        if (refusal.status() == 428 || refusal.pointers().stream().anyMatch(p -> p.startsWith("/Waymark-Reason"))) {
            return StaffReasons.MISSING;
        }
        if (refusal.mendable()) {
            return NOTHING;
        }
        throw new Refused(refusal);
    }

    /** What somebody typed to look for. */
    enum Looked {
        NAME, NUMBER, DIGITS, REFERENCE;

        /**
         * Digits that begin as numbers do, and nothing but signs between them, are a number; others may be a reference, or a number without
         * its beginning. Other text with a digit is a reference.
         */
        static Looked of(String typed) {
            if (typed.matches("[+0-9 ().-]+") && typed.replaceAll("\\D", "").length() >= 7) {
                return typed.matches("[ (]*[+0].*") ? NUMBER : DIGITS;
            }
            return typed.matches("(?s).*\\d.*") ? REFERENCE : NAME;
        }
    }
}
