package uk.waymark.web.staff;

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
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import uk.waymark.api.model.StandingList;
import uk.waymark.web.Answers;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** Everybody who has to be somewhere this week, and how they stand to it. */
@Controller("/staff/week")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffWeekController {
    private final Visits visits;
    private final Templates templates;

    StaffWeekController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> week(HttpRequest<?> request, @Nullable @QueryValue String from, @Nullable @QueryValue String cursor) {
        Visit visit = visits.staff(request);
        LocalDate monday = day(from, visit.page().today()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        StandingList week = visit.api().get("/v1/staff/week?limit=100&from=" + monday
            + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), StandingList.class).orRefuse();
        return Answers.page(visit, templates.pagesStaffWeek(visit.page(), monday, week));
    }

    /** What cannot be read is today: an address that was cut off still shows a list. */
    private static LocalDate day(String text, LocalDate otherwise) {
        try {
            return text == null ? otherwise : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
