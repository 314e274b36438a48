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
import java.util.UUID;
import uk.waymark.api.model.AccessLogPage;
import uk.waymark.api.model.DeviceList;
import uk.waymark.api.model.StatementList;

/** What is held about a person: who looked, which devices are signed in, a file to take away; their rights, and help. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class YoursController {
    private static final String DEVICES = "/v1/me/devices";
    private static final List<Words> RIGHTS = List.of(YoursText.RIGHT_1, YoursText.RIGHT_2, YoursText.RIGHT_3, YoursText.RIGHT_4,
        YoursText.RIGHT_5, YoursText.RIGHT_6, YoursText.RIGHT_7, YoursText.RIGHT_8, YoursText.RIGHT_9, YoursText.RIGHT_10,
        YoursText.RIGHT_11, YoursText.RIGHT_12);
    private final Visits visits;
    private final Templates templates;

    YoursController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get("/yours")
    HttpResponse<?> yours(HttpRequest<?> request) {
        Visit visit = visits.person(request);
        Page page = visit.page();
        var go = new LinkedHashMap<String, String>();
        go.put("/yours/looked", page.t(YoursText.LOOKED_TITLE));
        go.put("/yours/devices", page.t(YoursText.DEVICES_TITLE));
        go.put("/yours/sent", page.t(OwnText.SENT_TITLE));
        go.put("/yours/pin", page.t(OwnText.PIN_TITLE));
        go.put("/yours/words", page.t(StatementsText.TITLE));
        go.put("/yours/lists", page.t(OwnText.LISTS_TITLE));
        go.put("/yours/file", page.t(YoursText.TAKE_TITLE));
        go.put("/yours/erase", page.t(OwnText.ERASE_TITLE));
        go.put("/rights", page.t(YoursText.RIGHTS_TITLE));
        return Answers.page(visit, templates.pagesYours(page, go));
    }

    @Get("/yours/looked")
    HttpResponse<?> looked(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesLooked(visit.page(),
            visit.api().get("/v1/me/access-log" + after(cursor), AccessLogPage.class).orRefuse()));
    }

    /** Of every case: the way to what they wrote in one that they are not part of any more. */
    @Get("/yours/words")
    HttpResponse<?> words(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesStatementsAll(visit.page(),
            visit.api().get("/v1/me/statements" + after(cursor), StatementList.class).orRefuse()));
    }

    @Get("/yours/devices")
    HttpResponse<?> devices(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesDevices(visit.page(),
            visit.api().get(DEVICES + after(cursor), DeviceList.class).orRefuse()));
    }

    @Post("/yours/devices/{id}")
    HttpResponse<?> remove(HttpRequest<?> request, UUID id, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        visit.api().delete(DEVICES + '/' + id).done();
        return Answers.next(visit, "/yours/devices");
    }

    /** This one too: its own session is over with the others, so the start comes next. */
    @Post("/yours/devices")
    HttpResponse<?> removeAll(HttpRequest<?> request, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        visit.api().delete(DEVICES).done();
        return Answers.forgotten(Answers.next(visit, "/"));
    }

    @Get("/yours/file")
    HttpResponse<?> beforeFile(HttpRequest<?> request) {
        Visit visit = visits.person(request);
        return Answers.page(visit, templates.pagesTakeAway(visit.page()));
    }

    /** A form and no link: it carries over a fresh sign-in, and nothing fetches it ahead. */
    @Post("/yours/file")
    HttpResponse<?> file(HttpRequest<?> request, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.person(request);
        Page page = visit.page();
        return switch (visit.api().get("/v1/me/export", byte[].class)) {
            case Reply.Done<byte[]> done -> Answers.headers(HttpResponse.ok(done.body()).contentType("application/zip")
                .header("Content-Disposition", "attachment; filename=\"my-information.zip\""));
            case Reply.No<byte[]> no when "export-by-unit".equals(no.refusal().code()) -> Answers.page(visit, templates.pagesTaken(page,
                page.t(YoursText.TAKE_BY_UNIT_TITLE), "", page.t(YoursText.TAKE_BY_UNIT), "/yours", Map.of()));
            case Reply.No<byte[]> no -> throw new Refused(no.refusal());
        };
    }

    /** For everybody: it is good to know them before anybody signs in. */
    @Get("/rights")
    HttpResponse<?> rights(HttpRequest<?> request) {
        Visit visit = visits.anybody(request);
        return Answers.page(visit, templates.pagesRights(visit.page(), RIGHTS));
    }

    @Get("/help")
    HttpResponse<?> help(HttpRequest<?> request) {
        Visit visit = visits.anybody(request);
        var parts = new LinkedHashMap<Words, Words>();
        parts.put(YoursText.HELP_DANGER_TITLE, YoursText.HELP_DANGER);
        parts.put(YoursText.HELP_TALK_TITLE, YoursText.HELP_TALK);
        parts.put(YoursText.HELP_AS_AT_TITLE, YoursText.HELP_AS_AT);
        parts.put(YoursText.HELP_HARD_TITLE, YoursText.HELP_HARD);
        parts.put(YoursText.HELP_LEAVE_TITLE, YoursText.HELP_LEAVE);
        return Answers.page(visit, templates.pagesHelp(visit.page(), parts));
    }

    private static String after(String cursor) {
        return cursor == null ? "" : "?cursor=" + Visit.encode(cursor);
    }
}
