package uk.waymark.web;

import gg.jte.generated.precompiled.Templates;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.QueueList;

/** Staff sign in at their own force, and come back. */
@Controller("/staff")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffDoorController {
    private final Visits visits;
    private final StaffSignIn signIn;
    private final StaffProviders providers;
    private final SignInSteps steps;
    private final Templates templates;

    StaffDoorController(Visits visits, StaffSignIn signIn, StaffProviders providers, SignInSteps steps, Templates templates) {
        this.visits = visits;
        this.signIn = signIn;
        this.providers = providers;
        this.steps = steps;
        this.templates = templates;
    }

    /** One force goes on by itself; of several one is chosen. */
    @Get("/sign-in")
    HttpResponse<?> choose(HttpRequest<?> request, @Nullable @QueryValue String next) {
        Visit visit = visits.known(request);
        List<StaffProviders.Provider> all = providers.all();
        if (all.isEmpty()) {
            throw new Refused(Refusal.own(404, "not-found"));
        }
        var links = all.stream().map(p -> Map.entry(p.name(visit.lang()), "/staff/sign-in/at/" + p.force()
            + SignInSteps.path(next).map(n -> "?next=" + Visit.encode(n)).orElse(""))).toList();
        return all.size() == 1 ? Answers.next(visit, links.getFirst().getValue())
            : Answers.page(visit, templates.pagesStaffSignIn(visit.page(), links));
    }

    @Get("/sign-in/at/{force}")
    HttpResponse<?> begin(HttpRequest<?> request, String force, @Nullable @QueryValue String next) {
        Visit visit = visits.known(request);
        var provider = providers.of(force).orElseThrow(() -> new Refused(Refusal.own(404, "not-found")));
        return Answers.next(visit, signIn.begin(visit, provider, next));
    }

    /** The API has the last word on whether the token is good; a role that it does not know has no pages. */
    @Get("/sign-in/return")
    HttpResponse<?> back(HttpRequest<?> request, @Nullable @QueryValue String code, @Nullable @QueryValue String state) {
        Visit visit = visits.known(request);
        var back = signIn.back(visit, code, state).orElseThrow(() -> new Refused(Refusal.own(403, "sign-in-failed")));
        Visit as = visits.with(visit, new PageSession(null, Who.STAFF, back.tokens()));
        if (as.api().get("/v1/staff/queue?limit=1", QueueList.class) instanceof Reply.No<QueueList> no && no.refusal().status() == 401) {
            throw new Refused(Refusal.own(403, "sign-in-failed"));
        }
        return steps.in(visit, Who.STAFF, back.tokens(), back.kept(), "/staff");
    }

    @Get("/signed-out")
    HttpResponse<?> signedOut(HttpRequest<?> request) {
        Visit visit = visits.known(request);
        return Answers.page(visit, templates.pagesStaffSignedOut(visit.page()));
    }
}
