package uk.waymark.hearings.trial;

import io.micronaut.http.HttpHeaders;
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
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.waymark.api.model.ReminderReport;
import uk.waymark.api.model.ReminderReportArm;
import uk.waymark.api.model.ReminderReportDifference;
import uk.waymark.api.model.ReminderReportFinding;
import uk.waymark.api.model.ReminderReportLine;
import uk.waymark.api.model.ReminderReportWords;
import uk.waymark.platform.CurrentCaller;

/** Whether reminders did any good, over HTTP. By hand, because the same figures come as JSON or as CSV, as the caller asks. */
@Controller("/v1/staff/reports/reminders")
@Secured({"analyst", "supervisor"})
@ExecuteOn(TaskExecutors.BLOCKING)
class ReminderReportController {
    private static final List<ReminderReportArm> ARMS = List.of(ReminderReportArm.REMINDED, ReminderReportArm.HELD_OUT, ReminderReportArm.BOTH);
    private final ReminderReports reports;
    private final CurrentCaller caller;

    ReminderReportController(ReminderReports reports, CurrentCaller caller) {
        this.reports = reports;
        this.caller = caller;
    }

    @Get
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV, "application/problem+json"})
    HttpResponse<?> reminders(HttpRequest<?> request, @QueryValue LocalDate from, @QueryValue LocalDate to) {
        ReminderReport shown = view(reports.report(caller.staff(), from, to));
        if (wantsCsv(request)) {
            return HttpResponse.ok(csv(shown)).contentType(new MediaType(MediaType.TEXT_CSV + "; charset=utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"reminders-" + shown.getFrom() + "-" + shown.getTo() + ".csv\"");
        }
        return HttpResponse.ok(shown).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** Whichever of the two is named first. */
    private static boolean wantsCsv(HttpRequest<?> request) {
        return request.accept().stream().map(MediaType::getName)
            .filter(type -> type.equals(MediaType.TEXT_CSV) || type.equals(MediaType.APPLICATION_JSON) || type.equals("*/*"))
            .findFirst().filter(MediaType.TEXT_CSV::equals).isPresent();
    }

    private static ReminderReport view(ReminderReports.Report report) {
        var lines = new ArrayList<ReminderReportLine>();
        for (int i = 0; i < ARMS.size(); i++) {
            Integer[] figures = report.figures()[i];
            var line = new ReminderReportLine(ARMS.get(i));
            line.setAttended(figures[0]);
            line.setDidNotAttend(figures[1]);
            line.setPeople(figures[2]);
            if (report.difference() != null) {
                line.setDidNotAttendPercent(rounded(100.0 * figures[1] / figures[2], 1));
            }
            lines.add(line);
        }
        var shown = new ReminderReport(report.from(), report.to(), report.least(), lines,
            ReminderReportFinding.fromValue(report.finding().name().toLowerCase(Locale.ROOT)),
            new ReminderReportWords(report.english(), report.welsh()));
        shown.setCountedFrom(report.countedFrom());
        shown.setCountedTo(report.countedTo());
        ReminderReports.Difference d = report.difference();
        shown.setDifference(d == null ? null : new ReminderReportDifference(rounded(d.points(), 1), rounded(d.lower(), 1),
            rounded(d.upper(), 1), rounded(d.probability(), 3)));
        return shown;
    }

    private static BigDecimal rounded(double number, int digits) {
        return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP);
    }

    /** Nothing in it can be a formula: figures, and words of ours. */
    private static String csv(ReminderReport r) {
        var out = new StringBuilder("arm,people,attended,did_not_attend,did_not_attend_percent,difference_points,lower,upper,p_value,finding,en,cy,"
            + "counted_from,counted_to\r\n");
        ReminderReportDifference d = r.getDifference();
        for (ReminderReportLine line : r.getItems()) {
            boolean both = line.getArm() == ReminderReportArm.BOTH;
            List<Object> cells = new ArrayList<>();
            cells.add(line.getArm().getValue());
            cells.add(line.getPeople());
            cells.add(line.getAttended());
            cells.add(line.getDidNotAttend());
            cells.add(line.getDidNotAttendPercent());
            cells.add(both && d != null ? d.getPercentagePoints() : null);
            cells.add(both && d != null ? d.getLower() : null);
            cells.add(both && d != null ? d.getUpper() : null);
            cells.add(both && d != null ? d.getChance() : null);
            cells.add(both ? r.getFinding().getValue() : null);
            cells.add(both ? '"' + r.getWords().getEn() + '"' : null);
            cells.add(both ? '"' + r.getWords().getCy() + '"' : null);
            cells.add(both ? r.getCountedFrom() : null);
            cells.add(both ? r.getCountedTo() : null);
            out.append(String.join(",", cells.stream().map(cell -> cell == null ? "" : cell.toString()).toList())).append("\r\n");
        }
        return out.toString();
    }
}
