package uk.waymark.web;

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
import uk.waymark.api.model.ContactPreferences;
import uk.waymark.api.model.ContactVersionList;

/** How a person is contacted: as it stands, everything stopped and started again, and who changed it. */
@Controller("/contact")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ContactController {
    static final String PATH = "/v1/me/contact-preferences";
    private static final String HOME = "/contact";
    private static final String PAUSE = PATH + "/pause";
    private final Visits visits;
    private final Templates templates;

    ContactController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> contact(HttpRequest<?> request, @Nullable @QueryValue String saved) {
        Visit visit = visits.person(request);
        ContactPreferences now = visit.api().get(PATH, ContactPreferences.class).orRefuse();
        Page page = saved == null ? visit.page() : visit.page().with(ContactText.SAVED);
        var rows = new LinkedHashMap<String, String>();
        var links = new LinkedHashMap<String, String>();
        Map<ContactText, Map.Entry<ContactPart, List<String>>> parts = ContactShown.of(page, now);
        parts.forEach((title, part) -> {
            rows.put(page.t(title), String.join("\n", part.getValue()));
            links.put(page.t(title), HOME + "/change/" + part.getKey().address());
        });
        String asAt = now.getPassedOnAt() == null ? null : page.t(ContactText.AS_AT, page.moment(now.getPassedOnAt()));
        return Answers.page(visit, templates.pagesContact(page, Boolean.TRUE.equals(now.getPaused()), rows, links, asAt));
    }

    @Get("/pause")
    HttpResponse<?> beforePause(HttpRequest<?> request) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesContactPause(visit.page()));
    }

    @Post("/pause")
    HttpResponse<?> pause(HttpRequest<?> request, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        visit.api().post(PAUSE, null, Void.class).done();
        return Answers.next(visit, HOME);
    }

    /** Where another language was chosen on what answered that form. */
    @Get("/resume")
    HttpResponse<?> resumed(HttpRequest<?> request) {
        return Answers.next(visits.person(request), HOME);
    }

    /** The API wants a fresh sign-in for it: the form is sent again after it. */
    @Post("/resume")
    HttpResponse<?> resume(HttpRequest<?> request, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        visit.api().delete(PAUSE).done();
        return Answers.next(visit, HOME);
    }

    @Get("/history")
    HttpResponse<?> history(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        var list = visit.api().get(PATH + "/history" + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)),
            ContactVersionList.class).orRefuse();
        return Answers.page(visit, templates.pagesContactHistory(visit.page(), ContactHistory.of(visit.page(), list)));
    }
}
