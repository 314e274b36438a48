package uk.waymark.web;

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
import uk.waymark.api.model.ActivityLists;
import uk.waymark.api.model.Erasure;
import uk.waymark.api.model.Me;
import uk.waymark.api.model.MyNotification;
import uk.waymark.api.model.MyNotificationList;

/** What is a person's own to decide: their PIN, what lists show, what is to be erased; and what was sent to them. */
@Controller("/yours")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OwnController {
    private static final String HOME = "/yours";
    private static final String API_PIN = "/v1/me/pin";
    private static final String ACTIVITY = "/v1/me/activity";
    private static final String PIN = "pin";
    private static final String PRESENT = "present_pin";
    private static final String HIDDEN = "hidden";
    private static final Page.Fault NO_PIN = new Page.Fault(PIN, OwnText.PIN_MISSING);
    private static final Page.Fault WEAK = new Page.Fault(PIN, OwnText.PIN_WEAK);
    private static final Page.Fault WRONG_PRESENT = new Page.Fault(PRESENT, OwnText.PIN_PRESENT_WRONG);
    private static final Page.Fault STAYS = new Page.Fault(PIN, OwnText.PIN_STAYS);
    private static final Page.Fault NO_CHOICE = new Page.Fault(HIDDEN, OwnText.LISTS_MISSING);
    private final Visits visits;
    private final Templates templates;

    OwnController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    /** Behind a fresh sign-in already, so that no PIN that was typed has to wait for one. */
    @Get("/pin")
    HttpResponse<?> pin(HttpRequest<?> request) {
        Visit visit = visits.person(request);
        visit.api().get(ACTIVITY, ActivityLists.class).orRefuse();
        return Answers.page(visit, pin(visit, visit.page()));
    }

    @Post("/pin")
    HttpResponse<?> setPin(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        if (form.text(PIN).isEmpty()) {
            return again(visit, NO_PIN);
        }
        var wanted = new LinkedHashMap<String, Object>(Map.of(PIN, form.text(PIN)));
        form.find(PRESENT).ifPresent(p -> wanted.put(PRESENT, p));
        return switch (visit.api().send("PUT", API_PIN, wanted, Void.class, Map.of())) {
            case Reply.Done<Void> done -> taken(visit, OwnText.PIN_SET, OwnText.PIN_SET_NEXT);
            case Reply.No<Void> no when no.refusal().mendable() -> again(visit,
                no.refusal().pointers().contains("/present_pin") ? WRONG_PRESENT : WEAK);
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }

    /** Where another language was chosen on what answered that form. */
    @Get("/pin/remove")
    HttpResponse<?> removed(HttpRequest<?> request) {
        return Answers.next(visits.person(request), "/yours/pin");
    }

    @Post("/pin/remove")
    HttpResponse<?> removePin(HttpRequest<?> request, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        return switch (visit.api().delete(API_PIN)) {
            case Reply.Done<Void> done -> taken(visit, OwnText.PIN_REMOVED, OwnText.PIN_REMOVED_NEXT);
            case Reply.No<Void> no when no.refusal().status() == 409 -> again(visit, STAYS);
            case Reply.No<Void> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/lists")
    HttpResponse<?> lists(HttpRequest<?> request) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesLists(visit.page(),
            visit.api().get(ACTIVITY, ActivityLists.class).orRefuse().getHidden()));
    }

    /** Hiding works at any time, so it can be sent from the list itself as well. */
    @Post("/lists")
    HttpResponse<?> setLists(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.person(request);
        if (form.text(HIDDEN).isEmpty()) {
            return Answers.again(visit, templates.pagesLists(visit.again(List.of(NO_CHOICE), form), null));
        }
        boolean hidden = Boolean.parseBoolean(form.text(HIDDEN));
        visit.api().send("PUT", ACTIVITY, Map.of(HIDDEN, hidden), Void.class, Map.of()).done();
        return taken(visit, hidden ? OwnText.LISTS_HIDDEN : OwnText.LISTS_SHOWN,
            hidden ? OwnText.LISTS_HIDDEN_NEXT : OwnText.LISTS_SHOWN_NEXT);
    }

    @Get("/erase")
    HttpResponse<?> beforeErasing(HttpRequest<?> request) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesErase(visit.page()));
    }

    @Post("/erase")
    HttpResponse<?> erase(HttpRequest<?> request, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesErased(visit.page(),
            visit.api().post("/v1/me/erasure-requests", null, Erasure.class).orRefuse()));
    }

    @Get("/sent")
    HttpResponse<?> sent(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        Page page = visit.page();
        MyNotificationList list = visit.api().get("/v1/me/notifications" + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)),
            MyNotificationList.class).orRefuse();
        var how = new LinkedHashMap<UUID, String>();
        list.getItems().forEach(n -> how.put(n.getId(), page.t(OwnText.SENT_HOW, page.t(channel(n)), page.t(state(n)))));
        return Answers.page(visit, templates.pagesSent(page, list, how));
    }

    @Post("/sent/{id}")
    HttpResponse<?> sentAndRead(HttpRequest<?> request, UUID id, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        visit.api().post("/v1/me/notifications/" + id + "/read", null, Void.class).done();
        return Answers.next(visit, "/yours/sent");
    }

    /** Never with what was typed: a PIN is typed again. */
    private HttpResponse<?> again(Visit visit, Page.Fault fault) {
        return Answers.again(visit, pin(visit, visit.page().with(List.of(fault), Map.of())));
    }

    private JteModel pin(Visit visit, Page page) {
        Me me = visit.api().get("/v1/me", Me.class).orRefuse();
        return templates.pagesPin(page, me.getHasPin(), Boolean.TRUE.equals(me.getPinNeeded()));
    }

    private HttpResponse<?> taken(Visit visit, OwnText title, OwnText next) {
        Page page = visit.page();
        return Answers.page(visit, templates.pagesTaken(page, page.t(title), "", page.t(next), HOME,
            Map.of(HOME, page.t(YoursText.TITLE))));
    }

    private static OwnText channel(MyNotification sent) {
        return switch (sent.getChannel()) {
            case "sms" -> OwnText.BY_SMS;
            case "push" -> OwnText.BY_PUSH;
            case "email" -> OwnText.BY_EMAIL;
            case "letter" -> OwnText.BY_LETTER;
            case "call" -> OwnText.BY_CALL;
            default -> OwnText.BY_OTHER;
        };
    }

    private static OwnText state(MyNotification sent) {
        return switch (sent.getState()) {
            case ACCEPTED -> OwnText.STATE_ACCEPTED;
            case DELIVERED -> OwnText.STATE_DELIVERED;
            case FAILED -> OwnText.STATE_FAILED;
            case UNKNOWN -> OwnText.STATE_UNKNOWN;
        };
    }
}
