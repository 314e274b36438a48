package uk.waymark.web.staff;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.ReminderRun;
import uk.waymark.api.model.ReminderRunLine;
import uk.waymark.api.model.ReminderRunList;
import uk.waymark.api.model.ReminderRunPreview;
import uk.waymark.api.model.ReminderRunResults;
import uk.waymark.api.model.ReminderRunSource;
import uk.waymark.api.model.ReminderRunState;
import uk.waymark.api.model.ReminderRunSummary;
import uk.waymark.api.model.ReminderRunVerdict;
import uk.waymark.platform.Csv;
import uk.waymark.web.Answers;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Refused;
import uk.waymark.web.Reply;
import uk.waymark.web.Upload;
import uk.waymark.web.Visit;
import uk.waymark.web.Visits;

/** Many reminders at once: checked line by line, sent, watched, stopped and put right. */
@Controller("/staff/runs")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StaffRunsController {
    private static final String RUNS = "/v1/staff/reminder-runs";
    private static final String PAGES = "/staff/runs";
    private static final String LIST = "list";
    private static final Page.Fault NO_FILE = new Page.Fault("file", RunsText.FILE_MISSING);
    private static final Page.Fault BAD_FILE = new Page.Fault("file", RunsText.FILE_BAD);
    private static final Page.Fault BAD_DAYS = new Page.Fault("from", RunsText.DAYS_BAD);
    private static final Page.Fault GONE = new Page.Fault("file", RunsText.START_GONE);
    private final Visits visits;
    private final RunList lists;
    private final Templates templates;

    StaffRunsController(Visits visits, RunList lists, Templates templates) {
        this.visits = visits;
        this.lists = lists;
        this.templates = templates;
    }

    @Get
    HttpResponse<?> runs(HttpRequest<?> request, @Nullable @QueryValue String cursor, @Nullable @QueryValue String from,
                         @Nullable @QueryValue String to, @Nullable @QueryValue String unit) {
        Visit visit = visits.staff(request);
        var given = new LinkedHashMap<String, String>();
        given.put("from", text(from));
        given.put("to", text(to));
        given.put("unit", text(unit));
        return Answers.page(visit, runs(visit, visit.page().with(List.of(), given), cursor, null));
    }

    /** Whoever loads the page of a check again chooses the list again. */
    @Get("/check")
    HttpResponse<?> again(HttpRequest<?> request) {
        return Answers.next(visits.staff(request), PAGES);
    }

    /** What would become of a list, of days, or of the one that was checked before. */
    @Post("/check")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> check(HttpRequest<?> request, @Body byte[] body) {
        Upload sent = Upload.of(request, body);
        Form form = visits.form(request, sent.form());
        if (!sent.files().isEmpty() && sent.files().getFirst().bytes().length > 0) {
            // put among the fields before anybody asks who it is, so that signing in anew does not lose it
            form.fields().put(LIST, List.of(lists.pack(sent.files().getFirst().bytes())));
        }
        Visit visit = visits.staff(request);
        boolean days = form.text("days").equals("true");
        if (days) {
            form.fields().put(LIST, List.of(lists.pack(days(form))));
        }
        if (form.text(LIST).isEmpty()) {
            return Answers.again(visit, runs(visit, visit.again(List.of(NO_FILE), form), null, null));
        }
        RunList.Wanted wanted = lists.open(form.text(LIST)).orElse(null);
        if (wanted == null) {
            return Answers.again(visit, runs(visit, visit.again(List.of(GONE), form), null, null));
        }
        return switch (visit.api().send("POST", RUNS + "?dry_run=true", wanted.body(), ReminderRunPreview.class, wanted.headers())) {
            case Reply.Done<ReminderRunPreview> done when form.text("table").equals("true") -> table(done.body());
            case Reply.Done<ReminderRunPreview> done -> Answers.page(visit, templates.pagesStaffRunCheck(visit.page(),
                checked(form, done.body())));
            case Reply.No<ReminderRunPreview> no when no.refusal().mendable() || no.refusal().status() == 413 -> Answers.again(visit,
                runs(visit, visit.again(List.of(days ? BAD_DAYS : BAD_FILE), form), null, no.refusal().detail()));
            case Reply.No<ReminderRunPreview> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/start")
    HttpResponse<?> start(HttpRequest<?> request, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        RunList.Wanted wanted = lists.open(form.text(LIST)).orElse(null);
        if (wanted == null) {
            return Answers.again(visit, runs(visit, visit.again(List.of(GONE), form), null, null));
        }
        var headers = new LinkedHashMap<>(wanted.headers());
        form.find("once").ifPresent(k -> headers.put("Idempotency-Key", k));
        return switch (visit.api().send("POST", RUNS, wanted.body(), ReminderRun.class, headers)) {
            case Reply.Done<ReminderRun> done -> Answers.next(visit, PAGES + '/' + done.body().getId());
            case Reply.No<ReminderRun> no when no.refusal().mendable() -> Answers.again(visit,
                runs(visit, visit.again(List.of(wanted.file() ? BAD_FILE : BAD_DAYS), form), null, no.refusal().detail()));
            case Reply.No<ReminderRun> no -> throw new Refused(no.refusal());
        };
    }

    @Get("/{id}")
    HttpResponse<?> run(HttpRequest<?> request, UUID id, @Nullable @QueryValue String cursor) {
        Visit visit = visits.staff(request);
        return Answers.page(visit, run(visit, visit.page(), id, cursor, null));
    }

    @Get("/{id}/table")
    @Produces(MediaType.ALL)
    HttpResponse<?> table(HttpRequest<?> request, UUID id) {
        Visit visit = visits.staff(request);
        return Downloads.csv(visit, RUNS + '/' + id + "/results", "reminders-" + id + ".csv");
    }

    @Post("/{id}/stop")
    HttpResponse<?> stop(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        return switch (visit.api().post(RUNS + '/' + id + "/stop", null, ReminderRun.class)) {
            case Reply.Done<ReminderRun> done -> Answers.next(visit, PAGES + '/' + id);
            case Reply.No<ReminderRun> no when no.refusal().status() == 409 -> Answers.again(visit, run(visit,
                visit.again(List.of(new Page.Fault("stop", RunsText.STOP_OTHER)), form), id, null, null));
            case Reply.No<ReminderRun> no -> throw new Refused(no.refusal());
        };
    }

    @Post("/{id}/correction")
    HttpResponse<?> correct(HttpRequest<?> request, UUID id, @Body String body) {
        Form form = visits.form(request, body);
        Visit visit = visits.staff(request);
        var wanted = new LinkedHashMap<String, Object>(Map.of("wrong", form.all("wrong")));
        form.find("time").ifPresent(t -> wanted.put("time", t));
        form.find("court").ifPresent(c -> wanted.put("court", c));
        var faults = Map.of("/wrong", new Page.Fault("wrong", RunsText.WRONG_MISSING));
        return switch (visit.api().create(RUNS + '/' + id + "/corrections", wanted, ReminderRun.class, form)) {
            case Reply.Done<ReminderRun> done -> Answers.next(visit, PAGES + '/' + id);
            case Reply.No<ReminderRun> no when no.refusal().mendable() -> Answers.again(visit, run(visit, visit.again(
                form.all("wrong").isEmpty() ? List.of(faults.get("/wrong"))
                    : List.of(new Page.Fault("wrong", no.refusal().status() == 409 ? RunsText.BUSY : RunsText.CORRECT_BAD)), form),
                id, null, no.refusal().detail()));
            case Reply.No<ReminderRun> no -> throw new Refused(no.refusal());
        };
    }

    private static Map<String, String> days(Form form) {
        var days = new LinkedHashMap<String, String>(Map.of("from", form.text("from"), "to", form.text("to")));
        form.find("unit").ifPresent(unit -> days.put("unit", unit));
        return days;
    }

    private JteModel runs(Visit visit, Page page, String cursor, String said) {
        ReminderRunList runs = visit.api().get(RUNS + (cursor == null ? "" : "?cursor=" + Visit.encode(cursor)), ReminderRunList.class)
            .orRefuse();
        var rows = new ArrayList<Map.Entry<String, List<String>>>();
        for (ReminderRunSummary run : runs.getItems()) {
            rows.add(Map.entry(PAGES + '/' + run.getId(), List.of(page.moment(run.getStartedAt()),
                page.t(run.getSource() == ReminderRunSource.FILE ? RunsText.SOURCE_FILE : RunsText.SOURCE_LIST), run.getStartedBy(),
                page.t(switch (run.getState()) {
                    case RUNNING -> RunsText.RUNNING;
                    case FINISHED -> RunsText.FINISHED;
                    case STOPPED -> RunsText.STOPPED;
                }))));
        }
        return templates.pagesStaffRuns(page, runs, rows, said);
    }

    private static Checked checked(Form form, ReminderRunPreview preview) {
        List<ReminderRunLine> notSent = notSent(preview);
        int pages = (notSent.size() + Checked.PAGE - 1) / Checked.PAGE;
        int number = form.find("number").filter(n -> n.matches("\\d{1,6}")).map(Integer::parseInt).filter(n -> n < pages).orElse(0);
        List<List<String>> rows = notSent.stream().skip((long) number * Checked.PAGE).limit(Checked.PAGE)
            .map(l -> List.of(String.valueOf(l.getLine()), text(l.getCrimeReference()), text(l.getWhatToDo()))).toList();
        return new Checked(form.text(LIST), preview, rows, number, notSent.size());
    }

    private static List<ReminderRunLine> notSent(ReminderRunPreview preview) {
        return preview.getLines().stream().filter(l -> l.getVerdict() != ReminderRunVerdict.WOULD_SEND).toList();
    }

    private static HttpResponse<?> table(ReminderRunPreview preview) {
        List<List<?>> rows = new ArrayList<>();
        rows.add(List.of("line", "crime_reference", "verdict", "reason", "what_to_do"));
        notSent(preview).forEach(l -> rows.add(List.of(l.getLine(), text(l.getCrimeReference()), l.getVerdict().getValue(),
            text(l.getReason()), text(l.getWhatToDo()))));
        return Downloads.csv(Csv.of(rows), "lines-not-sent.csv");
    }

    private JteModel run(Visit visit, Page page, UUID id, String cursor, String said) {
        ReminderRun run = visit.api().get(RUNS + '/' + id, ReminderRun.class).orRefuse();
        // who reads whose references is written down: a page that looks at itself again and again reads none
        ReminderRunResults results = run.getState() == ReminderRunState.RUNNING ? new ReminderRunResults(List.of(), null)
            : visit.api().get(RUNS + '/' + id + "/results?limit=50"
                + (cursor == null ? "" : "&cursor=" + Visit.encode(cursor)), ReminderRunResults.class).orRefuse();
        var rows = new ArrayList<List<String>>();
        results.getItems().forEach(r -> rows.add(List.of(Boolean.TRUE.equals(r.getCorrection())
                ? page.t(RunsText.OF_CORRECTION, r.getLine()) : String.valueOf(r.getLine()), text(r.getCrimeReference()),
            RunsText.ofRow(page, r.getState().getValue()), text(r.getWhatToDo()), page.moment(r.getChangedAt()))));
        return templates.pagesStaffRun(page, run, counts(page, run), rows, results.getNextCursor(), said);
    }

    /** Those that there are. */
    private static Map<String, String> counts(Page page, ReminderRun run) {
        var c = run.getCounts();
        var all = new LinkedHashMap<String, Integer>();
        all.put("delivered", c.getDelivered());
        all.put("sent", c.getSent());
        all.put("queued", c.getQueued());
        all.put("pending", c.getPending());
        all.put("failed", c.getFailed());
        all.put("unknown", c.getUnknown());
        all.put("bad", c.getBad());
        all.put("skipped", c.getSkipped());
        all.put("stopped", c.getStopped());
        all.put("replaced", c.getReplaced());
        var shown = new LinkedHashMap<String, String>();
        shown.put(RunsText.ofRow(page, "rows"), String.valueOf(c.getRows()));
        all.forEach((state, many) -> {
            if (many > 0) {
                shown.put(RunsText.ofRow(page, state), String.valueOf(many));
            }
        });
        return shown;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
