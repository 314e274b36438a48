package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.context.annotation.Value;
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
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first page, which says how to get away from it, and the ways out. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DoorController {
    private static final Logger LOG = LoggerFactory.getLogger(DoorController.class);
    private final Visits visits;
    private final PageSessions sessions;
    private final SignInSteps steps;
    private final Templates templates;
    private final URI safeSite;

    DoorController(Visits visits, PageSessions sessions, SignInSteps steps, Templates templates,
                   @Value("${waymark.pages.safe-site}") URI safeSite) {
        this.visits = visits;
        this.sessions = sessions;
        this.steps = steps;
        this.templates = templates;
        this.safeSite = safeSite;
    }

    @Get("/")
    HttpResponse<?> start(HttpRequest<?> request) {
        Visit visit = visits.anybody(request);
        return Answers.page(visit, templates.pagesStart(visit.page()));
    }

    /** What the service worker shows where there is no line: nothing of anybody. */
    @Get("/offline")
    HttpResponse<?> offline(HttpRequest<?> request) {
        Visit visit = visits.known(request);
        return Answers.page(visit, templates.pagesOffline(visit.page()));
    }

    /**
     * Leaves at once, by a link, so that it works from wherever somebody is and without JavaScript: the session ends here and at
     * the API, the browser is told to forget this site, and another site takes its place.
     */
    @Get("/exit")
    HttpResponse<?> exit(HttpRequest<?> request) {
        try {
            Visit visit = visits.leaving(request);
            sessions.end(visit.cookie());
            visit.api().post("/v1/exit", null, Void.class);
        } catch (RuntimeException e) {
            // whoever has to get away gets away; the browser forgets its cookie, and without it nothing opens
            LOG.warn("a session could not be ended on the way out: {}", e.getClass().getSimpleName());
        }
        return Answers.nothingLeft(Answers.headers(HttpResponse.seeOther(safeSite)
            .header("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"")));
    }

    @Post("/sign-out")
    HttpResponse<?> signOut(HttpRequest<?> request, @Body String body) {
        visits.form(request, body);
        Visit visit = visits.anybody(request);
        if (visit.who() == Who.PERSON) {
            visit.api().delete("/v1/sign-in/session");
        }
        sessions.end(visit.cookie());
        return Answers.forgotten(Answers.headers(HttpResponse.seeOther(URI.create(visit.who() == Who.STAFF ? "/staff/signed-out" : "/"))));
    }

    /** What a member of staff had typed when their session ended; sealed, so it needs no other lock, and it is only shown again. */
    @Post("/carry-on")
    HttpResponse<?> carryOn(HttpRequest<?> request, @Body String body) {
        Visit visit = visits.anybody(request);
        return steps.carryOn(visit, steps.open(Form.of(body))).map(HttpResponse.class::cast)
            .orElseGet(() -> Answers.next(visit, visit.who() == Who.STAFF ? "/staff" : "/cases"));
    }
}
