package uk.waymark.callbacks;

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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.waymark.api.model.CallBackReport;
import uk.waymark.api.model.CallBackReportLine;
import uk.waymark.platform.Csv;
import uk.waymark.platform.CurrentCaller;

/** Figures of call backs over HTTP. By hand, because the same figures come as JSON or as CSV, as the caller asks. */
@Controller("/v1/staff/reports/call-backs")
@Secured({"analyst", "supervisor", "administrator"})
@ExecuteOn(TaskExecutors.BLOCKING)
class CallBackReportController {
    private final CallBackReports reports;
    private final CurrentCaller caller;

    CallBackReportController(CallBackReports reports, CurrentCaller caller) {
        this.reports = reports;
        this.caller = caller;
    }

    @Get
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV, "application/problem+json"})
    HttpResponse<?> callBacks(HttpRequest<?> request, @QueryValue LocalDate from, @QueryValue LocalDate to) {
        CallBackReports.Report report = reports.report(caller.staff(), from, to);
        if (wantsCsv(request)) {
            List<List<?>> rows = new ArrayList<>();
            rows.add(List.of("unit", "asked", "met_in_time", "attempts", "not_reached"));
            report.lines().forEach(l -> rows.add(Arrays.asList(l.unit(), l.asked(), l.metInTime(), l.attempts(), l.notReached())));
            return HttpResponse.ok(Csv.of(rows)).contentType(new MediaType(MediaType.TEXT_CSV + "; charset=utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION,
                    "attachment; filename=\"call-backs-" + report.from() + "-" + report.to() + ".csv\"");
        }
        return HttpResponse.ok(new CallBackReport(report.from(), report.to(), CallBackReports.LEAST,
            report.lines().stream().map(CallBackReportController::line).toList())).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static CallBackReportLine line(CallBackReports.Line l) {
        return new CallBackReportLine(l.unit()).asked(l.asked()).metInTime(l.metInTime()).attempts(l.attempts())
            .notReached(l.notReached());
    }

    /** Whichever of the two is named first. */
    private static boolean wantsCsv(HttpRequest<?> request) {
        return request.accept().stream().map(MediaType::getName)
            .filter(type -> type.equals(MediaType.TEXT_CSV) || type.equals(MediaType.APPLICATION_JSON) || type.equals("*/*"))
            .findFirst().filter(MediaType.TEXT_CSV::equals).isPresent();
    }
}
