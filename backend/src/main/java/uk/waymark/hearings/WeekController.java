package uk.waymark.hearings;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.Nullable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import uk.waymark.hearings.StandingReader.Seat;
import uk.waymark.hearings.WeekList.Place;
import uk.waymark.hearings.Weeks.Line;
import uk.waymark.platform.CaseClock;
import uk.waymark.platform.Csv;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.WorkingDays;

/** The list of a week and of a court date. By hand, because the same list comes as JSON, as CSV or as a page to print. */
@Controller("/v1/staff")
@Secured({"witness_care", "victim_care", "officer", "supervisor"})
@ExecuteOn(TaskExecutors.BLOCKING)
class WeekController {
    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> KINDS = Set.of(MediaType.APPLICATION_JSON, MediaType.TEXT_CSV, MediaType.TEXT_HTML, "*/*");
    private static final int USUAL = 25;
    private final Weeks weeks;
    private final WeekViews views;
    private final CurrentCaller caller;
    private final CaseClock clock;

    WeekController(Weeks weeks, WeekViews views, CurrentCaller caller, CaseClock clock) {
        this.weeks = weeks;
        this.views = views;
        this.caller = caller;
        this.clock = clock;
    }

    @Get("/week")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV, MediaType.TEXT_HTML, PROBLEM})
    HttpResponse<?> week(HttpRequest<?> request, @Nullable @QueryValue LocalDate from, @Nullable @QueryValue String unit,
                         @Nullable @QueryValue String cursor, @Nullable @QueryValue Integer limit) {
        LocalDate day = from == null ? LocalDate.ofInstant(clock.instant(), WorkingDays.LONDON) : from;
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return answer(request, "week-" + monday, "Week of " + monday, () -> weeks.week(caller.staff(), monday, unit),
            () -> weeks.week(caller.staff(), monday, unit, place(cursor), limit == null ? USUAL : limit));
    }

    @Get("/hearings/{id}/people")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV, MediaType.TEXT_HTML, PROBLEM})
    HttpResponse<?> people(HttpRequest<?> request, @PathVariable UUID id, @Nullable @QueryValue String cursor,
                           @Nullable @QueryValue Integer limit) {
        return answer(request, "date-" + id, "One date", () -> weeks.of(caller.staff(), id),
            () -> weeks.of(caller.staff(), id, place(cursor), limit == null ? USUAL : limit));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, String name, String title, Supplier<List<Line>> all,
                                   Supplier<Weeks.Page> page) {
        return switch (wanted(request)) {
            case MediaType.TEXT_CSV -> HttpResponse.ok(Csv.of(views.table(all.get())))
                .contentType(new MediaType(MediaType.TEXT_CSV + "; charset=utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"");
            case MediaType.TEXT_HTML -> views.print(title, all.get(), clock.instant());
            default -> {
                Weeks.Page one = page.get();
                yield HttpResponse.ok(views.list(one.lines(), cursor(one.next()))).contentType(MediaType.APPLICATION_JSON_TYPE);
            }
        };
    }

    /** Whichever is named first. */
    private static String wanted(HttpRequest<?> request) {
        return request.accept().stream().map(MediaType::getName).filter(KINDS::contains).findFirst().orElse(MediaType.APPLICATION_JSON);
    }

    private static String cursor(Place next) {
        return next == null ? null
            : Cursor.encode(next.day().toString(), next.seat().hearing().toString(), next.seat().person().toString());
    }

    private static Place place(String cursor) {
        String[] parts = Cursor.decode(cursor, 3);
        try {
            return parts == null ? null
                : new Place(new Seat(UUID.fromString(parts[1]), UUID.fromString(parts[2])), LocalDate.parse(parts[0]));
        } catch (RuntimeException e) {
            throw ProblemException.badRequest("/cursor", "This cursor is not one of ours. Take next_cursor from the page before.");
        }
    }
}
