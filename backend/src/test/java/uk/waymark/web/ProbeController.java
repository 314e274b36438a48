package uk.waymark.web;

import io.micronaut.context.annotation.Requires;
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
import java.util.Map;

/** Pages that only a test has: one that fails, those that are refused, and a form of a person's that repeats what was typed. */
@Controller("/probe")
@Requires(property = "probe")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProbeController {
    private final Visits visits;

    ProbeController(Visits visits) {
        this.visits = visits;
    }

    @Get("/broken")
    HttpResponse<?> broken() {
        throw new IllegalStateException("on purpose");
    }

    /** A page that is refused. */
    @Get("/refused/{status}")
    HttpResponse<?> refused(int status) {
        throw new Refused(Refusal.own(status, "on-purpose"));
    }

    @Get
    HttpResponse<String> form(HttpRequest<?> request) {
        return HttpResponse.ok("<form action=\"/probe\"><input type=\"hidden\" name=\"form_token\" value=\""
            + visits.person(request).page().formToken() + "\"></form>");
    }

    @Post
    HttpResponse<String> note(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        visits.person(request);
        return HttpResponse.ok("noted: " + form.text("note") + Map.copyOf(form.typed()).size());
    }
}
