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
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import uk.waymark.api.model.StandingList;
import uk.waymark.platform.CaseClock;
import uk.waymark.web.Answers;
import uk.waymark.web.Page;
import uk.waymark.web.Texts;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** Everybody who has to be somewhere this week, and how they stand to it. */
@Controller("/staff/week")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffWeekController {
    private static final String WEEK = "/v1/staff/week";
    private static final String WEEK_PAGE = "/staff/week";
    private final Visits visits;
    private final Templates templates;
    private final CaseClock clock;

    StaffWeekController(Visits visits, Templates templates, CaseClock clock) {
        this.clock = clock;
        this.visits = visits;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> week(HttpRequest<?> request, @Nullable @QueryValue String from, @Nullable @QueryValue String unit,
                         @Nullable @QueryValue String cursor) {
        Visit visit = visits.staff(request);
        LocalDate monday = monday(visit, from);
        StandingList week = visit.api().get(WEEK + "?limit=100&from=" + monday + also(unit)
            + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), StandingList.class).orRefuse();
        return Answers.page(visit, templates.pagesStaffWeek(visit.page(), monday, unit == null ? "" : unit, also(unit),
            week.getItems().stream().map(l -> PersonLine.of(visit.page(), l)).toList(),
            week.getNextCursor() == null ? null : Visit.encode(week.getNextCursor())));
    }

    /** All of it: black on white, with room to write on. */
    @Get("/print")
    HttpResponse<?> print(HttpRequest<?> request, @Nullable @QueryValue String from, @Nullable @QueryValue String unit) {
        Visit visit = visits.staff(request);
        LocalDate monday = monday(visit, from);
        Page page = visit.page();
        return Answers.page(visit, templates.pagesStaffPrint(page, Texts.of(StaffText.WEEK_TITLE, page.lang(), page.day(monday)),
            WEEK_PAGE + "?from=" + monday + also(unit), page.moment(clock.instant().atOffset(ZoneOffset.UTC)),
            PersonLine.all(visit, WEEK + "?from=" + monday + also(unit))));
    }

    @Get("/table")
    @Produces(MediaType.ALL)
    HttpResponse<?> table(HttpRequest<?> request, @Nullable @QueryValue String from, @Nullable @QueryValue String unit) {
        Visit visit = visits.staff(request);
        LocalDate monday = monday(visit, from);
        return Downloads.csv(visit, WEEK + "?from=" + monday + also(unit), "week-" + monday + ".csv");
    }

    private static String also(String unit) {
        return unit == null || unit.isBlank() ? "" : "&unit=" + Visit.encode(unit.strip());
    }

    /** What cannot be read is today: an address that was cut off still shows a list. */
    private static LocalDate monday(Visit visit, String text) {
        LocalDate today = visit.page().today();
        LocalDate day;
        try {
            day = text == null ? today : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            day = today;
        }
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
