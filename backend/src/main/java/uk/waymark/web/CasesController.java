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
import java.time.LocalDate;
import java.util.UUID;
import uk.waymark.api.model.Case;
import uk.waymark.api.model.CaseList;
import uk.waymark.api.model.HearingState;
import uk.waymark.api.model.Me;
import uk.waymark.api.model.MyHearing;
import uk.waymark.api.model.MyHearingList;
import uk.waymark.api.model.TimelineEntry;
import uk.waymark.api.model.TimelineList;

/** A person's own cases: how each stands, what comes next, what has happened. */
@Controller("/cases")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CasesController {
    private static final String CASES = "/v1/me/cases";
    private final Visits visits;
    private final Templates templates;

    CasesController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        CaseList cases = visit.api().get(CASES + after(cursor), CaseList.class).orRefuse();
        return cases.getItems().size() == 1 && cursor == null && cases.getNextCursor() == null
            ? Answers.next(visit, "/cases/" + cases.getItems().getFirst().getId())
            : Answers.page(visit, templates.pagesCases(visit.page(), cases, discreet(visit)));
    }

    @Get("/{id}")
    HttpResponse<?> one(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor) {
        Visit visit = visits.person(request);
        Case one = visit.api().get(CASES + '/' + id, Case.class).orRefuse();
        TimelineList timeline = visit.api().get(CASES + '/' + id + "/timeline" + after(cursor), TimelineList.class).orRefuse();
        MyHearing next = visit.api().get(CASES + '/' + id + "/hearings", MyHearingList.class).orRefuse().getItems().stream()
            .filter(h -> h.getState() == HearingState.LISTED && toCome(h, visit.page().today())).findFirst().orElse(null);
        return Answers.page(visit, templates.pagesOneCase(visit.page(), one, timeline, next));
    }

    /** One thing that happened, whole: what may be hard to read is behind a link of its own. */
    @Get("/{id}/news/{entry}")
    HttpResponse<?> entry(HttpRequest<?> request, UUID id, UUID entry) {
        Visit visit = visits.person(request);
        TimelineEntry whole = visit.api().get(CASES + '/' + id + "/timeline/" + entry, TimelineEntry.class).orRefuse();
        return Answers.page(visit, templates.pagesNews(visit.page(), id, whole));
    }

    /** A date of which not even the week is known is still to come. */
    private static boolean toCome(MyHearing date, LocalDate today) {
        LocalDate last = date.getLocalDate() != null ? date.getLocalDate()
            : date.getWeekCommencing() == null ? null : date.getWeekCommencing().plusDays(6);
        return last == null || !last.isBefore(today);
    }

    private static boolean discreet(Visit visit) {
        return visit.api().get("/v1/me", Me.class).orRefuse().getDiscreetMode();
    }

    private static String after(String cursor) {
        return cursor == null ? "" : "?cursor=" + Visit.encode(cursor);
    }
}
