package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.ContactChangeKind;
import uk.waymark.api.model.ContactChangeList;
import uk.waymark.api.model.MyContactChange;

/** A new number or address: it counts once its code was entered, and in some cases once it was checked. The page says so. */
@Controller("/contact/where")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class WhereaboutsController {
    private static final String CHANGES = "/v1/me/contact-changes";
    private static final String HOME = "/contact/where";
    private static final Page.Fault NO_KIND = new Page.Fault("kind", WhereaboutsText.KIND_MISSING);
    private static final Page.Fault WRONG_CODE = new Page.Fault("code", WhereaboutsText.CODE_ERROR);
    private final Visits visits;
    private final Templates templates;

    WhereaboutsController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> begin(HttpRequest<?> request) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesWhere(visit.page(), kinds(visit.page()), begun(visit)));
    }

    @Post
    HttpResponse<?> start(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        ContactChangeKind kind = kind(form.text("kind"));
        if (kind == null) {
            return again(visit, form, NO_KIND);
        }
        Map<String, Object> wanted = Map.of(kind.getValue(), form.text("where"),
            "sign_out_other_devices", form.all("out").contains("true"));
        return switch (visit.api().create(CHANGES, wanted, MyContactChange.class, form)) {
            case Reply.Done<MyContactChange> done -> Answers.next(visit, HOME + '/' + done.body().getId());
            case Reply.No<MyContactChange> no when no.refusal().mendable() -> again(visit, form, new Page.Fault("where", wrong(kind)));
            case Reply.No<MyContactChange> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/{id}")
    HttpResponse<?> one(HttpRequest<?> request, UUID id) {
        Visit visit = visits.person(request);
        return Answers.page(visit, show(visit.page(), find(visit, id)));
    }

    @Post("/{id}")
    HttpResponse<?> enter(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        return switch (visit.api().post(CHANGES + '/' + id + "/confirmation", Map.of("code", form.text("code")), MyContactChange.class)) {
            case Reply.Done<MyContactChange> done -> Answers.next(visit, HOME + '/' + id);
            case Reply.No<MyContactChange> no when no.refusal().mendable() ->
                Answers.again(visit, show(visit.again(List.of(WRONG_CODE), form), find(visit, id)));
            case Reply.No<MyContactChange> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/{id}/cancel")
    HttpResponse<?> cancel(HttpRequest<?> request, UUID id, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        visit.api().delete(CHANGES + '/' + id).done();
        return Answers.next(visit, HOME);
    }

    private HttpResponse<?> again(Visit visit, Form form, Page.Fault fault) {
        Page page = visit.again(List.of(fault), form);
        return Answers.again(visit, templates.pagesWhere(page, kinds(page), begun(visit)));
    }

    private JteModel show(Page page, MyContactChange change) {
        return templates.pagesOneWhere(page, change, page.t(words(change.getKind())), page.t(switch (change.getState()) {
            case RECEIVED -> WhereaboutsText.STATE_RECEIVED;
            case CHECKING -> WhereaboutsText.STATE_CHECKING;
            case DONE -> WhereaboutsText.STATE_DONE;
            case ENDED -> WhereaboutsText.STATE_ENDED;
        }));
    }

    /** Only this device sees what it has begun; a list of more than a page has nothing that still counts at its end. */
    private static ContactChangeList list(Visit visit) {
        return visit.api().get(CHANGES, ContactChangeList.class).orRefuse();
    }

    private static MyContactChange find(Visit visit, UUID id) {
        return list(visit).getItems().stream().filter(c -> c.getId().equals(id)).findFirst()
            .orElseThrow(() -> new Refused(Refusal.own(404, "not-found")));
    }

    private static Map<String, String> begun(Visit visit) {
        var begun = new LinkedHashMap<String, String>();
        for (MyContactChange change : list(visit).getItems()) {
            begun.put(HOME + '/' + change.getId(),
                visit.page().t(words(change.getKind())) + ", " + visit.page().moment(change.getStartedAt()));
        }
        return begun;
    }

    private static Map<String, String> kinds(Page page) {
        var kinds = new LinkedHashMap<String, String>();
        for (ContactChangeKind kind : ContactChangeKind.values()) {
            kinds.put(kind.getValue(), page.t(words(kind)));
        }
        return kinds;
    }

    private static ContactChangeKind kind(String value) {
        for (ContactChangeKind kind : ContactChangeKind.values()) {
            if (kind.getValue().equals(value)) {
                return kind;
            }
        }
        return null;
    }

    private static WhereaboutsText words(ContactChangeKind kind) {
        return switch (kind) {
            case MOBILE -> WhereaboutsText.KIND_MOBILE;
            case EMAIL -> WhereaboutsText.KIND_EMAIL;
            case POSTAL_ADDRESS -> WhereaboutsText.KIND_POSTAL_ADDRESS;
        };
    }

    private static WhereaboutsText wrong(ContactChangeKind kind) {
        return switch (kind) {
            case MOBILE -> WhereaboutsText.WHERE_MOBILE;
            case EMAIL -> WhereaboutsText.WHERE_EMAIL;
            case POSTAL_ADDRESS -> WhereaboutsText.WHERE_POSTAL_ADDRESS;
        };
    }
}
