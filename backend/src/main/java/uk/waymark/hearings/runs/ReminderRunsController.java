package uk.waymark.hearings.runs;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import jakarta.annotation.Nullable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.api.model.ReminderRunCorrection;
import uk.waymark.api.model.ReminderRun;
import uk.waymark.api.model.ReminderRunList;
import uk.waymark.api.model.ReminderRunRequest;
import uk.waymark.api.model.ReminderRunResults;
import uk.waymark.platform.CurrentCaller;
import uk.waymark.platform.Cursor;
import uk.waymark.platform.ProblemException;

/** Reminder runs over HTTP. By hand: they come as a file or as JSON, and their results as JSON or as a file. */
@Controller("/v1/staff/reminder-runs")
@Secured({"witness_care", "supervisor"})
@ExecuteOn(TaskExecutors.BLOCKING)
class ReminderRunsController {
    private static final String PROBLEM = "application/problem+json";
    private static final int LONGEST_CHOICE_DAYS = 31;
    private static final int CSV_PAGE = 1000;
    private final ReminderRuns runs;
    private final CurrentCaller caller;

    ReminderRunsController(ReminderRuns runs, CurrentCaller caller) {
        this.runs = runs;
        this.caller = caller;
    }

    @Post
    @Consumes(MediaType.TEXT_CSV)
    @Produces({MediaType.APPLICATION_JSON, PROBLEM})
    HttpResponse<?> startFile(@Body @Nullable byte[] body, @Nullable @QueryValue("dry_run") Boolean dryRun,
                              @Nullable @Header("Idempotency-Key") String key) {
        RunFile file = new RunFile(body == null ? new byte[0] : body);
        return Boolean.TRUE.equals(dryRun) ? json(HttpResponse.ok(RunViews.preview(runs.preview(caller.staff(), file), file.ignored())))
            : json(HttpResponse.accepted().body(RunViews.run(runs.start(caller.staff(), file, key))));
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, PROBLEM})
    HttpResponse<?> startChosen(@Body ReminderRunRequest request, @Nullable @QueryValue("dry_run") Boolean dryRun,
                                @Nullable @Header("Idempotency-Key") String key) {
        ReminderRuns.Choice choice = choice(request);
        return Boolean.TRUE.equals(dryRun) ? json(HttpResponse.ok(RunViews.preview(runs.preview(caller.staff(), choice), List.of())))
            : json(HttpResponse.accepted().body(RunViews.run(runs.start(caller.staff(), choice, key))));
    }

    private static ReminderRuns.Choice choice(ReminderRunRequest r) {
        boolean ids = r.getHearingIds() != null && !r.getHearingIds().isEmpty();
        if (ids == (r.getFrom() != null || r.getTo() != null || r.getUnit() != null)) {
            throw ProblemException.unprocessable("/hearing_ids", "Name either court dates, or the days from and to, and a unit if you like.");
        }
        if (!ids && (r.getFrom() == null || r.getTo() == null)) {
            throw ProblemException.unprocessable(r.getFrom() == null ? "/from" : "/to", "Say the first and the last day.");
        }
        if (!ids && (r.getTo().isBefore(r.getFrom()) || ChronoUnit.DAYS.between(r.getFrom(), r.getTo()) >= LONGEST_CHOICE_DAYS)) {
            throw ProblemException.unprocessable("/to", "The last day is not before the first, and at most 31 days in all.");
        }
        return new ReminderRuns.Choice(ids ? List.copyOf(new TreeSet<>(r.getHearingIds())) : List.of(), r.getFrom(), r.getTo(), r.getUnit());
    }

    @Get
    HttpResponse<ReminderRunList> list(@Nullable @QueryValue String cursor, @QueryValue(defaultValue = "25") int limit) {
        String[] from = Cursor.decode(cursor, 2);
        List<RunStore.Run> found = runs.newest(caller.staff(), from == null ? null : RunViews.moment(from[0]),
            from == null ? null : RunViews.id(from[1]), limit + 1);
        boolean more = found.size() > limit;
        List<RunStore.Run> shown = more ? found.subList(0, limit) : found;
        return HttpResponse.ok(new ReminderRunList(shown.stream().map(RunViews::summary).toList(),
            more ? Cursor.encode(shown.getLast().startedAt().toString(), shown.getLast().id().toString()) : null));
    }

    @Get("/{id}")
    HttpResponse<ReminderRun> one(UUID id) {
        return HttpResponse.ok(RunViews.run(runs.one(caller.staff(), id)));
    }

    @Post("/{id}/stop")
    HttpResponse<ReminderRun> stop(UUID id) {
        return HttpResponse.ok(RunViews.run(runs.stop(caller.staff(), id)));
    }

    @Post("/{id}/corrections")
    @Secured("supervisor")
    HttpResponse<ReminderRun> correct(UUID id, @Body ReminderRunCorrection request, @Nullable @Header("Idempotency-Key") String key) {
        Set<String> wrong = request.getWrong().stream().map(w -> w.getValue()).collect(Collectors.toCollection(TreeSet::new));
        if (request.getTime() != null && !wrong.contains("time") || request.getCourt() != null && !wrong.contains("court")) {
            throw ProblemException.unprocessable("/wrong", "Name in wrong what you give anew.");
        }
        var correction = new RunCorrections.Correction(wrong, request.getTime() == null ? null : LocalTime.parse(request.getTime()),
            request.getCourt());
        return HttpResponse.accepted().body(RunViews.run(runs.correct(caller.staff(), id, correction, key)));
    }

    @Get("/{id}/results")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_CSV, PROBLEM})
    HttpResponse<?> results(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor,
                            @QueryValue(defaultValue = "25") int limit) {
        if (wantsCsv(request)) {
            return csv(id);
        }
        String[] from = Cursor.decode(cursor, 2);
        List<RunStore.Row> rows = from == null ? runs.results(caller.staff(), id, null, null, limit + 1)
            : runs.results(caller.staff(), id, RunViews.line(from[0]), RunViews.id(from[1]), limit + 1);
        boolean more = rows.size() > limit;
        List<RunStore.Row> shown = more ? rows.subList(0, limit) : rows;
        String next = more ? Cursor.encode(Integer.toString(shown.getLast().line()), shown.getLast().id().toString()) : null;
        return HttpResponse.ok(new ReminderRunResults(shown.stream().map(RunViews::result).toList(), next))
            .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** All of them, page by page into one answer. */
    private HttpResponse<byte[]> csv(UUID id) {
        var out = new java.io.ByteArrayOutputStream();
        try (var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
            writer.write(RunViews.CSV_NAMES);
            List<RunStore.Row> page = runs.results(caller.staff(), id, null, null, CSV_PAGE);
            while (!page.isEmpty()) {
                for (RunStore.Row row : page) {
                    writer.write(RunViews.csv(row));
                }
                page = page.size() < CSV_PAGE ? List.of()
                    : runs.results(caller.staff(), id, page.getLast().line(), page.getLast().id(), CSV_PAGE);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return HttpResponse.ok(out.toByteArray()).contentType(new MediaType(MediaType.TEXT_CSV + "; charset=utf-8"))
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"reminders-" + id + ".csv\"");
    }

    /** Whichever of the two is named first. */
    private static boolean wantsCsv(HttpRequest<?> request) {
        return request.accept().stream().map(MediaType::getName)
            .filter(type -> type.equals(MediaType.TEXT_CSV) || type.equals(MediaType.APPLICATION_JSON) || type.equals("*/*"))
            .findFirst().filter(MediaType.TEXT_CSV::equals).isPresent();
    }

    private static HttpResponse<?> json(io.micronaut.http.MutableHttpResponse<?> answer) {
        return answer.contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
