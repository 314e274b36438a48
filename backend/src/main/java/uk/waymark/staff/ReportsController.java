package uk.waymark.staff;

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
import jakarta.annotation.Nullable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import uk.waymark.api.model.MessageReport;
import uk.waymark.api.model.MessageReportBy;
import uk.waymark.api.model.MessageReportLine;
import uk.waymark.notifications.Figures;
import uk.waymark.platform.Csv;
import uk.waymark.platform.CurrentCaller;

/** Figures over HTTP. By hand, because the same figures come as JSON or as CSV, as the caller asks. */
@Controller("/v1/staff/reports")
@Secured({"analyst", "supervisor", "administrator"})
@ExecuteOn(TaskExecutors.BLOCKING)
class ReportsController {
    private static final String PROBLEM = "application/problem+json";
    private static final List<String> NAMES = List.of("key", "sent", "delivered", "failed", "unknown", "expired", "withheld",
        "segments", "cost_pence", "hand_off_p50_seconds", "hand_off_p95_seconds", "delivery_p50_seconds",
        "delivery_p95_seconds");
    private final MessageReports reports;
    private final CurrentCaller caller;

    ReportsController(MessageReports reports, CurrentCaller caller) {
        this.reports = reports;
        this.caller = caller;
    }

    @Get("/messages")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV, PROBLEM})
    HttpResponse<?> messages(HttpRequest<?> request, @QueryValue LocalDate from, @QueryValue LocalDate to,
                             @Nullable @QueryValue MessageReportBy by) {
        MessageReportBy about = by == null ? MessageReportBy.TOTAL : by;
        List<MessageReports.Line> lines =
            reports.lines(caller.staff(), from, to, Figures.By.valueOf(about.getValue().toUpperCase(Locale.ROOT)));
        if (wantsCsv(request)) {
            return csv(lines, "messages-" + from + "-" + to + "-" + about.getValue() + ".csv");
        }
        return HttpResponse.ok(new MessageReport(from, to, about, lines.stream().map(ReportsController::view).toList()))
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** Whichever of the two is named first. */
    private static boolean wantsCsv(HttpRequest<?> request) {
        return request.accept().stream().map(MediaType::getName)
            .filter(type -> type.equals(MediaType.TEXT_CSV) || type.equals(MediaType.APPLICATION_JSON) || type.equals("*/*"))
            .findFirst().filter(MediaType.TEXT_CSV::equals).isPresent();
    }

    private static HttpResponse<String> csv(List<MessageReports.Line> lines, String name) {
        List<List<?>> rows = new ArrayList<>(List.of(NAMES));
        lines.forEach(line -> rows.add(cells(line)));
        return HttpResponse.ok(Csv.of(rows)).contentType(new MediaType(MediaType.TEXT_CSV + "; charset=utf-8"))
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }

    private static MessageReportLine view(MessageReports.Line line) {
        Figures.Line f = line.figures();
        return new MessageReportLine(f.key(), f.sent(), f.delivered(), f.failed(), f.unknown(), f.expired(), f.withheld(),
                f.segments())
            .costPence(line.costPence()).handOffP50Seconds(seconds(f.handOffP50())).handOffP95Seconds(seconds(f.handOffP95()))
            .deliveryP50Seconds(seconds(f.deliveryP50())).deliveryP95Seconds(seconds(f.deliveryP95()));
    }

    private static List<?> cells(MessageReports.Line line) {
        Figures.Line f = line.figures();
        return Arrays.asList(f.key(), f.sent(), f.delivered(), f.failed(), f.unknown(), f.expired(), f.withheld(), f.segments(),
            line.costPence(), seconds(f.handOffP50()), seconds(f.handOffP95()), seconds(f.deliveryP50()),
            seconds(f.deliveryP95()));
    }

    private static BigDecimal seconds(Double seconds) {
        return seconds == null ? null : BigDecimal.valueOf(seconds).setScale(3, RoundingMode.HALF_UP);
    }
}
