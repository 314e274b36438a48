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
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.waymark.api.model.CallBackReport;
import uk.waymark.api.model.MessageReport;
import uk.waymark.api.model.ReminderReport;
import uk.waymark.web.Answers;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** Figures, as plots with a table beside each. */
@Controller("/staff/figures")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffFiguresController {
    private static final String MESSAGES = "messages";
    private static final String CALLS = "calls";
    private static final String REMINDERS = "reminders";
    private static final int USUAL_DAYS = 27;
    private static final Page.Fault BAD_DAYS = new Page.Fault("from", FiguresText.BAD_DAYS);
    private final Visits visits;
    private final Templates templates;

    StaffFiguresController(Visits visits, Templates templates) {
        this.visits = visits;
        this.templates = templates;
    }

    /** @param by null where nothing was chosen */
    private record Asked(String report, LocalDate from, LocalDate to, String by) {
        String path() {
            return "/v1/staff/reports/" + (report.equals(CALLS) ? "call-backs" : report) + "?from=" + from + "&to=" + to
                + (report.equals(MESSAGES) ? "&by=" + by : "");
        }
    }

    @Get
    HttpResponse<?> figures(HttpRequest<?> request, @Nullable @QueryValue String report, @Nullable @QueryValue String from,
                            @Nullable @QueryValue String to, @Nullable @QueryValue String by) {
        Visit visit = visits.staff(request);
        Page page = visit.page();
        Asked asked = asked(page, report, from, to, by);
        return switch (asked.report()) {
            case CALLS -> shown(visit, asked, visit.api().get(asked.path(), CallBackReport.class), r -> Figures.of(page, r));
            case REMINDERS -> shown(visit, asked, visit.api().get(asked.path(), ReminderReport.class), r -> Figures.of(page, r));
            default -> shown(visit, asked, visit.api().get(asked.path(), MessageReport.class), r -> Figures.of(page, r));
        };
    }

    @Get("/table")
    @Produces(MediaType.ALL)
    HttpResponse<?> table(HttpRequest<?> request, @Nullable @QueryValue String report, @Nullable @QueryValue String from,
                          @Nullable @QueryValue String to, @Nullable @QueryValue String by) {
        Visit visit = visits.staff(request);
        Asked asked = asked(visit.page(), report, from, to, by);
        return Downloads.csv(visit, asked.path(), asked.report() + '-' + asked.from() + '-' + asked.to() + ".csv");
    }

    private <T> HttpResponse<?> shown(Visit visit, Asked asked, Reply<T> reply, java.util.function.Function<T, Figures> figures) {
        return switch (reply) {
            case Reply.Done<T> done -> Answers.page(visit, templates.pagesStaffFigures(visit.page(), reports(visit.page()), asked.report(),
                kinds(visit.page()), asked.by(), asked.from(), asked.to(), figures.apply(done.body())));
            case Reply.No<T> no when no.refusal().mendable() -> {
                Page page = visit.page().with(List.of(BAD_DAYS), Map.of());
                yield Answers.again(visit, templates.pagesStaffFigures(page, reports(page), asked.report(), kinds(page), asked.by(),
                    asked.from(), asked.to(), null));
            }
            case Reply.No<T> no -> throw new Refused(no.refusal());
        };
    }

    /** What cannot be read is the usual: an address that was cut off still shows figures. */
    private static Asked asked(Page page, String report, String from, String to, String by) {
        LocalDate last = day(to, page.today());
        String which = CALLS.equals(report) || REMINDERS.equals(report) ? report : MESSAGES;
        LocalDate usual = which.equals(MESSAGES) ? last.minusDays(USUAL_DAYS) : last.minusMonths(5).withDayOfMonth(1);
        return new Asked(which, day(from, usual), last,
            by != null && kinds(page).containsKey(by) ? by : "day");
    }

    private static LocalDate day(String text, LocalDate otherwise) {
        try {
            return text == null ? otherwise : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    private static Map<String, String> reports(Page page) {
        var reports = new LinkedHashMap<String, String>();
        reports.put(MESSAGES, page.t(FiguresText.MESSAGES));
        reports.put(CALLS, page.t(FiguresText.CALLS));
        reports.put(REMINDERS, page.t(FiguresText.REMINDERS));
        return reports;
    }

    private static Map<String, String> kinds(Page page) {
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("day", page.t(FiguresText.BY_DAY));
        kinds.put("provider", page.t(FiguresText.BY_PROVIDER));
        kinds.put("channel", page.t(FiguresText.BY_CHANNEL));
        kinds.put("template", page.t(FiguresText.BY_TEMPLATE));
        kinds.put("total", page.t(FiguresText.BY_TOTAL));
        return kinds;
    }
}
